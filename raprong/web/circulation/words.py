"""Writing a letter: its words in a form, the real paper and the proof-reader's marks beside them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from raprong.circulation import actions, documents, permissions
from raprong.circulation.models import Letter
from raprong.circulation.proofs import findings_in
from raprong.core import clock
from raprong.core.databases.read_only import reading_only
from raprong.core.faults import Faults
from raprong.core.read_only import reads_on_get
from raprong.web.circulation import presenters
from raprong.web.circulation.forms import WordsForm
from raprong.web.circulation.panel import panel_for
from raprong.web.circulation.views import visible_letter
from raprong.web.shell.pages import show
from raprong.web.stationery.proofs import corrected_texts

LOOKING = ("correct", "show")  # the buttons that show something and store nothing


@require_http_methods(["GET", "POST"])
@reads_on_get
def revise(request: HttpRequest, letter: str) -> HttpResponse:
    """Change the words of a draft."""
    found, at = visible_letter(request, letter), clock.now()
    permissions.check_may_revise(request.person, found, at=at)
    if any(name in request.POST for name in LOOKING):
        return _page(request, found, _as_looked_at(request, found))
    form = _form(found, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        entered = dict(form.cleaned_data)
        subject, seen = entered.pop("subject"), entered.pop("version")
        content = documents.with_texts(found, entered)
        try:
            actions.revise(found, subject=subject, content=content, seen=seen, by=request.person, at=at)
        except Faults as refused:
            _place_faults(form, refused)
        else:
            messages.success(request, _("The draft is saved."))
            return redirect("circulation:letter", letter=found.public_id)
    return _page(request, found, form, status=422 if form.errors else 200)


@require_POST
def beside(request: HttpRequest, letter: str) -> HttpResponse:
    """The paper and the marks for the words as they are being typed. It stores nothing."""
    with reading_only():
        found = visible_letter(request, letter)
        permissions.check_may_revise(request.person, found, at=clock.now())
        return show(request, "circulation/_beside.html", _beside(_typed(found, request.POST)))


def _page(request: HttpRequest, letter: Letter, form: WordsForm, *, status: int = 200) -> HttpResponse:
    context = {
        "title": _("Words of the draft"),
        "letter": letter,
        "form": form,
        "panel": panel_for(letter, request.person, clock.now()),
        **_beside(_typed(letter, form.data) if form.is_bound else letter),
    }
    return show(request, "circulation/words.html", context, status=status)


def _beside(letter: Letter) -> dict[str, Any]:
    return {
        "look": presenters.look_of(letter),
        "proof": presenters.proof_of_letter(letter, anchors=True),
        "name": letter.subject,
    }


def _as_looked_at(request: HttpRequest, letter: Letter) -> WordsForm:
    """The form as it was typed, with nothing judged; corrected by the proof-reader where that was asked for."""
    typed = request.POST.copy()
    if asked := typed.get("correct"):
        texts = _texts_in(letter, typed)
        found = findings_in(_typed(letter, typed))
        for place, words in corrected_texts(texts, found, asked).items():
            typed[place] = words
    return _form(letter, typed, judged=False)


def _form(letter: Letter, typed: Any, *, judged: bool = True) -> WordsForm:
    initial = {"subject": letter.subject, "version": letter.version}
    form = WordsForm(typed, texts=documents.texts_of(letter), labels=documents.TEXTS, initial=initial)
    if not judged:
        form.full_clean()
        form.errors.clear()
    return form


def _texts_in(letter: Letter, typed: Any) -> dict[str, str]:
    """Every text of the form as it was typed, its line ends as the proof-reader counts them."""
    return {place: documents.in_lines(str(typed.get(place, ""))) for place in ("subject", *documents.texts_of(letter))}


def _typed(letter: Letter, typed: Any) -> Letter:
    texts = _texts_in(letter, typed)
    return documents.as_typed(letter, subject=texts.pop("subject"), texts=texts)


def _place_faults(form: WordsForm, refused: Faults) -> None:
    for fault in refused.faults:
        form.add_error(fault.field if fault.field in form.fields else None, str(fault.sentence))
