"""Pages of stationery: what holds where, the words of each paper, and how papers look."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from raprong.access.rules import refusal
from raprong.core import clock
from raprong.core.databases.read_only import reading_only
from raprong.core.faults import Fault, Faults
from raprong.core.read_only import reads_on_get
from raprong.documents.wording import default_wording, faults_in_wording, wording_of
from raprong.stationery import actions, permissions
from raprong.stationery.printing import faults_of_sample, sample_paper
from raprong.stationery.queries import Holder, letterheads_of, style_of_holder, texts_above, wordings_of
from raprong.web.shell.filters import digits, in_thai
from raprong.web.shell.pages import show
from raprong.web.stationery import presenters
from raprong.web.stationery.current import holder_or_404, holders_read
from raprong.web.stationery.forms import WordingForm
from raprong.web.stationery.looking import Look, digits_in_words, look_at


@require_safe
@reads_on_get
def stationery(request: HttpRequest) -> HttpResponse:
    """The agency and its units, each with what holds today."""
    context = {
        "title": _("Letterhead and wording"),
        "subtitle": _("What a unit does not set itself is as its agency has it."),
        "cards": [_card(holder) for holder in holders_read(request)],
    }
    return show(request, "stationery/list.html", context)


def _card(holder: Holder) -> dict[str, Any]:
    on = clock.today()
    rows = [("", _("Letterhead, emblem and typeface"), letterheads_of(holder))]
    rows += [(kind, presenters.title_of(kind), wordings_of(holder, kind)) for kind in presenters.TITLES]
    return {
        "holder": holder,
        "name": presenters.holder_name(holder),
        "rows": [
            {"kind": kind, "title": title, "standing": presenters.standing(list(versions), holder, on=on)}
            for kind, title, versions in rows
        ],
    }


@require_http_methods(["GET", "HEAD", "POST"])
@reads_on_get
def wording(request: HttpRequest, holder: str, kind: str) -> HttpResponse:
    """The words of a paper in a form, its fields and the real paper beside them."""
    held, at = _of(request, holder, kind), clock.now()
    form = _form(request, held, kind)
    if request.method == "POST" and "show" not in request.POST and form.is_valid():
        try:
            made = actions.word(held, kind, form.texts(), form.decision(), by=request.person, at=at)
        except Faults as refused:
            place_faults(form, refused.faults)
        else:
            messages.success(request, _("Version %(number)s is saved.") % {"number": digits(made.number)})
            return redirect("stationery:version", holder=held.public_id, kind=kind, number=made.number)
    whole = wording_of(kind)
    status = 422 if request.method == "POST" and "show" not in request.POST else 200
    context = {
        "title": presenters.title_of(kind),
        "subtitle": presenters.holder_name(held),
        "holder": held,
        "kind": kind,
        "form": form,
        "fields": {text.key: presenters.fields_of(whole, text) for text in whole.texts},
        "versions": list(wordings_of(held, kind)),
        "why_not": refusal(permissions.check_may_change, request.person, held, at=at),
        **_beside(held, kind, form.texts() if form.is_bound else _texts_shown(request, held, kind)),
    }
    return show(request, "stationery/wording.html", context, status=status)


@require_POST
def beside(request: HttpRequest, holder: str, kind: str) -> HttpResponse:
    """The real paper with the words as they are being typed, or what is wrong with them. It stores nothing."""
    with reading_only():
        held = _of(request, holder, kind)
        texts = _form(request, held, kind).texts()
        return show(request, "stationery/_beside.html", _beside(held, kind, texts))


@require_safe
@reads_on_get
def version(request: HttpRequest, holder: str, kind: str, number: int) -> HttpResponse:
    """One version: who made it, when, why, and what is different from another."""
    held = _of(request, holder, kind)
    versions = list(wordings_of(held, kind))
    found = next((each for each in versions if each.number == number), None)
    if found is None:
        raise Http404
    other = request.GET.get("with", "")
    compared = int(other) if other.isascii() and other.isdigit() else number - 1
    found_differences = presenters.differences(kind, _whole(held, kind, compared), _whole(held, kind, number))
    context = {
        "title": _("%(paper)s, version %(number)s") % {"paper": presenters.title_of(kind), "number": digits(number)},
        "subtitle": presenters.holder_name(held),
        "holder": held,
        "kind": kind,
        "version": found,
        "versions": versions,
        "compared": compared,
        "above": presenters.above(held),
        "differences": found_differences,
        "difference_sentence": presenters.difference_sentence(found_differences),
        "look": look_at(sample_paper(held, kind, _whole(held, kind, number)), style_of_holder(held, on=clock.today())),
        "name": presenters.title_of(kind),
        "why_not": refusal(permissions.check_may_change, request.person, held, at=clock.now()),
    }
    return show(request, "stationery/version.html", context)


def place_faults(form: Any, faults: Iterable[Fault]) -> None:
    """Each fault at its field, or over the whole form."""
    for fault in faults:
        words = digits_in_words(str(fault.sentence))
        form.add_error(fault.field if fault.field in form.fields else None, ValidationError(words))


def _of(request: HttpRequest, holder: str, kind: str) -> Holder:
    if kind not in presenters.TITLES:
        raise Http404
    return holder_or_404(request, holder)


def _form(request: HttpRequest, holder: Holder, kind: str) -> WordingForm:
    last = wordings_of(holder, kind).first()
    initial = {"in_force_from": clock.today(), "seen": last.number if last else 0}
    typed = request.POST if request.method == "POST" else None
    form = WordingForm(typed, wording=wording_of(kind), texts=_texts_shown(request, holder, kind), initial=initial)
    if typed is not None and "show" in typed:
        form.full_clean()
        form.errors.clear()
    return form


def _texts_shown(request: HttpRequest, holder: Holder, kind: str) -> dict[str, tuple[str, ...]]:
    """What the form begins with: the newest words, or those of the version that `?from=` names; 0 is as above."""
    asked = request.GET.get("from", "")
    if asked.isascii() and asked.isdigit():
        return _whole(holder, kind, int(asked))
    last = wordings_of(holder, kind).first()
    return _whole(holder, kind, last.number if last else 0)


def _whole(holder: Holder, kind: str, number: int) -> dict[str, tuple[str, ...]]:
    """The words of one version, whole; number 0 is what holds above."""
    on = clock.today()
    found = default_wording(kind) | texts_above(holder, kind, on=on)
    if number > 0:
        made = get_object_or_404(wordings_of(holder, kind), number=number)
        found |= {key: tuple(lines) for key, lines in made.texts.items() if key in found}
    return found


def _beside(holder: Holder, kind: str, texts: Mapping[str, Any]) -> dict[str, Any]:
    """The paper as pictures where the words can be printed, else every fault with its place."""
    typed = {key: [line.strip() for line in lines] for key, lines in texts.items()}  # a fault names its line
    written = {key: [line for line in lines if line] for key, lines in typed.items()}
    found = list(faults_in_wording(kind, typed)) or list(faults_of_sample(holder, kind, typed))
    titles = {text.key: presenters.text_title(text) for text in wording_of(kind).texts}
    faults = []
    for fault in found:
        key = fault.where.partition("[")[0]
        faults.append((f"id_{key}", titles.get(key, key), digits_in_words(fault.thai if in_thai() else fault.english)))
    look = Look() if found else look_at(sample_paper(holder, kind, written), style_of_holder(holder, on=clock.today()))
    return {"faults": faults, "look": look, "name": presenters.title_of(kind)}
