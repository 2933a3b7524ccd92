"""The verbs of a run. Only facts are written; where the run stands follows from them."""

from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from raprong.access.queries import people_with_role
from raprong.access.rules import Refused
from raprong.audit.actions import record
from raprong.core.clock import day_of
from raprong.core.faults import all_at_once
from raprong.lib.sop.shape import SopDefinition, Step
from raprong.lib.sop.standing import NO, YES, FactKind
from raprong.notifications.actions import tell
from raprong.organisation.enums import UnitKind
from raprong.organisation.models import Person, Unit
from raprong.processes import permissions, policies
from raprong.processes.library import sop
from raprong.processes.models import Binding, Run, SopEdition, StepFact
from raprong.processes.queries import holders_of, party_people, standing_of, step_with_work
from raprong.processes.words import title_of


@transaction.atomic
def start(
    unit: Unit, *, fiscal_year: int, sop_code: str, bindings: Mapping[str, Unit], by: Person, at: datetime
) -> Run:
    """Start a unit's fiscal year (พ.ศ.) under an SOP: pin its edition, and say who its parties are here.

    `bindings` names a group of the unit, or another unit of the agency, for every party that the SOP leaves open.
    """
    permissions.check_may_start(by, unit, at=at)
    definition = sop(sop_code)
    _check_bindings(definition, unit, bindings)
    edition = _pin(definition)
    try:
        with transaction.atomic():
            run = Run.objects.create(unit=unit, fiscal_year=fiscal_year, sop=edition, started_at=at, started_by=by)
    except IntegrityError:
        raise Refused(
            _("%(unit)s has started fiscal year %(year)s already.") % {"unit": unit, "year": fiscal_year}
        ) from None
    Binding.objects.bulk_create(Binding(run=run, party=party, unit=bound) for party, bound in bindings.items())
    _tell_holders(run, definition.steps[0], by=by, at=at)
    record(
        "run.started",
        about=run,
        by=by,
        at=at,
        place=unit,
        fiscal_year=fiscal_year,
        sop=definition.code,
        edition=definition.edition,
        digest=definition.digest,
        bindings={party: bound.name for party, bound in bindings.items()},
    )
    return run


@transaction.atomic
def submit_piece(run: Run, step_code: str, *, piece: Unit, by: Person, at: datetime) -> StepFact:
    """A group hands in its piece of a step. Its own work must be done."""
    run, step = _locked(run), run.definition.step(step_code)
    permissions.check_may_submit(by, run, step, piece, at=at)
    policies.check_piece_is_complete(run, step, piece)
    fact = _write(run, step, FactKind.SUBMITTED, by=by, at=at, piece=piece)
    if step.checked_by:
        checkers = party_people(run, run.definition.party(step.checked_by), on=day_of(at))
        tell(checkers, "piece.submitted", about=run, at=at, besides=by, group=str(piece), step=step.title)
    return fact


@transaction.atomic
def return_piece(run: Run, step_code: str, *, piece: Unit, because: str, by: Person, at: datetime) -> StepFact:
    """The checker sends a group's piece back, with the reason."""
    run, step = _locked(run), run.definition.step(step_code)
    permissions.check_may_check(by, run, step, piece, at=at)
    if not because.strip():
        raise Refused(_("Say what the group should change."))
    fact = _write(run, step, FactKind.RETURNED, by=by, at=at, piece=piece, remark=because.strip())
    tell(
        _people_of_piece(run, step, piece, at=at),
        "piece.returned",
        about=run,
        at=at,
        besides=by,
        step=step.title,
        because=because.strip(),
    )
    return fact


@transaction.atomic
def accept_piece(run: Run, step_code: str, *, piece: Unit, by: Person, at: datetime) -> StepFact:
    """The checker takes a group's piece as complete and correct."""
    run, step = _locked(run), run.definition.step(step_code)
    permissions.check_may_check(by, run, step, piece, at=at)
    return _write(run, step, FactKind.ACCEPTED, by=by, at=at, piece=piece)


