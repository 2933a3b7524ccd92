"""Finding evidence by words and by what it is: this year's, and the year's before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, Q

from raprong.evidence.enums import Lack
from raprong.evidence.models import Credit, Evidence, EvidenceQuerySet
from raprong.kpis.models import KpiYear
from raprong.lib.thai.writing import holds_word, words_of
from raprong.organisation.models import Person, Unit
from raprong.processes.models import Run

SORTS = {"title": "title", "kind": "kind", "added": "added_at", "by": "added_by__name", "size": "file__size"}


@dataclass(frozen=True)
class Asked:
    """What somebody looks for; what is left out asks for everything."""

    words: str = ""
    group: Unit | None = None
    kpi: KpiYear | None = None
    kind: str = ""
    lack: str = ""


def evidence_of_run(run: Run, asked: Asked, *, sort: str = "") -> EvidenceQuerySet:
    """The evidence of a year that fits, with the credits that stand; the latest first, or by a key of `SORTS`."""
    fitting = _fitting(Evidence.objects.of_run(run), asked)
    key = SORTS.get(sort.lstrip("-"), "-added_at")
    order = f"-{key}" if sort.startswith("-") and sort.lstrip("-") in SORTS else key
    return _shown(fitting).order_by(order, "-pk")


def to_choose_from(kpi: KpiYear, months: int, words: str, *, person: Person, on: date) -> EvidenceQuerySet:
    """Evidence of this year and of the unit's year before that could prove a KPI too, this year's first."""
    year = kpi.framework.run.fiscal_year
    recent = could_prove(kpi, months, person=person, on=on).filter(run__fiscal_year__in=(year, year - 1))
    return _fitting(recent, Asked(words))


def could_prove(kpi: KpiYear, months: int, *, person: Person, on: date) -> EvidenceQuerySet:
    """Evidence of the unit, of whatever year, that does not prove the KPI in the round yet; the latest year's first."""
    run = kpi.framework.run
    there = Credit.objects.standing().of_round(run, months).filter(kpi=kpi).values("evidence")
    seen = Evidence.objects.visible_to(person, on=on).filter(run__unit=run.unit_id).exclude(pk__in=there)
    return _shown(seen).order_by("-run__fiscal_year", "-added_at", "-pk")


def standing_credits() -> Prefetch[str]:
    """The credits of evidence that stand, ready to be shown, as `shown_credits`."""
    standing = Credit.objects.standing().with_evidence().select_related("kpi__group")
    return Prefetch("credits", standing, to_attr="shown_credits")


def _shown(found: EvidenceQuerySet) -> EvidenceQuerySet:
    return found.select_related("file", "link", "added_by", "run__unit").prefetch_related(standing_credits())


def _fitting(evidence: EvidenceQuerySet, asked: Asked) -> EvidenceQuerySet:
    standing = Credit.objects.standing().filter(evidence=OuterRef("pk"))
    if asked.kpi:
        evidence = evidence.filter(Exists(standing.filter(kpi=asked.kpi)))
    if asked.group:
        evidence = evidence.filter(Exists(standing.filter(kpi__group=asked.group)))
    if asked.kind:
        evidence = evidence.filter(kind=asked.kind)
    if asked.lack == Lack.KIND:
        evidence = evidence.filter(kind="")
    elif asked.lack == Lack.PERIOD:
        evidence = evidence.filter(Q(starts_on__isnull=True) | Q(ends_on__isnull=True))
    elif asked.lack == Lack.CREDIT:
        evidence = evidence.filter(~Exists(standing))
    return _with_words(evidence, words_of(asked.words))


def _with_words(evidence: EvidenceQuerySet, words: Sequence[str]) -> EvidenceQuerySet:
    """The database sieves; whether a match cuts a letter from its marks is asked afterwards."""
    if not words:
        return evidence
    sieved = evidence
    for word in words:
        sieved = sieved.filter(search_text__contains=word)
    rows = sieved.order_by().values_list("pk", "search_text")
    return evidence.filter(pk__in=[pk for pk, text in rows if all(_stands_in(text, word) for word in words)])


def _stands_in(text: str, word: str) -> bool:
    return any(holds_word(line, word) for line in text.split("\n"))
