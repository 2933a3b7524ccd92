"""The report of who answers for how many KPIs."""

import csv
from collections.abc import Callable
from decimal import Decimal
from io import StringIO

import pytest
from django.test import Client

from raprong.cli.sample.organisation import SampleAgency
from raprong.kpis import actions as kpis
from raprong.kpis.details import Details
from raprong.kpis.models import KpiYear
from raprong.organisation.models import Appointment
from raprong.processes.models import Run
from tests.cast import NEW_YEAR

SignIn = Callable[[str], Client]


@pytest.fixture
def selected(open_run: Run, propose: Callable[..., KpiYear], cast: SampleAgency) -> list[KpiYear]:
    """1.1 with both owners and a telephone each, 1.2 with a supervisor alone, 1.3 with nobody."""
    planner, staff = cast.people["planner"], cast.people["staff"]
    proposed = [propose(code) for code in ("1.1", "1.2", "1.3")]
    weights = dict(zip(proposed, map(Decimal, (40, 35, 25)), strict=True))
    first, second, third = kpis.set_weights(open_run, weights, by=planner, at=NEW_YEAR)
    head, officer = cast.positions["mip-1/head"], cast.positions["mip-1/officer"]
    both = Details(supervisor=head, supervisor_phone="1", collector=officer, collector_phone="2")
    kpis.fill_details(first, both, seen=None, because="ก", by=staff, at=NEW_YEAR)
    kpis.fill_details(second, Details(supervisor=head), seen=None, because="ก", by=staff, at=NEW_YEAR)
    return [first, second, third]


def page(browser: Client, run: Run, **asked: str) -> str:
    response = browser.get(f"/quality/of/{run.public_id}/owners/", asked)
    assert response.status_code == 200
    return response.content.decode()


def table(browser: Client, run: Run, by: str) -> list[dict[str, str]]:
    response = browser.get(f"/quality/of/{run.public_id}/owners.csv", {"by": by})
    assert response.headers["Content-Type"].startswith("text/csv")
    return list(csv.DictReader(StringIO(response.content.decode("utf-8-sig"))))


def test_each_post_has_what_it_carries(
    open_run: Run, selected: list[KpiYear], cast: SampleAgency, sign_in: SignIn
) -> None:
    rows = table(sign_in("planner"), open_run, "post")

    assert [(row["Supervises"], row["Collects the data of"], row["Weight"]) for row in rows] == [
        ("2", "0", "75.00"),
        ("0", "1", "0.00"),
    ]
    assert rows[0]["Name"] == cast.positions["mip-1/head"].title_en
    assert rows[0]["KPIs"] == "1.1, 1.2"
    assert rows[0]["Without a telephone"] == "1.2"


def test_persons_are_those_who_hold_the_posts_today(
    open_run: Run, selected: list[KpiYear], cast: SampleAgency, sign_in: SignIn
) -> None:
    rows = table(sign_in("planner"), open_run, "person")

    assert [row["Name"] for row in rows] == [cast.people["head1"].name, cast.people["staff"].name]


def test_groups_show_what_nobody_owns_and_none_is_left_out(
    open_run: Run, selected: list[KpiYear], cast: SampleAgency, sign_in: SignIn
) -> None:
    rows = table(sign_in("planner"), open_run, "group")

    held = {row["Name"]: (row["Answers for"], row["Without an owner"]) for row in rows}
    assert held[cast.units["mip-1"].name_en] == ("3", "1.2, 1.3")
    assert sorted(answers for answers, _lacking in held.values()) == ["0", "0", "3"]


def test_the_page_counts_and_names_what_is_missing(open_run: Run, selected: list[KpiYear], sign_in: SignIn) -> None:
    shown = page(sign_in("planner"), open_run)

    assert "1.2, 1.3" in shown  # without a collector
    assert "Owner without a telephone" in shown
    assert 'role="img"' in shown


def test_a_post_that_nobody_holds_is_told(
    open_run: Run, selected: list[KpiYear], cast: SampleAgency, sign_in: SignIn
) -> None:
    Appointment.objects.filter(position=cast.positions["mip-1/head"]).delete()

    assert "Nobody holds the post" in page(sign_in("planner"), open_run)


def test_the_table_sorts_by_its_columns(open_run: Run, selected: list[KpiYear], sign_in: SignIn) -> None:
    browser = sign_in("planner")

    rising = page(browser, open_run, sort="supervised")
    falling = page(browser, open_run, sort="-supervised")

    assert 'aria-sort="ascending"' in rising
    assert rising.index("75.00") > falling.index("75.00")


def test_no_cell_of_the_table_starts_a_formula(
    open_run: Run, selected: list[KpiYear], cast: SampleAgency, sign_in: SignIn
) -> None:
    post = cast.positions["mip-1/head"]
    post.title_en = "=HYPERLINK(1)"
    post.save()

    rows = table(sign_in("planner"), open_run, "post")

    assert rows[0]["Name"] == "'=HYPERLINK(1)"


def test_before_anything_is_selected_the_page_says_what_comes(open_run: Run, sign_in: SignIn) -> None:
    assert "No KPI is selected yet" in page(sign_in("planner"), open_run)


def test_another_department_finds_no_owners(open_run: Run, selected: list[KpiYear], sign_in: SignIn) -> None:
    browser = sign_in("planner.pa")

    assert browser.get(f"/quality/of/{open_run.public_id}/owners/").status_code == 404
    assert browser.get(f"/quality/of/{open_run.public_id}/owners.csv").status_code == 404
