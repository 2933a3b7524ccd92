"""Scores side by side across units; what a meeting decides is minuted, sealed, and changes by a meeting only."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.utils import translation
from pypdf import PdfReader

from raprong.access.rules import Refused
from raprong.audit.models import Entry
from raprong.cli.sample.organisation import SampleAgency
from raprong.core.faults import Faults
from raprong.core.models import AppendOnly
from raprong.core.references import reference
from raprong.evaluations import actions as evaluations
from raprong.evaluations import conflicts, moderation
from raprong.evaluations.basis import basis_of_evaluation
from raprong.evaluations.models import Evaluation, GivenScore, ModerationDecision, ModerationMeeting
from raprong.evaluations.moderation import Meeting, leanings, median_of, side_by_side
from raprong.evaluations.passport import score_passport
from raprong.files.store import open_content
from raprong.notifications.models import Notice
from raprong.organisation.models import Person
from raprong.records.models import Record
from tests.factories.assessments import IN_OCTOBER

FACTS = Meeting(1, date(2027, 10, 4), "ห้องประชุม 2", "ผู้อำนวยการกลุ่มพัฒนาระบบบริหาร", "ผู้ประเมิน\nเจ้าภาพตัวชี้วัด")
BECAUSE = "ใช้แนวเดียวกับหน่วยงานอื่น"


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def chief(cast: SampleAgency) -> Person:
    return cast.people["chief-assessor"]


@pytest.fixture
def meeting(scored: Evaluation, cast: SampleAgency, chief: Person) -> ModerationMeeting:
    return moderation.open_meeting(cast.units["psdg"], scored.run.fiscal_year, FACTS, by=chief, at=IN_OCTOBER)


@pytest.fixture
def score(scored: Evaluation) -> GivenScore:
    return scored.scores.get(item__kpi__code="1.1")


def decide(
    meeting: ModerationMeeting, score: GivenScore, by: Person, given: str | None = "2.5", because: str = BECAUSE
) -> ModerationDecision:
    number = None if given is None else Decimal(given)
    return moderation.decide(meeting, score, given=number, because=because, seen=None, by=by, at=IN_OCTOBER)


def test_a_decision_changes_the_score_and_says_so(meeting: ModerationMeeting, score: GivenScore, chief: Person) -> None:
    made = decide(meeting, score, chief)

    score.refresh_from_db()
    assert (made.before, made.after, made.changed) == (Decimal("2.95"), Decimal("2.5"), True)
    assert (score.decided, score.calculated, score.because) == (Decimal("2.5"), Decimal("2.95"), BECAUSE)
    entry = Entry.objects.get(kind="evaluation.moderated")
    assert (entry.facts["meeting"], entry.facts["because"]) == ("1/2570", BECAUSE)


def test_the_passport_names_the_meeting_where_it_changed_a_score(
    meeting: ModerationMeeting, score: GivenScore, chief: Person
) -> None:
    decide(meeting, score, chief)

    passport = score_passport(basis_of_evaluation(score.evaluation), on=IN_OCTOBER.date())

    [decision] = [one for one in passport.decisions if one.about == score.item.kpi.code]
    assert (decision.by, decision.at) == ("การประชุมพิจารณาคะแนน ครั้งที่ 1/2570", IN_OCTOBER)


def test_assessors_are_told_of_a_meeting_and_whoever_scored_of_a_change(
    scored: Evaluation, cast: SampleAgency, chief: Person, django_capture_on_commit_callbacks: Any
) -> None:
    score = scored.scores.get(item__kpi__code="1.1")
    with django_capture_on_commit_callbacks(execute=True):
        held = moderation.open_meeting(cast.units["psdg"], scored.run.fiscal_year, FACTS, by=chief, at=IN_OCTOBER)
        decide(held, score, chief)
        decide(held, scored.scores.get(item__kpi__code="1.2"), chief, given=None)
        moderation.close_meeting(held, by=chief, at=IN_OCTOBER)

    told = {
        kind: set(Notice.objects.filter(kind=f"evaluation.{kind}").values_list("person__user__username", flat=True))
        for kind in ("moderation_opened", "moderated", "moderation_closed")
    }
    both = {"assessor", "host"}
    assert told == {"moderation_opened": both, "moderated": {"assessor"}, "moderation_closed": both}
    assert Notice.objects.filter(kind="evaluation.moderated").count() == 1


def test_what_was_decided_changes_by_a_meeting_only(
    meeting: ModerationMeeting, score: GivenScore, scored: Evaluation, chief: Person, cast: SampleAgency
) -> None:
    decide(meeting, score, chief, given=None)
    evaluations.send_back(scored, because="ดูใหม่", by=chief, at=IN_OCTOBER)

    with pytest.raises(Refused, match="1/2570"):
        evaluations.keep_calculated(score, seen=None, by=cast.people["host"], at=IN_OCTOBER)
    with pytest.raises(Refused, match="1/2570"):
        evaluations.set_score(
            score, given=Decimal(4), because="เหตุ", seen=None, by=cast.people["assessor"], at=IN_OCTOBER
        )

    assert decide(meeting, score, chief, given="3").after == Decimal(3)


def test_who_entered_a_change_does_not_confirm(
    meeting: ModerationMeeting, score: GivenScore, scored: Evaluation, chief: Person, cast: SampleAgency
) -> None:
    decide(meeting, score, chief)

    with pytest.raises(Refused, match="second person"):
        evaluations.confirm(scored, by=chief, at=IN_OCTOBER)

    assert evaluations.confirm(scored, by=cast.people["host"], at=IN_OCTOBER).total is not None


def test_who_left_a_score_as_it_was_may_confirm(
    meeting: ModerationMeeting, score: GivenScore, scored: Evaluation, chief: Person
) -> None:
    decide(meeting, score, chief, given=None)

    assert evaluations.confirm(scored, by=chief, at=IN_OCTOBER).confirmed_by == chief


@pytest.mark.parametrize("name", ["planner", "director", "staff", "executive", "auditor"])
def test_only_those_who_confirm_hold_meetings(scored: Evaluation, cast: SampleAgency, name: str) -> None:
    with pytest.raises(Refused):
        moderation.open_meeting(cast.units["psdg"], scored.run.fiscal_year, FACTS, by=cast.people[name], at=IN_OCTOBER)


def test_an_outsider_decides_nothing(meeting: ModerationMeeting, score: GivenScore, other_cast: SampleAgency) -> None:
    stranger = other_cast.people["chief-assessor.pa"]

    with pytest.raises(Refused):
        decide(meeting, score, stranger)
    assert not ModerationMeeting.objects.visible_to(stranger, on=IN_OCTOBER.date()).exists()


def test_who_declared_a_conflict_enters_no_decision_about_it(
    meeting: ModerationMeeting, score: GivenScore, chief: Person
) -> None:
    conflicts.declare(score.evaluation.run, score.item.kpi, because="เป็นญาติ", by=chief, at=IN_OCTOBER)

    with pytest.raises(Refused, match="this KPI"):
        decide(meeting, score, chief)


def test_everything_wrong_with_a_decision_is_said_at_once(
    meeting: ModerationMeeting, score: GivenScore, chief: Person
) -> None:
    with pytest.raises(Faults) as refused:
        decide(meeting, score, chief, given="7", because="  ")

    assert {fault.field for fault in refused.value.faults} == {"given", "because"}
    assert not ModerationDecision.objects.exists()


def test_confirmed_scores_are_not_moderated(confirmed: Evaluation, cast: SampleAgency, chief: Person) -> None:
    meeting = moderation.open_meeting(cast.units["psdg"], confirmed.run.fiscal_year, FACTS, by=chief, at=IN_OCTOBER)

    with pytest.raises(Refused, match="confirmed"):
        decide(meeting, confirmed.scores.get(item__kpi__code="1.1"), chief)


def test_minutes_are_sealed_and_nothing_is_decided_after(
    meeting: ModerationMeeting, score: GivenScore, chief: Person
) -> None:
    with pytest.raises(Faults):
        moderation.close_meeting(meeting, by=chief, at=IN_OCTOBER)
    decide(meeting, score, chief, because=f"{BECAUSE}\x0bจากโปรแกรมอื่น")
    kept = moderation.close_meeting(meeting, by=chief, at=IN_OCTOBER)

    assert (kept.kind, kept.about) == ("moderation_minutes", reference(meeting))
    assert Record.objects.get(pk=kept.pk).unit == meeting.unit
    with open_content(kept.file.sha256) as file:
        text = PdfReader(BytesIO(file.read())).pages[0].extract_text()
    assert "๒.๕๐๐๐" in text
    with pytest.raises(Refused, match="closed"):
        decide(meeting, score, chief, given="3")
    with pytest.raises(AppendOnly):
        ModerationDecision.objects.update(because="อื่น")


def test_a_number_is_given_once_in_a_year(meeting: ModerationMeeting, cast: SampleAgency, chief: Person) -> None:
    with pytest.raises(Faults) as refused:
        moderation.open_meeting(
            cast.units["psdg"], meeting.fiscal_year, Meeting(1, FACTS.held_on, "", ""), by=chief, at=IN_OCTOBER
        )

    assert {fault.field for fault in refused.value.faults} == {"number", "place", "chair"}


def test_the_farthest_from_the_middle_comes_first(scored: Evaluation) -> None:
    scores = list(scored.scores.order_by("item__kpi__code"))
    for score, given in zip(scores, ("3", "1", "3.5"), strict=True):
        score.given = Decimal(given)

    found = side_by_side(scores)

    assert [one.from_middle for one in found] == [Decimal(-2), Decimal("0.5"), Decimal(0)]
    (leaning,) = leanings(scores)
    assert leaning.count == 3


def test_a_score_of_nought_counts_where_assessors_lean(scored: Evaluation) -> None:
    first, second, _without = scored.scores.order_by("item__kpi__code")  # worth 2.95 and 4
    first.given = Decimal(0)

    (leaning,) = leanings([first, second])

    assert (leaning.from_calculated, leaning.from_own) == (Decimal("-1.48"), Decimal("-1.48"))


@pytest.mark.parametrize(("numbers", "middle"), [([], None), ([3], 3), ([1, 2], Decimal("1.5")), ([9, 1, 2], 2)])
def test_the_median(numbers: list[int], middle: Decimal | None) -> None:
    assert median_of([Decimal(number) for number in numbers]) == middle
