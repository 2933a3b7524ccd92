"""Whether a run and its steps are in a state that allows something."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from raprong.access.rules import Refused
from raprong.lib.sop.shape import Step
from raprong.lib.sop.standing import State, StepStanding
from raprong.organisation.models import Unit
from raprong.processes.cards import ask
from raprong.processes.models import Run
from raprong.processes.queries import bare_standing_of, is_done, piece_state, step_with_work
from raprong.processes.words import text_of, title_of

HANDED_IN = {State.SUBMITTED, State.ACCEPTED}


def check_work_is_open(run: Run, card: str, *, at: datetime, piece: Unit | None = None) -> None:
    """Refuse work that belongs to a step which is not open, or to a group's piece that was handed in.

    An SOP that does not name the card asks for no order, and allows the work.
    """
    step = step_with_work(run, card)
    if step is None:
        return
    standing = bare_standing_of(run, at=at)
    check_step_is_open(standing.step(step.code))
    if step.fan_out and piece is not None and piece_state(standing, step, piece) in HANDED_IN:
        raise Refused(_("%(group)s has handed this in. The checker can send it back.") % {"group": piece})


def check_work_is_not_done(run: Run, card: str) -> None:
    """Refuse work whose step is done already; it may begin before the step opens."""
    step = step_with_work(run, card)
    if step is not None and is_done(run, step):
        raise Refused(_step_is_done(step))


def check_step_is_open(standing: StepStanding) -> None:
    """Refuse on a step whose turn has not come, or which is done."""
    if standing.state is State.WAITING:
        words = {"number": standing.step.number, "title": title_of(standing.step)}
        raise Refused(_("Step %(number)s, %(title)s, opens when the step before it is done.") % words)
    if standing.state is State.DONE:
        raise Refused(_step_is_done(standing.step))


def _step_is_done(step: Step) -> str:
    return _("Step %(number)s, %(title)s, is done.") % {"number": step.number, "title": title_of(step)}


def check_fans_out(step: Step, piece: Unit | None) -> None:
    """A piece belongs to a step that fans out, and only to such a step."""
    if step.fan_out and piece is None:
        raise Refused(_("Each group hands in its own piece of this step."))
    if not step.fan_out and piece is not None:
        raise Refused(_("This step has no pieces for groups."))


def check_can_be_done(standing: StepStanding) -> None:
    """Refuse to end a step while work, answers or pieces are missing; the sentence names all of them."""
    check_step_is_open(standing)
    missing = [work.sentence or work.card for work in standing.works_missing]
    missing += [text_of(standing.step.control_point(control.code)) for control in standing.controls_missing]
    if count := len(standing.pieces_missing):
        words = ngettext("%(count)s group is not accepted yet", "%(count)s groups are not accepted yet", count)
        missing.append(words % {"count": count})
    _check_nothing_is(missing)


def check_piece_is_complete(run: Run, step: Step, piece: Unit) -> None:
    """Refuse to hand in a group's piece while its own share of the work is not done."""
    answers = [ask(card, run, piece) for card in step.work]
    _check_nothing_is([answer.sentence for answer in answers if not answer.done])


def _check_nothing_is(missing: list[str]) -> None:
    if missing:
        listed = "; ".join(sentence.removesuffix(".") for sentence in missing)
        raise Refused(_("Still missing: %(missing)s.") % {"missing": listed})
