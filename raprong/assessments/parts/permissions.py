"""Who may move a group's part of a report on, and who may send it back."""

from datetime import datetime

from django.utils.translation import gettext as _

from raprong.access.permissions import check_holds
from raprong.access.queries import holds
from raprong.access.rules import Refused
from raprong.assessments.enums import PartMove, PartState
from raprong.assessments.models import GroupPart
from raprong.assessments.parts import policies
from raprong.assessments.parts.queries import CHECK, GATHER, checkers_of, rules_of, writers_of
from raprong.core.clock import day_of
from raprong.organisation.models import Person
from raprong.processes.queries import acts_for
from raprong.processes.words import title_of

WRITE, SUBMIT = "assessments.write", "assessments.submit"


def check_may_hand_in(person: Person, part: GroupPart, *, at: datetime) -> None:
    """Those who write for the group."""
    check_holds(person, WRITE, part.group, on=day_of(at))
    policies.check_can_move(part, PartMove.HAND_IN, at=at)


def check_may_take_back(person: Person, part: GroupPart, *, at: datetime) -> None:
    """Those who write for the group, until somebody has passed the part on."""
    check_holds(person, WRITE, part.group, on=day_of(at))
    policies.check_can_move(part, PartMove.TAKE_BACK, at=at)


def check_may_pass_on(person: Person, part: GroupPart, *, at: datetime) -> None:
    """The checking party in the group, and never a writer where the SOP asks for a second person."""
    check_holds(person, CHECK, part.group, on=day_of(at))
    policies.check_can_move(part, PartMove.PASS_ON, at=at)
    _check_looks_at(person, part, at=at)


def _check_looks_at(person: Person, part: GroupPart, *, at: datetime) -> None:
    checkers = checkers_of(part, on=day_of(at))
    if person in checkers:
        return
    names = ", ".join(checker.name for checker in checkers) or _("nobody yet; a role has to be given")
    rules = rules_of(part.assessment.run)
    if rules and rules.second_person and person.pk in writers_of(part):
        raise Refused(_("You wrote in this part, so somebody else looks at it: %(names)s.") % {"names": names})
    raise Refused(_("This part is looked at by: %(names)s.") % {"names": names})


def check_may_gather(person: Person, part: GroupPart, *, at: datetime) -> None:
    """The party that the SOP lets gather."""
    run, on = part.assessment.run, day_of(at)
    check_holds(person, GATHER, run.unit, on=on)
    policies.check_can_move(part, PartMove.GATHER, at=at)
    rules = rules_of(run)
    if rules and not acts_for(person, run, party := run.definition.party(rules.gathered_by), on=on):
        raise Refused(_("By this SOP the parts are gathered by: %(party)s.") % {"party": title_of(party)})


def check_may_send_back(person: Person, part: GroupPart, *, at: datetime) -> None:
    """Whoever holds the part: its checker, then planning, and those who submit once it is gathered."""
    on, unit = day_of(at), part.assessment.run.unit
    if part.state == PartState.WITH_HEAD:
        check_holds(person, CHECK, part.group, on=on)
    elif not holds(person, SUBMIT, unit, on=on):
        check_holds(person, GATHER, unit, on=on)
    policies.check_can_move(part, PartMove.SEND_BACK, at=at)
