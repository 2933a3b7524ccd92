"""Pages of many letters: choosing what to do with which, and watching it being done."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from raprong.access.rules import refusal
from raprong.circulation import many as going
from raprong.circulation.enums import LetterKind, LetterWork, State, WorkState
from raprong.circulation.models import Letter, ManyLetters
from raprong.circulation.queries import letters_to_sign
from raprong.core import clock
from raprong.core.clock import day_of
from raprong.core.faults import Faults
from raprong.core.read_only import reads_on_get
from raprong.evaluations import actions as evaluations
from raprong.evaluations import permissions as may
from raprong.evaluations.models import Evaluation
from raprong.evaluations.queries import letter_about
from raprong.organisation.models import Person
from raprong.web.circulation import presenters
from raprong.web.circulation.signing import SigningForm
from raprong.web.shell.filters import digits
from raprong.web.shell.pages import show

STATES = {
    LetterWork.HAND_IN: State.DRAFTING,
    LetterWork.PASS: State.CHECKING,
    LetterWork.SIGN: State.SIGNING,
    LetterWork.SEND: State.SIGNED,
}
HEADINGS: dict[LetterWork, str | Promise] = {
    LetterWork.HAND_IN: gettext_lazy("Hand in many letters"),
    LetterWork.PASS: gettext_lazy("Pass many letters on"),
    LetterWork.SIGN: gettext_lazy("Sign many letters"),
    LetterWork.SEND: gettext_lazy("Send many letters"),
}
SHADES = {WorkState.WAITING: "wait", WorkState.WORKING: "now", WorkState.DONE: "done", WorkState.STOPPED: "late"}
MOST_SHOWN = 20


class SignManyForm(SigningForm):
    """The same tick and the same proof, for every letter that is ticked."""

    seen_sha256 = None  # type: ignore[assignment]  # each letter goes with the version that the list showed


@require_safe
@reads_on_get
def overview(request: HttpRequest) -> HttpResponse:
    """What can be done with many letters at once, and what was."""
    at = clock.now()
    counted = [(work, HEADINGS[work], len(_letters(request.person, work, at))) for work in LetterWork]
    context = {
        "title": _("Many letters in one go"),
        "section": "circulation:list",
        "works": counted,
        "to_draft": len(_results_without_letter(request.person, at)),
        "before": [(one, pill(one)) for one in ManyLetters.objects.filter(ordered_by=request.person)[:MOST_SHOWN]],
    }
    return show(request, "circulation/many.html", context)


@require_POST
def draft(request: HttpRequest) -> HttpResponse:
    """Draft the result letter of every final result that has none."""
    at = clock.now()
    found = _results_without_letter(request.person, at)
    for evaluation in found:
        evaluations.draft_result_letter(evaluation, by=request.person, at=at)
    words = ngettext("%(count)s letter is drafted.", "%(count)s letters are drafted.", len(found))
    messages.success(request, words % {"count": digits(len(found))})
    return redirect("circulation:many-choose", work=LetterWork.HAND_IN)


@require_http_methods(["GET", "HEAD", "POST"])
@reads_on_get
def choose(request: HttpRequest, work: str) -> HttpResponse:
    """Tick the letters, and ask for the work; whoever signs proves once more who they are."""
    if work not in LetterWork.values:
        raise Http404
    asked, at = LetterWork(work), clock.now()
    letters = _letters(request.person, asked, at)
    posted = request.POST if request.method == "POST" else None
    ticked = set(request.POST.getlist("letters")) if posted is not None else {_code(letter) for letter in letters}
    intent = _("I have read these papers, and I sign each of them.")
    form = SignManyForm(posted, intent=intent, person=request.person) if asked is LetterWork.SIGN else None
    faults: list[tuple[str, str, str]] = []
    identity = form.prove(at=at) if posted is not None and form else None
    if posted is not None and (form is None or identity):
        chosen = [(letter, _version(letter, ticked)) for letter in letters if _is_ticked(letter, ticked)]
        try:
            made = going.order(chosen, work=asked, identity=identity, by=request.person, at=at)
        except Faults as refused:
            faults = [("letters", "", str(fault.sentence)) for fault in refused.faults]
        else:
            return redirect("circulation:many-one", many=made.public_id)
    context = {
        "title": HEADINGS[asked],
        "section": "circulation:list",
        "work": asked,
        "letters": [(letter, _code(letter), _is_ticked(letter, ticked)) for letter in letters],
        "form": form,
        "faults": faults,
        "kind_of": presenters.kind_of,
    }
    status = 422 if faults or (form and form.errors) else 200
    return show(request, "circulation/many_choose.html", context, status=status)


@require_safe
@reads_on_get
def one(request: HttpRequest, many: str) -> HttpResponse:
    """How far it is, and what kept which letter back."""
    found = _own(request, many)
    context = {
        "title": HEADINGS[LetterWork(found.work)],
        "section": "circulation:list",
        "many": found,
        "pill": pill(found),
        "progress": _("%(done)s of %(all)s letters") % {"done": digits(found.done), "all": digits(found.letters)},
        "moving": found.state in (WorkState.WAITING, WorkState.WORKING),
        "stuck": going.is_stuck(found, at=clock.now()),
        "contents": list(found.contents.select_related("letter").order_by("number")),
    }
    return show(request, "circulation/many_one.html", context, fragment="standing")


@require_POST
def stop(request: HttpRequest, many: str) -> HttpResponse:
    found = going.stop(_own(request, many), by=request.person, at=clock.now())
    messages.success(request, _("Stopped. What is done stays done."))
    return redirect("circulation:many-one", many=found.public_id)


@require_POST
def go_on(request: HttpRequest, many: str) -> HttpResponse:
    """After a worker was killed."""
    found = going.go_on(_own(request, many), by=request.person, at=clock.now())
    return redirect("circulation:many-one", many=found.public_id)


def pill(found: ManyLetters) -> tuple[str, str]:
    return SHADES[WorkState(found.state)], str(WorkState(found.state).label)


def _letters(person: Person, work: LetterWork, at: datetime) -> list[Letter]:
    """The letters with which this person may do the work now; to sign, those that they are asked to."""
    if work is LetterWork.SIGN:
        return letters_to_sign(person, on=day_of(at))
    seen = Letter.objects.visible_to(person, on=day_of(at)).with_units().filter(state=STATES[work])
    return [letter for letter in seen if not refusal(going.ALLOWED[work], person, letter, at=at)]


def _results_without_letter(person: Person, at: datetime) -> list[Evaluation]:
    seen = Evaluation.objects.visible_to(person, on=day_of(at)).filter(sealed__isnull=False)
    without = [one for one in seen if letter_about(one, LetterKind.RESULT_LETTER) is None]
    return [one for one in without if not refusal(may.check_may_announce, person, one, at=at)]


def _own(request: HttpRequest, public_id: str) -> ManyLetters:
    found: ManyLetters = get_object_or_404(ManyLetters, public_id=public_id, ordered_by=request.person)
    return found


def _code(letter: Letter) -> str:
    """What a tick stands for: the letter as the list showed it."""
    return f"{letter.public_id}:{letter.version}"


def _is_ticked(letter: Letter, ticked: set[str]) -> bool:
    return any(code.partition(":")[0] == letter.public_id for code in ticked)


def _version(letter: Letter, ticked: set[str]) -> int:
    written = next(code.partition(":")[2] for code in ticked if code.partition(":")[0] == letter.public_id)
    return int(written) if written.isascii() and written.isdigit() else 0
