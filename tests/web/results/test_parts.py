"""Pages of results where one KPI has parts."""

from collections.abc import Callable

import pytest
from django.test import Client

from raprong.cli.sample.organisation import SampleAgency
from raprong.kpis.models import KpiYear
from raprong.organisation.models import User
from raprong.processes.models import Run
from tests.kpis.conftest import framework, open_run, proposal, propose
from tests.results.test_parts import reports, year

__all__ = ["framework", "open_run", "proposal", "propose", "year"]


@pytest.fixture
def page(cast: SampleAgency) -> Callable[[str], str]:
    """What a page says to the planner, in English."""
    client = Client()
    client.force_login(User.objects.get(username="planner"))
    client.cookies["django_language"] = "en"

    def read(address: str) -> str:
        answer = client.get(address)
        assert answer.status_code == 200
        return answer.text

    return read


def test_the_page_of_a_parent_shows_what_its_parts_reached(
    cast: SampleAgency, year: dict[str, KpiYear], page: Callable[[str], str]
) -> None:
    reports(year["1.1.1"], "40", cast)
    reports(year["1.1.2"], "80", cast)

    text = page(f"/results/{year['1.1'].public_id}/")

    assert "Reckoned from its parts: 3.4" in text
    assert f"/results/{year['1.1.2'].public_id}/" in text


def test_the_page_of_a_part_says_what_one_more_level_brings_the_unit(
    cast: SampleAgency, year: dict[str, KpiYear], page: Callable[[str], str]
) -> None:
    reports(year["1.1.2"], "80", cast)

    text = page(f"/results/{year['1.1.2'].public_id}/")

    assert "70 inside KPI 1.1" in text
    assert "grows by 0.4200" in text  # one level × 70 % of 60


def test_the_grid_asks_for_parts_and_not_for_their_parent(
    open_run: Run, year: dict[str, KpiYear], page: Callable[[str], str]
) -> None:
    text = page(f"/results/of/{open_run.public_id}/")

    assert year["1.1.1"].title in text
    assert "Reckoned from its parts" in text
    assert f'name="{year["1.1.1"].public_id}-2026-10-value"' in text
    assert f'name="{year["1.1"].public_id}-2026-10-value"' not in text
