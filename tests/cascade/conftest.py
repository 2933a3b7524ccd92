"""A year that has come as far as handing its KPIs on: three KPIs of three groups."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from raprong.cascade.policies import ASSIGNED
from raprong.cli.sample.organisation import SampleAgency
from raprong.kpis.models import KpiYear
from raprong.processes.models import Run
from tests.cast import NEW_YEAR
from tests.factories.year import agree_on_kpis, come_to
from tests.stage import staged


@staged
def kpis(run: Run, cast: SampleAgency) -> dict[str, KpiYear]:
    """1.1 of the planning group, 1.2 of group 1, 2.1 of group 2."""
    come_to(run, ASSIGNED, by=cast.people["planner"], at=NEW_YEAR)
    return {kpi.code: kpi for kpi in agree_on_kpis(run, cast)}


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Sentences are compared in the language they are written in."""
    with translation.override("en"):
        yield
