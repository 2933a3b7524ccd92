"""KPI, level claimed and proof together, and the holes between them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from raprong.evidence.definitions import evidence_types
from raprong.evidence.enums import HoleKind
from raprong.evidence.models import WHOLE_KPI, Credit
from raprong.evidence.places import Place, places_of
from raprong.evidence.queries import credits_in_round
from raprong.kpis.models import KpiYear
from raprong.kpis.queries import rungs_of, selected_kpis
from raprong.lib.scoring.card import ScoredKpi
from raprong.organisation.models import Unit
from raprong.processes.models import Run
from raprong.results.queries import score_card


@dataclass(frozen=True)
class PlaceProof:
    """A step or level, whether the result claims it, and what is given for it."""

    place: Place
    claimed: bool
    credits: tuple[Credit, ...] = ()

    @property
    def is_hole(self) -> bool:
        """Claimed, and evidence is asked for at it, and none is given."""
        return self.claimed and bool(self.place.asked) and not self.credits

    @property
    def is_thin(self) -> bool:
        """Less is given than is asked for; one paper may hold what was asked for in two."""
        return self.claimed and 0 < len(self.credits) < len(self.place.asked)

    @property
    def is_weak(self) -> bool:
        """Claimed, and only what does not bear a claim by itself is given, such as photographs nobody asked for."""
        return self.claimed and bool(self.credits) and not self.place.asked and not is_enough(self.credits)


@dataclass(frozen=True)
class Hole:
    """What is missing: the proof of a step that asks for it, or any proof of what a KPI claims."""

    kind: HoleKind
    kpi: KpiYear
    place: Place | None = None


@dataclass(frozen=True)
class KpiProof:
    """One KPI in a round: what it claims, and what proves it."""

    kpi: KpiYear
    scored: ScoredKpi | None
    is_sum: bool
    places: tuple[PlaceProof, ...]
    whole: tuple[Credit, ...]  # what proves the KPI and no step or level of it

    @property
    def claims(self) -> bool:
        """Whether there is a result to prove. A KPI that is reckoned from parts is proven by these."""
        return not self.is_sum and self.scored is not None and self.scored.result is not None

    @property
    def credits(self) -> tuple[Credit, ...]:
        return (*self.whole, *(credit for place in self.places for credit in place.credits))

    @property
    def is_weak(self) -> bool:
        """Whether the claim rests on evidence alone that does not bear one by itself, and that no step asked for."""
        asked = any(one.place.asked and one.credits for one in self.places)
        return self.claims and bool(self.credits) and not asked and not is_enough(self.credits)

    @property
    def holes(self) -> tuple[Hole, ...]:
        if not self.claims:
            return ()
        if not self.credits:
            return (Hole(HoleKind.NOTHING, self.kpi),)
        return tuple(Hole(HoleKind.STEP, self.kpi, one.place) for one in self.places if one.is_hole)


@dataclass(frozen=True)
class GroupHoles:
    """How many of a group's KPIs claim something, and how many holes there are among them."""

    group: Unit
    claims: int
    proven: int
    holes: int


def is_enough(credits: Iterable[Credit]) -> bool:
    """Whether the types of some evidence, as the agency grades them, bear a claim."""
    return evidence_types().is_enough([credit.evidence.kind for credit in credits])


def proof_of_round(run: Run, months: int, *, kpis: Iterable[KpiYear] | None = None) -> list[KpiProof]:
    """Every selected KPI, or those given, with what it claims from the figures up to the round's end and its proof."""
    scored = {one.code: one for one in score_card(run, upto=run.year.round_ends_on(months)).kpis}
    shown = list(kpis if kpis is not None else selected_kpis(run).with_sums().select_related("group__parent", "parent"))
    given: dict[int, list[Credit]] = defaultdict(list)
    for credit in credits_in_round(run, months).filter(kpi__in=[kpi.pk for kpi in shown]):
        given[credit.kpi_id].append(credit)
    return [proof_of(kpi, scored.get(kpi.code), given[kpi.pk]) for kpi in shown]


def proof_of(kpi: KpiYear, scored: ScoredKpi | None, credits: Sequence[Credit]) -> KpiProof:
    """One KPI with its score in a round and what was credited to it."""
    places, is_sum = places_of(kpi), kpi.is_sum
    reached = 0 if is_sum else reached_place(kpi, scored, places)
    known = {place.number for place in places}
    at_places = tuple(
        PlaceProof(place, place.number <= reached, tuple(one for one in credits if one.step == place.number))
        for place in places
    )
    whole = tuple(one for one in credits if one.step == WHOLE_KPI or one.step not in known)
    return KpiProof(kpi, scored, is_sum, at_places, whole)


def reached_place(kpi: KpiYear, scored: ScoredKpi | None, places: Sequence[Place]) -> int:
    """The last step or level that a result claims, 0 for none.

    Steps are claimed up to the result itself; levels up to the highest whose score the result has.
    """
    if scored is None or scored.result is None or not places:
        return 0
    if not places[0].is_level:
        return min(int(scored.result), len(places))
    score = scored.calculated
    return 0 if score is None else sum(rung.score <= score for rung in rungs_of(kpi, months=scored.months))


def holes_by_group(proofs: Iterable[KpiProof]) -> list[GroupHoles]:
    """For each group with KPIs, how much is claimed and what is missing, in the order of the groups."""
    groups: dict[int, Unit] = {}
    claims, proven, holes = Counter[int](), Counter[int](), Counter[int]()
    for proof in proofs:
        pk = proof.kpi.group_id
        groups[pk] = proof.kpi.group
        claims[pk] += proof.claims
        proven[pk] += proof.claims and not proof.holes
        holes[pk] += len(proof.holes)
    ordered = sorted(groups.values(), key=lambda group: (group.order, group.name))
    return [GroupHoles(group, claims[group.pk], proven[group.pk], holes[group.pk]) for group in ordered]


def open_round(run: Run) -> int:
    """The round that evidence is gathered for: the first whose report is not submitted, or the last of all."""
    closed = set(run.evidence_folders.filter(closed_at__isnull=False).values_list("months", flat=True))
    rounds = sorted(run.definition.reporting.rounds)
    return next((months for months in rounds if months not in closed), rounds[-1])
