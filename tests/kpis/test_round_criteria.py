"""Criteria of a round: who gives them, what is refused, and that they score the round."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation

from raprong.access.rules import Refused
from raprong.audit.models import Entry
from raprong.cli.sample.organisation import SampleAgency
from raprong.core.faults import Faults
from raprong.core.freshness import Stale
from raprong.kpis import actions as kpis
from raprong.kpis.enums import KpiState
from raprong.kpis.models import KpiYear
from raprong.kpis.proposals import Proposal
from raprong.kpis.queries import measured, scheme_of
from raprong.kpis.round_criteria import set_round_criteria
from raprong.lib.scoring.criteria import Choice, Criteria, Milestones, Option, YesNo
from raprong.lib.scoring.rollup import score_kpi
from tests.cast import NEW_YEAR
from tests.factories.kpis import ladder

D = Decimal
HALF = ladder(40, 42, 44, 46, 48)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def kpi(propose: Callable[..., KpiYear]) -> KpiYear:
    return propose(criteria=ladder(92, 93, 94, 95, 96), target=D(95))


def give(kpi: KpiYear, criteria: Criteria | None, cast: SampleAgency, **changes: Any) -> KpiYear:
    given: dict[str, Any] = {"months": 6, "seen": kpi.version, "by": cast.people["staff"], "at": NEW_YEAR} | changes
    return set_round_criteria(kpi, given.pop("months"), criteria, **given)


def test_a_round_is_scored_by_its_own_criteria_and_the_year_by_the_years(kpi: KpiYear, cast: SampleAgency) -> None:
    kpi = give(kpi, HALF, cast)

    scheme = scheme_of(kpi.run)
    half, year = (score_kpi(measured(kpi, D(46), months=months), scheme).score for months in (6, 12))
    assert (half, year) == (D(4), D(1))


def test_what_was_changed_stands_in_the_trail_with_both(kpi: KpiYear, cast: SampleAgency) -> None:
    give(kpi, HALF, cast)

    facts = Entry.objects.filter(kind="kpi.revised").latest("pk").facts
    before, after = facts["changed"]["round_criteria"]
    assert before == {}
    assert after["6"]["levels"][0] == ["1", "40"]


def test_saving_the_same_again_writes_nothing(kpi: KpiYear, cast: SampleAgency) -> None:
    kpi = give(kpi, HALF, cast)

    again = give(kpi, HALF, cast)

    assert again.version == kpi.version
    assert Entry.objects.filter(kind="kpi.revised").count() == 1


def test_a_round_asks_what_the_year_asks_again(kpi: KpiYear, cast: SampleAgency) -> None:
    kpi = give(kpi, HALF, cast)

    assert give(kpi, None, cast).round_criteria == {}


@pytest.mark.parametrize(
    ("criteria", "months", "words"),
    [
        (YesNo(D(5), D(1)), 6, "same kind"),
        (HALF, 9, "round of this year"),
        (ladder(40, 42, 41, 46, 48), 6, "turns back"),
    ],
    ids=["another kind", "no such round", "faulty levels"],
)
def test_what_cannot_be_a_rounds_criteria_is_refused_in_words(
    kpi: KpiYear, cast: SampleAgency, criteria: Criteria, months: int, words: str
) -> None:
    with pytest.raises(Faults, match=words):
        give(kpi, criteria, cast, months=months)

    kpi.refresh_from_db()
    assert kpi.round_criteria == {}


def test_a_choice_keeps_its_number_of_answers(propose: Callable[..., KpiYear], cast: SampleAgency) -> None:
    answers = tuple(Option(D(score), f"ข้อ {score}") for score in (1, 3, 5))
    kpi = propose(criteria=Choice(answers), target=D(3))

    with pytest.raises(Faults, match="Give 3 answers"):
        give(kpi, Choice(answers[:2]), cast)


def test_milestones_have_their_rounds_in_the_criteria(propose: Callable[..., KpiYear], cast: SampleAgency) -> None:
    criteria = Milestones(((6, ladder(0, 1, 2, 3, 4).rungs), (12, ladder(1, 2, 3, 4, 5).rungs)))
    kpi = propose(criteria=criteria, target=D(5))

    with pytest.raises(Faults, match="part of the year's criteria"):
        give(kpi, criteria, cast)


def test_a_selected_kpi_needs_a_reason(kpi: KpiYear, cast: SampleAgency) -> None:
    KpiYear.objects.filter(pk=kpi.pk).update(state=KpiState.SELECTED)

    with pytest.raises(Faults, match="Say why"):
        give(kpi, HALF, cast)

    assert give(kpi, HALF, cast, because="กรมปรับเกณฑ์รอบ 6 เดือน").round_criteria


def test_another_group_cannot(kpi: KpiYear, cast: SampleAgency) -> None:
    with pytest.raises(Refused):
        give(kpi, HALF, cast, by=cast.people["head2"])


def test_a_stale_form_is_told(kpi: KpiYear, cast: SampleAgency) -> None:
    with pytest.raises(Stale):
        give(kpi, HALF, cast, seen=kpi.version + 5)


def test_the_years_kind_cannot_turn_away_from_its_rounds(
    kpi: KpiYear, cast: SampleAgency, proposal: Callable[..., Proposal]
) -> None:
    kpi = give(kpi, HALF, cast)
    other = proposal(criteria=YesNo(D(5), D(1)), target=D(1))

    with pytest.raises(Faults, match="criteria of another kind") as refused:
        kpis.revise(kpi, other, seen=kpi.version, by=cast.people["staff"], at=NEW_YEAR)

    assert [fault.field for fault in refused.value.faults] == ["criteria_kind"]
