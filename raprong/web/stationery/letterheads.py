"""How papers look: the emblem, the typeface, the address and the digits of an agency or of one of its units."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from raprong.access.rules import refusal
from raprong.core import clock
from raprong.core.databases.read_only import reading_only
from raprong.core.faults import Faults
from raprong.core.read_only import reads_on_get
from raprong.documents.wording import default_wording
from raprong.lib.rendering import SARABUN
from raprong.lib.rendering.drawings import DrawingRefused, safe_drawing
from raprong.lib.rendering.typefaces import typefaces_in
from raprong.organisation.models import Unit
from raprong.stationery import actions, permissions
from raprong.stationery.models import Letterhead
from raprong.stationery.printing import sample_letter
from raprong.stationery.queries import Holder, PaperStyle, letterheads_of, style_of_holder
from raprong.web.shell.filters import digits, in_thai
from raprong.web.shell.pages import show
from raprong.web.stationery import presenters
from raprong.web.stationery.current import holder_or_404
from raprong.web.stationery.forms import LetterheadForm
from raprong.web.stationery.looking import Look, look_at
from raprong.web.stationery.views import place_faults


@require_http_methods(["GET", "HEAD", "POST"])
@reads_on_get
def letterhead(request: HttpRequest, holder: str) -> HttpResponse:
    """What holds now, a form for a new version, and a real letter beside it."""
    held, at = holder_or_404(request, holder), clock.now()
    last = letterheads_of(held).first()
    form = _form(request, held, last)
    showing = "show" in request.POST
    if request.method == "POST" and not showing and form.is_valid():
        try:
            made = actions.set_letterhead(held, form.decision(), **_set(form, last), by=request.person, at=at)
        except Faults as refused:
            place_faults(form, refused.faults)
        else:
            messages.success(request, _("Version %(number)s is saved.") % {"number": digits(made.number)})
            return redirect("stationery:letterhead", holder=held.public_id)
    context = {
        "title": _("Letterhead, emblem and typeface"),
        "subtitle": presenters.holder_name(held),
        "holder": held,
        "form": form,
        "has_emblem": bool(last and last.emblem),
        "versions": list(letterheads_of(held)),
        "above": presenters.above(held),
        "standing": presenters.standing(list(letterheads_of(held)), held, on=clock.today()),
        "why_not": refusal(permissions.check_may_change, request.person, held, at=at),
        **_beside(held, form, last),
    }
    status = 422 if request.method == "POST" and not showing else 200
    return show(request, "stationery/letterhead.html", context, status=status)


@require_POST
def letterhead_beside(request: HttpRequest, holder: str) -> HttpResponse:
    """A real letter with the look as it is being chosen. It stores nothing."""
    with reading_only():
        held = holder_or_404(request, holder)
        last = letterheads_of(held).first()
        return show(request, "stationery/_beside.html", _beside(held, _form(request, held, last), last))


def _form(request: HttpRequest, holder: Holder, last: Letterhead | None) -> LetterheadForm:
    style = style_of_holder(holder, on=clock.today())
    initial: dict[str, Any] = {
        "as_above": last.as_above if last else False,
        "typeface": last.typeface if last else "",
        "address": last.address if last else style.address,
        "thai_digits": "yes" if (last.thai_digits if last else style.thai_digits) else "no",
        "in_force_from": clock.today(),
        "seen": last.number if last else 0,
    }
    typed = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    label = _("As the agency has it") if isinstance(holder, Unit) else _("As it is by default")
    form = LetterheadForm(*typed, as_above=label, initial=initial)
    if "show" in request.POST:
        form.full_clean()
        form.errors.clear()
    return form


def _set(form: LetterheadForm, last: Letterhead | None) -> dict[str, Any]:
    """What the form asks for; the drawing stays unless another is handed in or none is wanted."""
    typed = form.cleaned_data
    kept = last.emblem if last else ""
    return {
        "emblem": "" if typed["no_emblem"] else typed["emblem"] or kept,
        "typeface": typed["typeface"],
        "address": typed["address"],
        "thai_digits": typed["thai_digits"],
        "as_above": typed["as_above"],
    }


def _beside(holder: Holder, form: LetterheadForm, last: Letterhead | None) -> dict[str, Any]:
    """An external letter of the holder, drawn with what the form says, or what is wrong with its drawing."""
    on = clock.today()
    try:
        style = _chosen(form, last, holder, on=on) if form.is_bound else style_of_holder(holder, on=on)
    except DrawingRefused as refused:
        told = [
            ("id_emblem", _("Drawing of the emblem (SVG)"), f.thai if in_thai() else f.english) for f in refused.faults
        ]
        return {"faults": told, "look": Look(), "name": _("Sample letter")}
    paper = sample_letter(holder, default_wording("result_letter"), style)
    return {"faults": [], "look": look_at(paper, style), "name": _("Sample letter")}


def _chosen(form: LetterheadForm, last: Letterhead | None, holder: Holder, *, on: date) -> PaperStyle:
    """The look that the form asks for, whether or not the rest of it is right yet."""
    form.is_valid()
    typed = form.cleaned_data
    if typed.get("as_above"):
        above = holder.agency if isinstance(holder, Unit) else None
        return style_of_holder(above, on=on) if above else PaperStyle()
    sent = typed.get("emblem")
    drawing = safe_drawing(sent) if sent else (last.emblem if last else "")
    style = typefaces_in(settings.FONTS_DIR).get(typed.get("typeface", ""), SARABUN)
    return PaperStyle.of(
        style, "" if typed.get("no_emblem") else drawing, typed.get("address", ""), typed.get("thai_digits", True)
    )
