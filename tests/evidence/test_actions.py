from datetime import date
from io import BytesIO

import pytest

from raprong.access.rules import Refused
from raprong.audit.models import Entry
from raprong.audit.queries import entries_about
from raprong.cli.sample.organisation import SampleAgency
from raprong.core.faults import Faults
from raprong.core.freshness import Stale
from raprong.evidence import actions as evidence
from raprong.evidence.facts import Facts, Proves
from raprong.evidence.models import EVERY_ROUND, Credit, Evidence
from raprong.evidence.numbers import written_number
from raprong.evidence.policies import AlreadyHere
from raprong.evidence.queries import credits_in_round, folder_version
from raprong.files.models import StoredFile
from raprong.kpis.models import KpiYear
from raprong.processes.models import Run
from tests.factories.assessments import PDF
from tests.factories.evidence import IN_FEBRUARY, IN_JANUARY, hand_in


def test_numbers_run_on_within_a_step_over_the_whole_year(kpis: dict[str, KpiYear], cast: SampleAgency) -> None:
    planner, kpi = cast.people["planner"], kpis["1.2"]

    given = [
        hand_in(kpi, b"1", step=3, by=planner),
        hand_in(kpi, b"2", step=3, months=12, by=planner),
        hand_in(kpi, b"3", step=1, by=planner),
        hand_in(kpi, b"4", by=planner),
    ]

    assert [written_number(credit) for credit in given] == ["1.2-3-1", "1.2-3-2", "1.2-1-1", "1.2-1"]


def test_a_withdrawn_number_is_not_given_out_again(kpis: dict[str, KpiYear], cast: SampleAgency) -> None:
    planner = cast.people["planner"]
    evidence.withdraw(hand_in(kpis["1.2"], step=1, by=planner), by=planner, at=IN_JANUARY)

    after = hand_in(kpis["1.2"], b"2", step=1, by=planner)

    assert written_number(after) == "1.2-1-2"


def test_a_file_that_is_here_is_pointed_out_with_its_number(kpis: dict[str, KpiYear], cast: SampleAgency) -> None:
    planner = cast.people["planner"]
    first = hand_in(kpis["1.1"], by=planner)

    with pytest.raises(AlreadyHere, match=r"1\.1-1") as caught:
        hand_in(kpis["1.2"], by=planner)

    assert caught.value.evidence == first.evidence
    assert (Evidence.objects.count(), StoredFile.objects.count()) == (1, 1)


def test_evidence_is_credited_to_several_kpis_in_one_move(kpis: dict[str, KpiYear], cast: SampleAgency) -> None:
    planner = cast.people["planner"]
    first = hand_in(kpis["1.1"], by=planner)

    targets = [Proves(kpis["2.1"], 6), Proves(kpis["1.2"], 6, 2)]
    given = evidence.credit(first.evidence, targets, by=planner, at=IN_FEBRUARY)

    assert {written_number(credit) for credit in given} == {"1.2-2-1", "2.1-1"}
    assert first.evidence.credits.standing().count() == 3
    assert StoredFile.objects.count() == 1


def test_crediting_is_for_all_kpis_or_for_none(kpis: dict[str, KpiYear], cast: SampleAgency) -> None:
    planner = cast.people["planner"]
    first = hand_in(kpis["1.1"], by=planner)

    with pytest.raises(AlreadyHere, match=r"1\.1-1"):
        evidence.credit(first.evidence, [Proves(kpis["2.1"], 6), Proves(kpis["1.1"], 6)], by=planner, at=IN_FEBRUARY)

    assert Credit.objects.get() == first


def test_evidence_of_every_round_is_not_credited_to_one_of_them_too(
    kpis: dict[str, KpiYear], cast: SampleAgency
) -> None:
    planner = cast.people["planner"]
    first = hand_in(kpis["1.1"], months=EVERY_ROUND, by=planner)

    with pytest.raises(AlreadyHere):
        evidence.credit(first.evidence, [Proves(kpis["1.1"], 6)], by=planner, at=IN_FEBRUARY)


def test_withdrawing_one_credit_leaves_the_others(run: Run, kpis: dict[str, KpiYear], cast: SampleAgency) -> None:
    planner = cast.people["planner"]
    first = hand_in(kpis["1.1"], by=planner)
    [second] = evidence.credit(first.evidence, [Proves(kpis["2.1"], 6)], by=planner, at=IN_FEBRUARY)

    evidence.withdraw(first, by=planner, at=IN_FEBRUARY)

    assert list(credits_in_round(run, 6)) == [second]


def test_a_file_whose_credits_were_withdrawn_is_taken_up_again(kpis: dict[str, KpiYear], cast: SampleAgency) -> None:
    planner = cast.people["planner"]
    first = hand_in(kpis["1.1"], by=planner)
    evidence.withdraw(first, by=planner, at=IN_JANUARY)

    again = hand_in(kpis["2.1"], by=planner)

    assert again.evidence == first.evidence
    assert Evidence.objects.count() == 1


@pytest.mark.parametrize(("months", "step"), [(9, 0), (6, 4), (6, 99)])
def test_a_round_or_step_that_is_not_there_is_refused(
    kpis: dict[str, KpiYear], cast: SampleAgency, months: int, step: int
) -> None:
    with pytest.raises(Refused, match="no such"):
        hand_in(kpis["1.2"], months=months, step=step, by=cast.people["planner"])

    assert not StoredFile.objects.exists()


def test_moving_withdraws_the_number_and_gives_the_next_of_the_step(
    kpis: dict[str, KpiYear], cast: SampleAgency
) -> None:
    planner = cast.people["planner"]
    first = hand_in(kpis["1.2"], step=1, by=planner)

    moved = evidence.move(first, months=6, step=2, by=planner, at=IN_FEBRUARY)

    first.refresh_from_db()
    assert (written_number(moved), first.withdrawn_at) == ("1.2-2-1", IN_FEBRUARY)
    told = Entry.objects.get(kind="evidence.moved").facts
    assert (told["before"]["number"], told["after"]["number"]) == ("1.2-1-1", "1.2-2-1")


