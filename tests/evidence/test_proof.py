"""What is claimed, what proves it, and the holes between them."""

from datetime import date

from raprong.cli.sample.organisation import SampleAgency
from raprong.evidence import actions as evidence
from raprong.evidence.enums import HoleKind
from raprong.evidence.places import places_of
from raprong.evidence.proof import KpiProof, holes_by_group, open_round, proof_of_round
from raprong.kpis.models import KpiYear
from raprong.processes.models import Run
from tests.factories.assessments import report
from tests.factories.evidence import IN_FEBRUARY, hand_in

MARCH = date(2027, 3, 1)


def proofs(run: Run) -> dict[str, KpiProof]:
    return {proof.kpi.code: proof for proof in proof_of_round(run, 6)}


def holes_of(proof: KpiProof) -> list[tuple[HoleKind, int]]:
    return [(hole.kind, hole.place.number if hole.place else 0) for hole in proof.holes]


def test_a_kpi_has_its_steps_or_else_its_levels(kpis: dict[str, KpiYear]) -> None:
    steps, levels = places_of(kpis["1.2"]), places_of(kpis["1.1"])

    assert [(place.title, len(place.asked)) for place in steps] == [("จัดทำแผน", 1), ("ดำเนินการ", 2), ("สรุปผล", 0)]
    assert [place.is_level for place in levels] == [True] * 5


def test_a_result_without_any_proof_is_one_hole(run: Run, kpis: dict[str, KpiYear], cast: SampleAgency) -> None:
    report(kpis["1.2"], MARCH, "3", by=cast.people["staff"])

    found = proofs(run)

    assert holes_of(found["1.2"]) == [(HoleKind.NOTHING, 0)]
    assert found["1.1"].holes == ()


def test_a_claimed_step_that_asks_for_evidence_is_a_hole_until_it_is_given(
    run: Run, kpis: dict[str, KpiYear], cast: SampleAgency
) -> None:
    staff = cast.people["staff"]
    report(kpis["1.2"], MARCH, "3", by=staff)
    hand_in(kpis["1.2"], b"1", step=1, by=staff)
    before = proofs(run)["1.2"]

    hand_in(kpis["1.2"], b"2", step=2, by=staff)
    after = proofs(run)["1.2"]

    assert holes_of(before) == [(HoleKind.STEP, 2)]
    assert holes_of(after) == []
    assert [place.is_thin for place in after.places] == [False, True, False]


def test_steps_that_are_not_claimed_ask_for_nothing(run: Run, kpis: dict[str, KpiYear], cast: SampleAgency) -> None:
    staff = cast.people["staff"]
    report(kpis["1.2"], MARCH, "1", by=staff)

    hand_in(kpis["1.2"], step=1, by=staff)

    proof = proofs(run)["1.2"]
    assert [place.claimed for place in proof.places] == [True, False, False]
    assert proof.holes == ()


def test_the_level_claimed_is_the_highest_that_the_score_reaches(
    run: Run, kpis: dict[str, KpiYear], cast: SampleAgency
) -> None:
    report(kpis["1.1"], MARCH, "59", by=cast.people["planner"])

    proof = proofs(run)["1.1"]

    assert [place.claimed for place in proof.places] == [True, True, False, False, False]


def test_withdrawn_evidence_leaves_its_hole(run: Run, kpis: dict[str, KpiYear], cast: SampleAgency) -> None:
    staff = cast.people["staff"]
    report(kpis["1.2"], MARCH, "1", by=staff)
    given = hand_in(kpis["1.2"], step=1, by=staff)

    evidence.withdraw(given, by=staff, at=IN_FEBRUARY)

    assert holes_of(proofs(run)["1.2"]) == [(HoleKind.NOTHING, 0)]


def test_holes_are_counted_for_each_group(run: Run, kpis: dict[str, KpiYear], cast: SampleAgency) -> None:
    report(kpis["1.2"], MARCH, "3", by=cast.people["staff"])
    report(kpis["2.1"], MARCH, "12", by=cast.people["staff2"])
    hand_in(kpis["2.1"], by=cast.people["staff2"])

    counted = {one.group: (one.claims, one.proven, one.holes) for one in holes_by_group(proof_of_round(run, 6))}

    assert counted[kpis["1.1"].group] == (0, 0, 0)
    assert counted[kpis["1.2"].group] == (1, 0, 1)
    assert counted[kpis["2.1"].group] == (1, 1, 0)


def test_a_kpi_with_parts_is_proven_by_them(run: Run, kpis: dict[str, KpiYear], cast: SampleAgency) -> None:
    KpiYear.objects.filter(pk=kpis["1.2"].pk).update(parent=kpis["1.1"])
    report(kpis["1.2"], MARCH, "3", by=cast.people["staff"])

    found = proofs(run)

    assert not found["1.1"].claims
    assert found["1.2"].claims


def test_evidence_is_gathered_for_the_first_round_that_is_open(
    run: Run, kpis: dict[str, KpiYear], cast: SampleAgency
) -> None:
    rounds = [open_round(run)]

    for months in (6, 12):
        evidence.close_folder(run, months, by=cast.people["planner"], at=IN_FEBRUARY)
        rounds.append(open_round(run))

    assert rounds == [6, 12, 12]


def test_a_claim_that_rests_on_supporting_evidence_alone_is_weak_and_no_hole(
    run: Run, kpis: dict[str, KpiYear], cast: SampleAgency
) -> None:
    planner = cast.people["planner"]
    report(kpis["1.1"], MARCH, "59", by=planner)
    hand_in(kpis["1.1"], b"1", step=1, kind="photograph", by=planner)
    before = proofs(run)["1.1"]

    hand_in(kpis["1.1"], b"2", kind="order", by=planner)
    after = proofs(run)["1.1"]

    assert (before.is_weak, before.holes, before.places[0].is_weak) == (True, (), True)
    assert (after.is_weak, after.places[0].is_weak) == (False, True)


def test_what_a_step_asks_for_by_name_is_not_weak(run: Run, kpis: dict[str, KpiYear], cast: SampleAgency) -> None:
    staff = cast.people["staff"]
    report(kpis["1.2"], MARCH, "2", by=staff)
    hand_in(kpis["1.2"], step=2, kind="photograph", by=staff)

    found = proofs(run)["1.2"]

    assert not found.is_weak
    assert not any(place.is_weak for place in found.places)