@transaction.atomic
def answer_control(
    run: Run, step_code: str, control_code: str, *, answer: str, remark: str, by: Person, at: datetime
) -> StepFact:
    """Answer a control point with yes or no. No needs a remark. A later answer stands for an earlier one."""
    run, step = _locked(run), run.definition.step(step_code)
    permissions.check_may_answer(by, run, step, control_code, at=at)
    if answer not in (YES, NO):
        raise Refused(_("Answer yes or no."))
    if answer == NO and not remark.strip():
        raise Refused(_("Say why the answer is no."))
    return _write(
        run, step, FactKind.ANSWERED, by=by, at=at, control=control_code, answer=answer, remark=remark.strip()
    )


@transaction.atomic
def finish_step(run: Run, step_code: str, *, by: Person, at: datetime) -> StepFact:
    """Say that a step is done. The next one opens, and those who do it are told."""
    run, step = _locked(run), run.definition.step(step_code)
    permissions.check_may_finish(by, run, step, at=at)
    fact = _write(run, step, FactKind.DONE, by=by, at=at)
    following = standing_of(run, at=at).current
    if following is not None:
        _tell_holders(run, following.step, by=by, at=at)
    return fact


def take_up(run: Run, card: str, *, by: Person, at: datetime) -> None:
    """The work that a card stands for begins: its step's clock runs. Called by the verb that begins it."""
    _move_clock(run, card, FactKind.TAKEN_UP, by=by, at=at)


def lay_down(run: Run, card: str, *, by: Person, at: datetime) -> None:
    """The work that a card stands for rests: its step's clock stops. Called by the verb that hands it on."""
    _move_clock(run, card, FactKind.LAID_DOWN, by=by, at=at)


@transaction.atomic
def _move_clock(run: Run, card: str, kind: FactKind, *, by: Person, at: datetime) -> None:
    step = step_with_work(run, card)
    if step is not None:
        _write(_locked(run), step, kind, by=by, at=at)


def _check_bindings(definition: SopDefinition, unit: Unit, bindings: Mapping[str, Unit]) -> None:
    """Every open party is bound, a group's party to a group of this unit, an outside party within the agency."""
    with all_at_once() as faults:
        if unit.kind != UnitKind.OFFICE:
            faults.add("unit", _("A group has no agreement of its own. Choose its unit."))
        for party in definition.parties_to_bind():
            bound = bindings.get(party.code)
            if bound is None:
                faults.add(party.code, _("Say who %(party)s is here.") % {"party": title_of(party)})
            elif party.kind == "group" and bound.parent_id != unit.pk:
                faults.add(party.code, _("%(bound)s is not a group of %(unit)s.") % {"bound": bound, "unit": unit})
            elif bound.agency_id != unit.agency_id:
                faults.add(party.code, _("%(bound)s belongs to another agency.") % {"bound": bound})


def _pin(definition: SopDefinition) -> SopEdition:
    edition, _made = SopEdition.objects.get_or_create(
        digest=definition.digest,
        defaults={
            "code": definition.code,
            "edition": definition.edition,
            "title": definition.title,
            "content": definition.to_json(),
        },
    )
    return edition


def _locked(run: Run) -> Run:
    """One person at a time moves a run."""
    return Run.objects.select_for_update(of=("self",)).with_sop().get(pk=run.pk)


def _write(
    run: Run,
    step: Step,
    kind: FactKind,
    *,
    by: Person,
    at: datetime,
    piece: Unit | None = None,
    control: str = "",
    answer: str = "",
    remark: str = "",
) -> StepFact:
    fact = StepFact.objects.create(
        run=run, step=step.code, piece=piece, kind=kind, control=control, answer=answer, remark=remark, by=by, at=at
    )
    said = {"piece": str(piece) if piece else "", "control": control, "answer": answer, "remark": remark}
    record(
        f"step.{kind}",
        about=run,
        by=by,
        at=at,
        place=run.unit,
        fiscal_year=run.fiscal_year,
        step=step.code,
        **{name: value for name, value in said.items() if value},
    )
    return fact


def _tell_holders(run: Run, step: Step, *, by: Person, at: datetime) -> None:
    people = holders_of(run, step, on=day_of(at))
    tell(people, "step.opened", about=run, at=at, besides=by, number=str(step.number), step=step.title)


def _people_of_piece(run: Run, step: Step, piece: Unit, *, at: datetime) -> list[Person]:
    roles = {run.definition.party(code).role for code in step.done_by}
    return [person for role in roles for person in people_with_role(role, piece, on=day_of(at))]
