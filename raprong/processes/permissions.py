"""Whether this person may move this run: by the role in which the SOP's party acts, where the party is bound.

A page that asks several of these about one moment hands in the standing it has worked out already.
"""

from datetime import datetime

from django.utils.translation import gettext as _

from raprong.access.permissions import check_holds, role_title
from raprong.access.rules import Refused
from raprong.core.clock import day_of
from raprong.lib.sop.shape import ASK, Step
from raprong.lib.sop.standing import RunStanding, State
from raprong.organisation.models import Person, Unit
from raprong.processes import policies
from raprong.processes.models import Run
from raprong.processes.queries import acts_for, acts_for_step, standing_of
from raprong.processes.words import title_of


def check_may_start(person: Person, unit: Unit, *, at: datetime) -> None:
    check_holds(person, "runs.start", unit, on=day_of(at))


def check_may_submit(
    person: Person, run: Run, step: Step, piece: Unit, *, at: datetime, standing: RunStanding | None = None
) -> None:
    """A group's own people hand in its piece of an open step, once."""
    parties = [run.definition.party(code) for code in step.done_by]
    if not any(acts_for(person, run, party, on=day_of(at), piece=piece) for party in parties):
        raise Refused(_refusal_for(parties[0].role, piece))
    policies.check_fans_out(step, piece)
    stands = (standing or standing_of(run, at=at)).step(step.code)
    policies.check_step_is_open(stands)
    if any(found.group == piece.public_id and found.state in policies.HANDED_IN for found in stands.pieces):
        raise Refused(_("%(group)s has handed this in already.") % {"group": piece})


def check_may_check(
    person: Person, run: Run, step: Step, piece: Unit, *, at: datetime, standing: RunStanding | None = None
) -> None:
    """The SOP's checker accepts or sends back a piece that was handed in."""
    if step.checked_by is None:
        raise Refused(_("Nobody checks the pieces of this step."))
    party = run.definition.party(step.checked_by)
    if not acts_for(person, run, party, on=day_of(at)):
        raise Refused(_("This is for %(party)s.") % {"party": title_of(party)})
    stands = (standing or standing_of(run, at=at)).step(step.code)
    policies.check_step_is_open(stands)
    if not any(found.group == piece.public_id and found.state is State.SUBMITTED for found in stands.pieces):
        raise Refused(_("%(group)s has not handed this in.") % {"group": piece})


def check_may_answer(
    person: Person, run: Run, step: Step, control: str, *, at: datetime, standing: RunStanding | None = None
) -> None:
    """Those who do or check a step answer the control points that are left to people, while it is open."""
    check_acts(person, run, step, at=at)
    if step.control_point(control).check != ASK:
        raise Refused(_("The system answers this control point."))
    policies.check_step_is_open((standing or standing_of(run, at=at)).step(step.code))


def check_may_finish(
    person: Person, run: Run, step: Step, *, at: datetime, standing: RunStanding | None = None
) -> None:
    """Those who do or check a step say that it is done, once nothing is missing."""
    check_acts(person, run, step, at=at)
    policies.check_can_be_done((standing or standing_of(run, at=at)).step(step.code))


def check_acts(person: Person, run: Run, step: Step, *, at: datetime) -> None:
    """Refuse everybody but those who do the step or check it."""
    on = day_of(at)
    checker = run.definition.party(step.checked_by) if step.checked_by else None
    # Where a checker gathers the groups' pieces, ending the step is the checker's word.
    if checker is not None and step.fan_out:
        allowed, named = acts_for(person, run, checker, on=on), title_of(checker)
    else:
        allowed = acts_for_step(person, run, step, on=on)
        named = ", ".join(title_of(run.definition.party(code)) for code in step.done_by)
    if not allowed:
        raise Refused(_("This is for %(party)s.") % {"party": named})


def _refusal_for(role: str, group: Unit) -> str:
    return _("In %(unit)s this is for: %(roles)s.") % {"unit": group, "roles": role_title(role)}
