"""A year with three agreed KPIs of three groups: 1.1 of planning, 1.2 of group 1 with three steps, 2.1 of group 2."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from raprong.cli.sample.organisation import SampleAgency
from raprong.kpis.models import KpiYear
from raprong.processes.models import Run
from tests.factories.assessments import agree_on_kpis
from tests.factories.evidence import describe_steps
from tests.stage import staged


@staged
def kpis(run: Run, cast: SampleAgency) -> dict[str, KpiYear]:
    made = {kpi.code: kpi for kpi in agree_on_kpis(run, cast)}
    describe_steps(made["1.2"])
    return made


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Sentences are compared in the language they are written in."""
    with translation.override("en"):
        yield