def test_changing_tells_before_and_after_in_the_trail(kpis: dict[str, KpiYear], cast: SampleAgency) -> None:
    planner = cast.people["planner"]
    piece = hand_in(kpis["1.1"], by=planner).evidence
    facts = Facts("แผนฉบับอนุมัติ", "plan", date(2026, 10, 1), date(2027, 3, 31), "งานแผน", "ลงนามแล้ว")

    changed = evidence.change(piece, facts, seen=piece.version, by=planner, at=IN_FEBRUARY)

    assert Facts.of(changed) == facts
    told = entries_about(piece).get(kind="evidence.changed").facts["changed"]
    assert told["title"] == ["แผนปฏิบัติการ", "แผนฉบับอนุมัติ"]
    assert told["starts_on"] == [None, "2026-10-01"]


def test_saving_what_did_not_change_writes_nothing_down(kpis: dict[str, KpiYear], cast: SampleAgency) -> None:
    planner = cast.people["planner"]
    piece = hand_in(kpis["1.1"], by=planner).evidence

    evidence.change(piece, Facts.of(piece), seen=piece.version, by=planner, at=IN_FEBRUARY)

    assert not Entry.objects.filter(kind="evidence.changed").exists()


def test_the_later_of_two_who_change_is_told(kpis: dict[str, KpiYear], cast: SampleAgency) -> None:
    planner = cast.people["planner"]
    piece = hand_in(kpis["1.1"], by=planner).evidence
    seen = piece.version
    evidence.change(piece, Facts("คนแรก"), seen=seen, by=planner, at=IN_FEBRUARY)

    with pytest.raises(Stale):
        evidence.change(piece, Facts("คนหลัง"), seen=seen, by=planner, at=IN_FEBRUARY)


def test_everything_wrong_with_the_facts_is_told_at_once(kpis: dict[str, KpiYear], cast: SampleAgency) -> None:
    planner = cast.people["planner"]
    piece = hand_in(kpis["1.1"], by=planner).evidence
    wrong = Facts(" ", "papyrus", date(2027, 3, 31), date(2026, 10, 1), "ก" * 201, "")

    with pytest.raises(Faults) as caught:
        evidence.change(piece, wrong, seen=None, by=planner, at=IN_FEBRUARY)

    assert {fault.field for fault in caught.value.faults} == {"title", "kind", "ends_on", "collector"}


def test_a_closed_folder_neither_takes_nor_gives(run: Run, kpis: dict[str, KpiYear], cast: SampleAgency) -> None:
    planner = cast.people["planner"]
    given = hand_in(kpis["1.1"], by=planner)
    evidence.close_folder(run, 6, by=planner, at=IN_FEBRUARY)

    with pytest.raises(Refused, match="takes no more evidence"):
        hand_in(kpis["1.1"], b"2", by=planner, at=IN_FEBRUARY)
    with pytest.raises(Refused, match="It stays in it"):
        evidence.withdraw(given, by=planner, at=IN_FEBRUARY)
    with pytest.raises(Refused, match="no longer changes"):
        evidence.change(given.evidence, Facts("อื่น"), seen=None, by=planner, at=IN_FEBRUARY)
    with pytest.raises(Refused):
        evidence.move(given, months=12, step=0, by=planner, at=IN_FEBRUARY)

    assert hand_in(kpis["1.1"], b"2", months=12, by=planner, at=IN_FEBRUARY).months == 12


def test_evidence_of_every_round_counts_in_those_that_were_open_when_it_came(
    run: Run, kpis: dict[str, KpiYear], cast: SampleAgency
) -> None:
    planner = cast.people["planner"]
    before = hand_in(kpis["1.1"], b"1", months=EVERY_ROUND, by=planner)
    evidence.close_folder(run, 6, by=planner, at=IN_FEBRUARY)
    after = hand_in(kpis["1.1"], b"2", months=EVERY_ROUND, by=planner, at=IN_FEBRUARY)

    with pytest.raises(Refused, match="It stays in it"):
        evidence.withdraw(before, by=planner, at=IN_FEBRUARY)

    assert list(credits_in_round(run, 6)) == [before]
    assert list(credits_in_round(run, 12)) == [before, after]
    evidence.withdraw(after, by=planner, at=IN_FEBRUARY)


def test_every_change_of_a_folder_counts(run: Run, kpis: dict[str, KpiYear], cast: SampleAgency) -> None:
    planner = cast.people["planner"]
    counted = [folder_version(run, 6)]

    given = hand_in(kpis["1.1"], by=planner)
    counted.append(folder_version(run, 6))
    evidence.change(given.evidence, Facts("ชื่อใหม่"), seen=None, by=planner, at=IN_FEBRUARY)
    counted.append(folder_version(run, 6))
    hand_in(kpis["1.1"], b"2", months=EVERY_ROUND, by=planner)
    counted.append(folder_version(run, 6))
    evidence.withdraw(given, by=planner, at=IN_FEBRUARY)
    counted.append(folder_version(run, 6))

    assert counted == sorted(set(counted))
    assert folder_version(run, 12) == 1


def test_a_file_without_a_title_is_called_by_its_name(kpis: dict[str, KpiYear], cast: SampleAgency) -> None:
    given = evidence.hand_in(
        BytesIO(PDF), "โครงการ ๑.pdf", proves=Proves(kpis["1.1"], 6), by=cast.people["planner"], at=IN_JANUARY
    )

    assert given.title == "โครงการ ๑"
