"""An agreement in which one KPI has parts: they stand under it, their weights inside it and outside the total."""

from decimal import Decimal

import pytest

from raprong.access.rules import Refused
from raprong.agreements import actions, documents
from raprong.agreements.queries import parties_of
from raprong.agreements.readiness import weights_ready
from raprong.core.clock import day_of
from raprong.documents import render
from raprong.kpis.models import KpiYear
from raprong.organisation.models import Person
from raprong.processes.models import Run
from tests.cast import NEW_YEAR
from tests.factories.agreements import open_for_signing, select_kpis
from tests.factories.papers import words_in


@pytest.fixture
def parts(run: Run, selected: list[KpiYear]) -> list[KpiYear]:
    """Two parts of 1.1, which has 40 of the year's weight."""
    made = select_kpis(run, {"9.1": "1", "9.2": "1"})
    for part, inside in zip(made, ("30.00", "70.00"), strict=True):
        KpiYear.objects.filter(pk=part.pk).update(parent=selected[0], weight=None, weight_inside=Decimal(inside))
    return made


def test_parts_stand_under_their_kpi_and_outside_the_total(run: Run, planner: Person, parts: list[KpiYear]) -> None:
    agreement = open_for_signing(actions.draft(run, by=planner, at=NEW_YEAR), planner)

    paper = documents.agreement_paper(agreement, list(parties_of(agreement)), dated_on=day_of(NEW_YEAR))

    assert [(kpi.code, kpi.part_of, kpi.weight) for kpi in paper.kpis][:4] == [
        ("1.1", "", Decimal(40)),
        ("9.1", "1.1", Decimal(30)),
        ("9.2", "1.1", Decimal(70)),
        ("1.2", "", Decimal(35)),
    ]
    assert paper.total_weight == Decimal(100)
    assert "(๓๐.๐๐)" in words_in(render(paper))


def test_the_form_on_the_table_names_kpis_and_not_their_parts(run: Run, planner: Person, parts: list[KpiYear]) -> None:
    agreement = open_for_signing(actions.draft(run, by=planner, at=NEW_YEAR), planner)

    paper = documents.signed_paper(agreement, list(parties_of(agreement)), dated_on=day_of(NEW_YEAR))
    form = documents.signing_form(agreement, paper, dated_on=day_of(NEW_YEAR))

    assert [kpi.code for kpi in form.kpis] == ["1.1", "1.2", "2.1"]


def test_an_agreement_waits_for_parts_that_add_up(run: Run, planner: Person, parts: list[KpiYear]) -> None:
    KpiYear.objects.filter(pk=parts[0].pk).update(weight_inside=Decimal(20))

    assert not weights_ready(run).ok
    with pytest.raises(Refused):
        actions.draft(run, by=planner, at=NEW_YEAR)
