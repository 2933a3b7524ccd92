from raprong.cli.sample.organisation import SampleAgency
from raprong.evidence import actions as evidence
from raprong.evidence.enums import Lack
from raprong.evidence.facts import Facts
from raprong.evidence.models import Evidence
from raprong.evidence.search import Asked, evidence_of_run, to_choose_from
from raprong.kpis.models import KpiYear
from raprong.organisation.models import Person
from raprong.processes.models import Run
from tests.factories.evidence import IN_FEBRUARY, hand_in


def titles(found: object) -> list[str]:
    return [piece.title for piece in found]  # type: ignore[attr-defined]


def test_words_are_found_in_title_note_and_file_but_not_inside_other_words(
    run: Run, kpis: dict[str, KpiYear], cast: SampleAgency
) -> None:
    planner = cast.people["planner"]
    hand_in(kpis["1.1"], b"1", title="ข่าวประชาสัมพันธ์", by=planner)
    noted = hand_in(kpis["1.2"], b"2", title="รายงาน", by=planner).evidence
    evidence.change(noted, Facts("รายงาน", note="เรื่องข้าว"), seen=None, by=planner, at=IN_FEBRUARY)

    found = {word: titles(evidence_of_run(run, Asked(word))) for word in ("ข่าว", "ข้าว", "ขาว", "")}

    assert found == {"ข่าว": ["ข่าวประชาสัมพันธ์"], "ข้าว": ["รายงาน"], "ขาว": [], "": ["รายงาน", "ข่าวประชาสัมพันธ์"]}


def test_evidence_is_found_by_group_kpi_type_and_what_it_lacks(
    run: Run, kpis: dict[str, KpiYear], cast: SampleAgency
) -> None:
    planner = cast.people["planner"]
    plan = hand_in(kpis["1.1"], b"1", title="แผน", by=planner).evidence
    idle = hand_in(kpis["1.2"], b"2", title="ถอนแล้ว", by=planner)
    evidence.change(plan, Facts("แผน", "plan"), seen=None, by=planner, at=IN_FEBRUARY)
    evidence.withdraw(idle, by=planner, at=IN_FEBRUARY)

    asked = [
        Asked(kpi=kpis["1.1"]),
        Asked(group=kpis["1.1"].group),
        Asked(kpi=kpis["1.2"]),
        Asked(kind="plan"),
        Asked(lack=Lack.KIND),
        Asked(lack=Lack.PERIOD),
        Asked(lack=Lack.CREDIT),
    ]

    assert [titles(evidence_of_run(run, one, sort="title")) for one in asked] == [
        ["แผน"],
        ["แผน"],
        [],
        ["แผน"],
        ["ถอนแล้ว"],
        ["ถอนแล้ว", "แผน"],
        ["ถอนแล้ว"],
    ]


def test_what_proves_a_kpi_already_is_not_offered_for_it(kpis: dict[str, KpiYear], cast: SampleAgency) -> None:
    planner = cast.people["planner"]
    hand_in(kpis["1.1"], b"1", title="ของตัวชี้วัดแรก", by=planner)
    hand_in(kpis["1.2"], b"2", title="ของตัวชี้วัดที่สอง", by=planner)

    offered = to_choose_from(kpis["1.1"], 6, "", person=planner, on=IN_FEBRUARY.date())

    assert titles(offered) == ["ของตัวชี้วัดที่สอง"]


def test_last_years_evidence_is_offered_and_nobody_elses(
    run: Run, kpis: dict[str, KpiYear], cast: SampleAgency, outsider: Person
) -> None:
    planner = cast.people["planner"]
    old = hand_in(kpis["1.2"], b"2", title="ของปีก่อน", by=planner).evidence
    before = Run.objects.create(
        unit=run.unit, fiscal_year=run.fiscal_year - 1, sop=run.sop, started_at=run.started_at, started_by=planner
    )
    Evidence.objects.filter(pk=old.pk).update(run=before)

    offered = to_choose_from(kpis["1.1"], 6, "ปีก่อน", person=planner, on=IN_FEBRUARY.date())

    assert titles(offered) == ["ของปีก่อน"]
    assert not to_choose_from(kpis["1.1"], 6, "", person=outsider, on=IN_FEBRUARY.date())
