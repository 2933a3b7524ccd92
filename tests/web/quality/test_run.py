"""The page of what is found in the year's KPIs, and the reasons given on it."""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from raprong.cli.sample.organisation import SampleAgency
from raprong.kpis import actions as kpis
from raprong.kpis.models import KpiYear
from raprong.kpis.quality.queries import findings_of_kpi
from raprong.processes.models import Run
from raprong.web.quality.presenters import field_url
from tests.cast import NEW_YEAR
from tests.factories.kpis import ladder

SignIn = Callable[[str], Client]
BECAUSE = "The department asked for it"


@pytest.fixture
def lonely(propose: Callable[..., KpiYear]) -> KpiYear:
    return propose(sources=[])


def page(browser: Client, run: Run, **asked: str) -> str:
    response = browser.get(f"/quality/of/{run.public_id}/", asked)
    assert response.status_code == 200
    return response.content.decode()


def give(browser: Client, kpi: KpiYear, **typed: Any) -> Any:
    held = {"because": BECAUSE, "version": kpi.version, "back": "run"} | typed
    return browser.post(f"/quality/{kpi.public_id}/unaligned/reason/", held)


def test_findings_stand_under_their_kpi_with_the_field_and_a_form(
    open_run: Run, lonely: KpiYear, sign_in: SignIn
) -> None:
    shown = page(sign_in("head1"), open_run)

    assert "It answers to no policy source." in shown
    assert f'href="/kpis/{lonely.public_id}/#sources"' in shown
    assert f'id="f-{lonely.public_id}-unaligned"' in shown
    assert f'href="#f-{lonely.public_id}-unaligned"' in shown  # from the diagram
    assert "Leave it so, and say why" in shown


def test_a_year_without_findings_is_congratulated(
    open_run: Run, propose: Callable[..., KpiYear], sign_in: SignIn
) -> None:
    propose()

    assert "Well done." in page(sign_in("head1"), open_run)


def test_a_year_without_kpis_says_what_comes(open_run: Run, sign_in: SignIn) -> None:
    assert "No KPI to look at yet" in page(sign_in("head1"), open_run)


def test_a_reason_is_kept_shown_and_taken_back(open_run: Run, lonely: KpiYear, sign_in: SignIn) -> None:
    browser = sign_in("head1")

    kept = give(browser, lonely)
    shown = page(browser, open_run)
    lonely.refresh_from_db()
    browser.post(f"/quality/{lonely.public_id}/unaligned/take-back/", {"version": lonely.version, "back": "run"})
    again = page(browser, open_run)

    assert kept.headers["Location"] == f"/quality/of/{open_run.public_id}/"
    assert BECAUSE in shown
    assert "Take the reason back" in shown
    assert BECAUSE not in again


def test_a_reason_left_empty_is_told_at_its_field(lonely: KpiYear, sign_in: SignIn) -> None:
    response = give(sign_in("head1"), lonely, because=" ")

    assert response.status_code == 422
    assert "Say why the KPI stays as it is." in response.content.decode()
    assert 'href="#id_because"' in response.content.decode()


def test_a_reason_on_an_old_page_is_told(lonely: KpiYear, cast: SampleAgency, sign_in: SignIn) -> None:
    kpis.align(lonely, [], by=cast.people["staff"], at=NEW_YEAR)

    assert give(sign_in("head1"), lonely).status_code == 409


def test_the_address_of_a_reason_shows_its_form(lonely: KpiYear, sign_in: SignIn) -> None:
    browser = sign_in("head1")

    assert "Keep the reason" in browser.get(f"/quality/{lonely.public_id}/unaligned/reason/").content.decode()
    assert browser.get(f"/quality/{lonely.public_id}/nonsense/reason/").status_code == 404
    assert browser.get(f"/quality/{lonely.public_id}/unaligned/take-back/").status_code == 302


def test_who_may_not_give_a_reason_reads_why(open_run: Run, lonely: KpiYear, sign_in: SignIn) -> None:
    browser = sign_in("staff2")

    shown = page(browser, open_run)
    refused = give(browser, lonely)

    assert 'aria-disabled="true"' in shown
    assert "Leave it so" not in shown
    assert refused.status_code == 403
    lonely.refresh_from_db()
    assert lonely.accepted_warnings == {}


def test_another_department_finds_nothing(open_run: Run, lonely: KpiYear, sign_in: SignIn) -> None:
    browser = sign_in("planner.pa")

    assert browser.get(f"/quality/of/{open_run.public_id}/").status_code == 404
    assert give(browser, lonely).status_code == 404


def test_findings_are_narrowed_by_standing_and_group(
    open_run: Run, cast: SampleAgency, propose: Callable[..., KpiYear], sign_in: SignIn
) -> None:
    propose("1.1", sources=[])
    propose("1.2", criteria=ladder(40, 50, 60, 60, 70), target=Decimal(70))
    browser = sign_in("planner")

    warnings = page(browser, open_run, show="warning")
    notices = page(browser, open_run, show="notice")
    elsewhere = page(browser, open_run, group=cast.units["mip-2"].public_id)

    assert "It answers to no policy source." in warnings
    assert "both ask for 60" not in warnings
    assert "both ask for 60" in notices
    assert "Nothing of this kind is found" in elsewhere


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"target": Decimal(70)}, "target-off-level"),
        ({"measure": "ครั้ง", "title": "ร้อยละของงาน"}, "measure-and-name-differ"),
        ({"baseline": {2569: Decimal(100)}, "target": Decimal(100)}, "top-reached-already"),
        ({"criteria": ladder(20, 40, 60, 60, 100), "target": Decimal(100)}, "equal-neighbours"),
        ({"sources": []}, "unaligned"),
    ],
)
def test_the_link_leads_to_the_very_field(
    propose: Callable[..., KpiYear], sign_in: SignIn, changes: dict[str, Any], rule: str
) -> None:
    kpi = propose(**changes)
    finding = next(one.finding for one in findings_of_kpi(kpi) if one.code == rule)

    address, _sep, anchor = field_url(kpi, finding.field).partition("#")
    response = sign_in("head1").get(address)

    assert response.status_code == 200
    assert f'id="{anchor}"' in response.content.decode()


def test_the_link_to_a_selected_kpi_leads_to_its_sheet(
    propose: Callable[..., KpiYear], cast: SampleAgency, sign_in: SignIn
) -> None:
    kpi = kpis.select(propose(), weight=Decimal(50), by=cast.people["planner"], at=NEW_YEAR)
    browser = sign_in("planner")

    for one in findings_of_kpi(kpi):
        address, _sep, anchor = field_url(kpi, one.finding.field).partition("#")
        shown = browser.get(address, follow=True).content.decode()
        assert f'id="{anchor}"' in shown, one.code


def test_a_long_list_stays_one_page_of_few_questions(
    open_run: Run,
    propose: Callable[..., KpiYear],
    sign_in: SignIn,
    django_assert_max_num_queries: Callable[[int], Any],
) -> None:
    for number in range(1, 7):
        propose(f"1.{number}", sources=[])
    browser = sign_in("head1")
    page(browser, open_run)

    with django_assert_max_num_queries(60):
        shown = page(browser, open_run)

    assert len(re.findall(r'class="finding ', shown)) == 6
