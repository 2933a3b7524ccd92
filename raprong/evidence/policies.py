from dataclasses import replace

from django.utils.translation import gettext as _

from raprong.access.rules import Refused
from raprong.core.faults import all_at_once
from raprong.evidence.definitions import evidence_types
from raprong.evidence.facts import Facts
from raprong.evidence.guards import check_guards
from raprong.evidence.models import EVERY_ROUND, WHOLE_KPI, Credit, Evidence, Folder
from raprong.evidence.numbers import written_number
from raprong.evidence.places import places_of
from raprong.kpis.enums import KpiState
from raprong.kpis.models import KpiYear
from raprong.processes.models import Run
from raprong.processes.policies import check_work_is_not_done

CARD = "assessments.rounds_submitted"  # the work of an SOP for which evidence is gathered
LONGEST = {"title": 300, "collector": 200, "note": 2000}  # letters


class AlreadyHere(Refused):
    """The file is here already: it is credited where it proves something else, and not kept a second time."""

    def __init__(self, sentence: str, evidence: Evidence) -> None:
        super().__init__(sentence)
        self.evidence = evidence


def check_can_credit(kpi: KpiYear, months: int, step: int) -> None:
    """A selected KPI, a step or level that it has, and a round of the year whose report is not submitted."""
    run = kpi.framework.run
    if kpi.state != KpiState.SELECTED:
        raise Refused(_("%(kpi)s is not a KPI of this year's agreement.") % {"kpi": kpi})
    if months != EVERY_ROUND and months not in run.definition.reporting.rounds:
        raise Refused(_("The SOP of this year has no such round."))
    if step != WHOLE_KPI and step not in {place.number for place in places_of(kpi)}:
        raise Refused(_("%(kpi)s has no such step or level.") % {"kpi": kpi})
    if is_closed(run, months):
        raise Refused(_("The report of this round was submitted. It takes no more evidence."))
    check_work_is_not_done(run, CARD)
    check_guards(kpi, months)


def check_is_new_to(evidence: Evidence, kpi: KpiYear, months: int) -> None:
    """The same file stands once under a KPI in a round."""
    standing = Credit.objects.standing().filter(kpi=kpi, evidence__file__sha256=evidence.file.sha256)
    rounds = standing if months == EVERY_ROUND else standing.filter(months__in=(months, EVERY_ROUND))
    if twin := rounds.with_evidence().first():
        sentence = _("%(name)s is already attached here, as number %(number)s.")
        raise AlreadyHere(sentence % {"name": evidence.file.name, "number": written_number(twin)}, twin.evidence)


def check_stands_nowhere(evidence: Evidence, name: str) -> None:
    """A file that already proves something is offered with the numbers it has there."""
    if credits := list(evidence.credits.standing().with_evidence()):
        numbers = ", ".join(map(written_number, credits))
        sentence = _("%(name)s is already here, as number %(number)s. It can prove this too without a second copy.")
        raise AlreadyHere(sentence % {"name": name, "number": numbers}, evidence)


def check_can_withdraw(credit: Credit) -> None:
    """Until a report that was submitted counts it."""
    if credit.withdrawn_at is not None:
        raise Refused(_("This evidence was already withdrawn."))
    if is_locked(credit):
        raise Refused(_("The report of the round was submitted with this evidence. It stays in it."))
    check_guards(credit.kpi, credit.months)


def check_can_change(evidence: Evidence) -> None:
    """What it is stays as the first report said that was submitted with it."""
    standing = list(evidence.credits.standing().with_evidence())
    if any(map(is_locked, standing)):
        raise Refused(_("A report was submitted with this evidence. What is said of it no longer changes."))
    for credit in standing:
        check_guards(credit.kpi, credit.months)


def is_closed(run: Run, months: int) -> bool:
    """Whether the report of a round was submitted; of every round, whether that of the last one was."""
    last = run.definition.reporting.last_round
    return Folder.objects.filter(run=run, months=months or last, closed_at__isnull=False).exists()


def is_locked(credit: Credit) -> bool:
    """Whether a submitted report counts it."""
    closed = Folder.objects.filter(run=credit.kpi.framework.run_id, closed_at__isnull=False)
    if credit.months == EVERY_ROUND:
        return closed.filter(closed_after__gte=credit.pk).exists()
    return closed.filter(months=credit.months).exists()


def checked_facts(facts: Facts) -> Facts:
    """The facts trimmed, or everything that is wrong with them, each at its field."""
    said = replace(facts, **{name: getattr(facts, name).strip() for name in LONGEST})
    with all_at_once() as found:
        if not said.title:
            found.add("title", _("Give the evidence a title."))
        for name, most in LONGEST.items():
            if len(getattr(said, name)) > most:
                found.add(name, _("This is too long. Use at most %(most)s letters.") % {"most": most})
        if said.kind and evidence_types().titled(said.kind) is None:
            found.add("kind", _("Choose one of the types."))
        if said.starts_on and said.ends_on and said.ends_on < said.starts_on:
            found.add("ends_on", _("The period ends before it begins."))
    return said
