"""What is found in the KPIs of a year: errors stop the selection, warnings ask for a reason that is kept."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.utils import translation

from raprong.access.rules import Refused
from raprong.audit.models import Entry
from raprong.cli.sample.organisation import SampleAgency
from raprong.core.faults import Faults
from raprong.core.freshness import Stale
from raprong.kpis import actions as kpis
from raprong.kpis.details import Details
from raprong.kpis.enums import KpiState
from raprong.kpis.models import Framework, Kpi, KpiYear
from raprong.kpis.quality import actions as quality
from raprong.kpis.quality.queries import findings_of_kpi, findings_of_run
from raprong.kpis.selection import Choice, Decision
from raprong.organisation.models import Person
from raprong.processes.models import Run
from tests.cast import NEW_YEAR
from tests.factories.kpis import ladder

BECAUSE = "กรมสั่งให้วัดเพิ่มเป็นพิเศษ"


@pytest.fixture
def lonely(propose: Callable[..., KpiYear]) -> KpiYear:
    """A KPI that answers to no policy source."""
    return propose(sources=[])


def faults_of_selecting(kpi: KpiYear, by: Person) -> list[str]:
    with pytest.raises(Faults) as refused:
        kpis.select(kpi, weight=Decimal(50), by=by, at=NEW_YEAR)
    assert {fault.field for fault in refused.value.faults} == {f"choice_{kpi.public_id}"}
    return [str(fault.sentence) for fault in refused.value.faults]


def accept(kpi: KpiYear, code: str = "unaligned", *, by: Person, because: str = BECAUSE) -> KpiYear:
    return quality.accept_warning(kpi, code, because=because, seen=kpi.version, by=by, at=NEW_YEAR)


def test_a_sound_kpi_is_selected_without_a_word(propose: Callable[..., KpiYear], cast: SampleAgency) -> None:
    kpi = propose()

    assert findings_of_kpi(kpi) == []
    assert kpis.select(kpi, weight=Decimal(50), by=cast.people["planner"], at=NEW_YEAR).state == KpiState.SELECTED


def test_a_warning_without_a_reason_stops_the_selection_in_words(lonely: KpiYear, cast: SampleAgency) -> None:
    with translation.override("en"):
        sentences = faults_of_selecting(lonely, cast.people["planner"])

    assert len(sentences) == 1
    assert "KPI 1.1 asks for a reason" in sentences[0]
    assert "no policy source" in sentences[0]


def test_an_error_stops_the_selection_and_no_reason_helps(lonely: KpiYear, cast: SampleAgency) -> None:
    KpiYear.objects.filter(pk=lonely.pk).update(starts_in=12, cancelled_from=6)
    lonely.refresh_from_db()

    with pytest.raises(Refused):
        accept(lonely, "rounds-contradict", by=cast.people["planner"])
    with translation.override("en"):
        sentences = faults_of_selecting(lonely, cast.people["planner"])

    assert sum("cannot be selected yet" in sentence for sentence in sentences) == 1


def test_a_reason_is_kept_and_opens_the_selection(lonely: KpiYear, cast: SampleAgency) -> None:
    head = cast.people["head1"]

    accepted = accept(lonely, by=head)

    assert accepted.accepted_warnings["unaligned"]["because"] == BECAUSE
    assert findings_of_kpi(accepted)[0].acceptance is not None
    assert kpis.select(accepted, weight=Decimal(50), by=head, at=NEW_YEAR).state == KpiState.SELECTED
    entry = Entry.objects.get(kind="kpi.warning_accepted")
    assert BECAUSE in str(entry.facts)


def test_a_reason_that_is_taken_back_is_asked_for_again(lonely: KpiYear, cast: SampleAgency) -> None:
    staff = cast.people["staff"]
    accepted = accept(lonely, by=staff)

    reopened = quality.take_back_acceptance(accepted, "unaligned", seen=accepted.version, by=staff, at=NEW_YEAR)

    assert findings_of_kpi(reopened)[0].asks_for_reason
    assert Entry.objects.filter(kind="kpi.warning_reopened").exists()
    with pytest.raises(Refused):
        quality.take_back_acceptance(reopened, "unaligned", seen=None, by=staff, at=NEW_YEAR)


def test_a_reason_no_longer_holds_when_its_facts_change(
    propose: Callable[..., KpiYear], proposal: Callable[..., object], cast: SampleAgency
) -> None:
    kpi = propose(target=Decimal(70))
    kpi = accept(kpi, "target-off-level", by=cast.people["staff"])
    assert not findings_of_kpi(kpi)[0].asks_for_reason

    revised = kpis.revise(kpi, proposal(target=Decimal(50)), seen=None, by=cast.people["staff"], at=NEW_YEAR)

    assert findings_of_kpi(revised)[0].asks_for_reason


def test_a_reason_says_something(lonely: KpiYear, cast: SampleAgency) -> None:
    for because in ("  ", "ก" * 501):
        with pytest.raises(Faults) as refused:
            accept(lonely, by=cast.people["staff"], because=because)
        assert [fault.field for fault in refused.value.faults] == ["because"]


def test_a_reason_given_on_an_old_page_is_told(lonely: KpiYear, cast: SampleAgency) -> None:
    kpis.align(lonely, [], by=cast.people["staff"], at=NEW_YEAR)

    with pytest.raises(Stale):
        accept(lonely, by=cast.people["staff"])


def test_what_is_not_found_needs_no_reason(propose: Callable[..., KpiYear], cast: SampleAgency) -> None:
    kpi = propose(criteria=ladder(40, 50, 60, 60, 70), target=Decimal(70))

    for code in ("unaligned", "equal-neighbours", "nonsense"):
        with pytest.raises(Refused):
            accept(kpi, code, by=cast.people["staff"])


@pytest.mark.parametrize("who", ["staff2", "host", "records", "outsider"])
def test_others_give_no_reasons(lonely: KpiYear, cast: SampleAgency, outsider: Person, who: str) -> None:
    person = outsider if who == "outsider" else cast.people[who]

    with pytest.raises(Refused):
        accept(lonely, by=person)


def test_of_two_nearly_the_same_the_later_waits_unless_the_earlier_is_left_out(
    open_run: Run, propose: Callable[..., KpiYear], cast: SampleAgency
) -> None:
    planner = cast.people["planner"]
    first = propose("1.1", title="ร้อยละความพึงพอใจของผู้รับบริการ")
    second = propose("1.2", title="ร้อยละความพึงพอใจของผู้มารับบริการ")

    with pytest.raises(Faults) as refused:
        kpis.set_weights(open_run, {first: Decimal(50), second: Decimal(50)}, by=planner, at=NEW_YEAR)
    decisions = [
        Decision(first, Choice.NOT_SELECT, because="ซ้ำกับ 1.2"),
        Decision(second, Choice.SELECT, Decimal(100)),
    ]
    decided = kpis.decide(open_run, decisions, by=planner, at=NEW_YEAR)

    assert [fault.field for fault in refused.value.faults] == [f"choice_{second.public_id}"]
    assert [kpi.state for kpi in decided] == [KpiState.NOT_SELECTED, KpiState.SELECTED]


def test_parts_answer_through_their_kpi_and_are_asked_with_it(
    propose: Callable[..., KpiYear], cast: SampleAgency
) -> None:
    whole = propose("1", title="ความพึงพอใจของผู้รับบริการ", target=Decimal(70))
    propose("1.1", title="ความพึงพอใจของผู้รับบริการ ณ จุดบริการ", parent=whole, weight_inside=Decimal(50), sources=[])
    second = propose(
        "1.2", title="ความพึงพอใจของผู้รับบริการทางโทรศัพท์", parent=whole, weight_inside=Decimal(50), target=Decimal(70)
    )

    assert findings_of_kpi(whole) == []
    sentences = faults_of_selecting(whole, cast.people["planner"])

    assert len(sentences) == 1
    assert second.code in sentences[0]


def test_a_selected_kpi_keeps_its_place_when_weights_change(open_run: Run, lonely: KpiYear, cast: SampleAgency) -> None:
    planner = cast.people["planner"]
    selected = kpis.select(accept(lonely, by=planner), weight=Decimal(50), by=planner, at=NEW_YEAR)
    reopened = quality.take_back_acceptance(selected, "unaligned", seen=None, by=planner, at=NEW_YEAR)

    weighed = kpis.select(reopened, weight=Decimal(60), by=planner, at=NEW_YEAR)

    assert weighed.weight == Decimal(60)


def test_what_is_written_after_the_selection_is_asked_then(lonely: KpiYear, cast: SampleAgency) -> None:
    planner = cast.people["planner"]
    before = {found.code for found in findings_of_kpi(lonely)}
    selected = kpis.select(accept(lonely, by=planner), weight=Decimal(50), by=planner, at=NEW_YEAR)

    after = {found.code for found in findings_of_kpi(selected)}

    assert before == {"unaligned"}
    assert after == {"unaligned", "formula-missing", "owner-missing", "too-much-weight"}


def test_owners_end_the_finding_that_there_are_none(propose: Callable[..., KpiYear], cast: SampleAgency) -> None:
    kpi = kpis.select(propose(), weight=Decimal(30), by=cast.people["planner"], at=NEW_YEAR)
    details = Details(
        formula="ก / ข x 100", supervisor=cast.positions["mip-1/head"], collector=cast.positions["mip-1/officer"]
    )

    filled = kpis.fill_details(kpi, details, seen=None, by=cast.people["staff"], at=NEW_YEAR)

    assert findings_of_kpi(filled) == []


def test_last_years_target_is_looked_up(
    open_run: Run, framework: Framework, propose: Callable[..., KpiYear], cast: SampleAgency
) -> None:
    kpi = propose(baseline={2568: Decimal(50), 2569: Decimal(80)})
    before = Run.objects.create(
        unit=cast.office,
        fiscal_year=2569,
        sop=open_run.sop,
        started_at=NEW_YEAR,
        started_by=cast.people["planner"],
    )
    frame = Framework.objects.create(run=before, scheme=framework.scheme)
    KpiYear.objects.create(
        kpi=Kpi.objects.get(pk=kpi.kpi_id),
        framework=frame,
        code="1.1",
        title=kpi.title,
        dimension=frame.dimensions.create(title="ก", weight=Decimal(100)),
        group=kpi.group,
        measure=kpi.measure,
        criteria=kpi.criteria,
        target=Decimal(60),
        state=KpiState.SELECTED,
    )

    assert [found.code for found in findings_of_kpi(kpi)] == ["target-follows-last-year"]


def test_a_whole_year_is_looked_at_in_few_questions(
    open_run: Run, propose: Callable[..., KpiYear], django_assert_max_num_queries: Callable[[int], object]
) -> None:
    for number in range(1, 9):
        propose(f"1.{number}", sources=[])

    with django_assert_max_num_queries(8):  # type: ignore[attr-defined]
        found = findings_of_run(open_run)

    assert len(found) == 8
