"""A year that has come as far as its monthly results: three KPIs of three groups."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from raprong.cli.sample.organisation import SampleAgency
from raprong.kpis.models import KpiYear
from raprong.processes.models import Run
from raprong.results.policies import CARD
from tests.cast import NEW_YEAR
from tests.factories.year import agree_on_kpis, come_to
from tests.stage import staged

OCTOBER, NOVEMBER, DECEMBER = date(2026, 10, 1), date(2026, 11, 1), date(2026, 12, 1)
IN_DECEMBER = datetime(2026, 12, 15, 3, 0, tzinfo=UTC)
IN_JANUARY = datetime(2027, 1, 4, 3, 0, tzinfo=UTC)
AFTER_THE_YEAR = datetime(2027, 10, 1, 3, 0, tzinfo=UTC)


@staged
def kpis(run: Run, cast: SampleAgency) -> dict[str, KpiYear]:
    """1.1 of the planning group, 1.2 of group 1, 2.1 of group 2 (fewer days is better); weights 50, 30, 20."""
    come_to(run, CARD, by=cast.people["planner"], at=NEW_YEAR)
    return {kpi.code: kpi for kpi in agree_on_kpis(run, cast)}


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Sentences are compared in the language they are written in."""
    with translation.override("en"):
        yield
