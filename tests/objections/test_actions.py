"""The unit opens its preliminary result, accepts it or objects, within days that proven reading starts."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from io import BytesIO

import pytest

from raprong.access.rules import Refused
from raprong.audit.models import Entry
from raprong.cli.sample.organisation import SampleAgency
from raprong.core.faults import Faults
from raprong.core.freshness import Stale
from raprong.core.regular import all_jobs
from raprong.evaluations import actions as evaluations
from raprong.evaluations.basis import basis_of_evaluation, document_bytes
from raprong.evaluations.models import Evaluation
from raprong.evaluations.queries import Source, standing_score
from raprong.lib.thai.dates import BANGKOK
from raprong.notifications.models import Notice
from raprong.objections import actions as objections
from raprong.objections.clock import working_days_after
from raprong.objections.enums import Settled, State
from raprong.objections.models import Objection, Preliminary
from raprong.processes import cards
from raprong.records.models import Record
from tests.factories.assessments import IN_OCTOBER, PDF

TODAY = date(2027, 10, 5)
A_DAY = timedelta(days=1)
A_SECOND = timedelta(seconds=1)
PLANNERS = ("planner", "planning-head")
Capture = Callable[..., AbstractContextManager[object]]


def after(preliminary: Preliminary) -> datetime:
    """The morning after the last day of the window."""
    return IN_OCTOBER + (preliminary.closes_on - TODAY) + A_DAY


def object_to(preliminary: Preliminary, cast: SampleAgency, *, by: str = "director", **changed: object) -> Objection:
    said = {"score": None, "ground": "procedure", "text": "ไม่ได้แจ้งกำหนดการ", "seen": None, "at": IN_OCTOBER}
    return objections.object_to(preliminary, **{**said, **changed}, by=cast.people[by])  # type: ignore[arg-type]


def test_confirmed_scores_are_shown_before_they_are_sealed(preliminary: Preliminary, cast: SampleAgency) -> None:
    evaluation = preliminary.evaluation

    answer = cards.ask("evaluations.confirmed", evaluation.run)

    assert not evaluation.is_final
    assert not Record.objects.filter(kind="score_table").exists()
    assert not answer.done
    assert standing_score(evaluation.run).source is Source.SELF
    with pytest.raises(Refused, match="preliminary"):
        evaluations.draft_result_letter(evaluation, by=cast.people["assessor"], at=IN_OCTOBER)


def test_the_days_are_working_days_after_the_opening(opened: Preliminary) -> None:
    # Ten open days after 5 October 2027; the 13th, 22nd... are holidays only where the calendar says so.
    assert opened.closes_on == working_days_after(TODAY, 10)
    assert opened.closes_on > TODAY + timedelta(days=13)


def test_unopened_the_days_begin_later_by_themselves(preliminary: Preliminary) -> None:
    assert preliminary.counts_from_on == working_days_after(TODAY, 5)
    assert preliminary.closes_on == working_days_after(preliminary.counts_from_on, 10)


def test_opening_late_does_not_start_the_days_anew(preliminary: Preliminary, cast: SampleAgency) -> None:
    late = IN_OCTOBER + (preliminary.counts_from_on - TODAY) + 2 * A_DAY

    opened = objections.open_result(preliminary, by=cast.people["planner"], at=late)

    assert opened.closes_on == preliminary.closes_on


def test_the_unit_is_told_once_when_the_days_begin_by_themselves(
    preliminary: Preliminary, cast: SampleAgency, django_capture_on_commit_callbacks: Capture
) -> None:
    eve = IN_OCTOBER + (preliminary.counts_from_on - TODAY) - A_DAY

    with django_capture_on_commit_callbacks(execute=True):
        told = [objections.tell_of_days_that_began(eve + days * A_DAY) for days in range(3)]

    assert told == [0, 1, 0]
    notices = Notice.objects.filter(kind="objection.days_began")
    assert {notice.person for notice in notices} == {cast.people[name] for name in ("director", *PLANNERS)}
    assert notices.count() == 3
    assert Entry.objects.get(kind="objection.days_began").by == "system"


def test_nobody_is_told_of_days_that_an_opening_began(opened: Preliminary) -> None:
    began = IN_OCTOBER + (opened.counts_from_on - TODAY)

    assert objections.tell_of_days_that_began(began) == 0


def test_nobody_is_told_of_days_that_have_passed(preliminary: Preliminary) -> None:
    assert objections.tell_of_days_that_began(after(preliminary)) == 0


@pytest.mark.parametrize("code", ["objections.days", "objections.windows"])
def test_the_days_are_looked_at_every_night(code: str) -> None:
    [job] = [one for one in all_jobs() if one.code == code]

    assert job.next_after(IN_OCTOBER).astimezone(BANGKOK).isoformat() == "2027-10-06T00:05:00+07:00"


def test_what_was_seen_is_kept_with_its_hash(opened: Preliminary) -> None:
    assert opened.seen is not None
    assert opened.seen.sha256 == sha256(document_bytes(basis_of_evaluation(opened.evaluation))).hexdigest()
    entry = Entry.objects.get(kind="objection.result_opened")
    assert entry.facts["sha256"] == opened.seen.sha256


@pytest.mark.parametrize("name", ["staff", "head1", "assessor", "executive", "auditor", "admin"])
def test_only_who_answers_for_the_unit_opens_it(preliminary: Preliminary, cast: SampleAgency, name: str) -> None:
    with pytest.raises(Refused):
        objections.open_result(preliminary, by=cast.people[name], at=IN_OCTOBER)


def test_nothing_is_answered_before_it_is_read(preliminary: Preliminary, cast: SampleAgency) -> None:
    with pytest.raises(Refused, match="Open the result first"):
        objections.accept(preliminary, seen=None, by=cast.people["director"], at=IN_OCTOBER)
    with pytest.raises(Refused, match="Open the result first"):
        object_to(preliminary, cast)


def test_accepting_seals_the_score_table_and_lets_the_letter_go(
    opened: Preliminary, cast: SampleAgency, django_capture_on_commit_callbacks: object
) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        accepted = objections.accept(opened, seen=opened.version, by=cast.people["director"], at=IN_OCTOBER)

    evaluation = Evaluation.objects.get(pk=opened.evaluation_id)
    assert accepted.settled == Settled.ACCEPTED
    assert evaluation.is_final
    assert Record.objects.get(kind="score_table").file == evaluation.sealed
    assert cards.ask("evaluations.confirmed", evaluation.run).done
    told = set(Notice.objects.filter(kind="objection.accepted").values_list("person__name", flat=True))
    assert cast.people["assessor"].name in told


def test_accepting_twice_is_refused_in_words(opened: Preliminary, cast: SampleAgency) -> None:
    objections.accept(opened, seen=None, by=cast.people["director"], at=IN_OCTOBER)

    with pytest.raises(Refused, match="final"):
        objections.accept(opened, seen=None, by=cast.people["director"], at=IN_OCTOBER)
    with pytest.raises(Refused, match="final"):
        object_to(opened, cast)


def test_a_window_closes_after_its_last_day_and_not_before(opened: Preliminary, cast: SampleAgency) -> None:
    assessor = cast.people["assessor"]
    with pytest.raises(Refused, match="may object until"):
        objections.close_window(opened, by=assessor, at=after(opened) - A_DAY)
    with pytest.raises(Refused, match="ended on"):
        object_to(opened, cast, at=after(opened))

    closed = objections.close_window(opened, by=assessor, at=after(opened))

    assert closed.settled == Settled.PASSED


def test_a_result_that_nobody_opened_becomes_final_too(preliminary: Preliminary, cast: SampleAgency) -> None:
    closed = objections.close_window(preliminary, by=cast.people["assessor"], at=after(preliminary))

    assert (closed.settled, closed.opened_at) == (Settled.PASSED, None)


def test_passed_days_make_a_result_final_by_themselves(
    opened: Preliminary, cast: SampleAgency, django_capture_on_commit_callbacks: Capture
) -> None:
    midnight = datetime.combine(opened.closes_on + A_DAY, time.min, BANGKOK)

    with django_capture_on_commit_callbacks(execute=True):
        closed = [objections.close_passed_windows(at) for at in (midnight - A_SECOND, midnight, midnight + A_DAY)]

    settled = Preliminary.objects.get(pk=opened.pk)
    assert closed == [0, 1, 0]
    assert (settled.settled, settled.settled_at, settled.settled_by) == (Settled.PASSED, midnight, None)
    assert settled.evaluation.is_final
    assert Record.objects.get(kind="score_table").deposited_by is None
    kinds = ("objection.passed", "evaluation.made_final", "record.deposited")
    assert set(Entry.objects.filter(kind__in=kinds, at=midnight).values_list("by", flat=True)) == {"system"}
    told = set(Notice.objects.filter(kind="objection.passed").values_list("person", flat=True))
    assert {cast.people[name].pk for name in ("director", "planner", "assessor")} <= told


def test_a_result_that_cannot_be_made_final_is_told_and_stays_open(opened: Preliminary) -> None:
    Evaluation.objects.filter(pk=opened.evaluation_id).update(sealed=opened.seen)

    with pytest.raises(Refused, match="final and no longer changes"):
        objections.close_passed_windows(after(opened))

    assert Preliminary.objects.open().get() == opened


def test_a_result_before_the_panel_is_not_closed_by_its_days(objection: Objection) -> None:
    assert objections.close_passed_windows(after(objection.preliminary)) == 0


def test_the_last_second_of_the_days_is_in_time_and_the_next_is_not(opened: Preliminary, cast: SampleAgency) -> None:
    midnight = datetime.combine(opened.closes_on + A_DAY, time.min, BANGKOK)
    with pytest.raises(Refused, match="ended on"):
        object_to(opened, cast, at=midnight)

    filed = object_to(opened, cast, at=midnight - A_SECOND)

    assert filed.state == State.FILED


def test_an_objection_carries_what_it_rests_on(objection: Objection) -> None:
    [kpi] = objection.bundle["kpis"]

    assert (kpi["code"], kpi["result"], kpi["official"]) == ("1.1", "59", "2.95")
    assert kpi["months"] == [["2027-09-01", "59"]]
    assert len(kpi["criteria"]) == 5
    assert kpi["evidence"]


def test_everything_wrong_with_an_objection_is_told_at_once(opened: Preliminary, cast: SampleAgency) -> None:
    with pytest.raises(Faults) as refused:
        object_to(opened, cast, ground="criteria-misread", text=" ")

    assert [fault.field for fault in refused.value.faults] == ["ground", "text"]


def test_some_grounds_need_a_proof(opened: Preliminary, cast: SampleAgency) -> None:
    with pytest.raises(Faults, match="needs a file"):
        object_to(opened, cast, ground="outside-control")

    filed = object_to(opened, cast, ground="outside-control", uploads=[(BytesIO(PDF), "คำสั่งปิดพื้นที่.pdf")])

    assert filed.proofs.count() == 1


def test_one_thing_is_objected_to_once_at_a_time(objection: Objection, cast: SampleAgency) -> None:
    with pytest.raises(Faults, match="already before the panel"):
        object_to(objection.preliminary, cast, score=objection.score, ground="wrong-figure")


def test_a_withdrawn_objection_stays_and_leaves_the_way_to_accept(objection: Objection, cast: SampleAgency) -> None:
    director = cast.people["director"]
    with pytest.raises(Refused, match="before the panel"):
        objections.accept(objection.preliminary, seen=None, by=director, at=IN_OCTOBER)

    withdrawn = objections.withdraw(objection, seen=objection.version, by=director, at=IN_OCTOBER)
    accepted = objections.accept(objection.preliminary, seen=None, by=director, at=IN_OCTOBER)

    assert (withdrawn.state, accepted.settled) == (State.WITHDRAWN, Settled.ACCEPTED)
    with pytest.raises(Refused, match="withdrawn"):
        objections.withdraw(withdrawn, seen=None, by=director, at=IN_OCTOBER)


def test_an_objection_before_the_panel_keeps_the_window_open(objection: Objection, cast: SampleAgency) -> None:
    with pytest.raises(Refused, match="before the panel"):
        objections.close_window(objection.preliminary, by=cast.people["assessor"], at=after(objection.preliminary))


def test_the_later_of_two_is_told(opened: Preliminary, cast: SampleAgency) -> None:
    seen = opened.version
    object_to(opened, cast, by="planner")

    with pytest.raises(Stale):
        object_to(opened, cast, text="คะแนนต่ำไป", seen=seen)
