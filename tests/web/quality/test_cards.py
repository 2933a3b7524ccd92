"""What is found in one KPI, on the pages of other areas."""

from collections.abc import Callable
from decimal import Decimal

from django.test import Client

from raprong.kpis.models import KpiYear

SignIn = Callable[[str], Client]


def test_the_page_of_a_kpi_shows_what_is_found_and_takes_a_reason(
    propose: Callable[..., KpiYear], sign_in: SignIn
) -> None:
    kpi = propose(target=Decimal(70))
    browser = sign_in("head1")

    shown = browser.get(f"/kpis/{kpi.public_id}/").content.decode()
    kept = browser.post(
        f"/quality/{kpi.public_id}/target-off-level/reason/", {"because": "ตามที่กรมกำหนด", "version": kpi.version}
    )

    assert "Target off its level" in shown
    assert kept.headers["Location"] == f"/kpis/{kpi.public_id}/"
    assert "ตามที่กรมกำหนด" in browser.get(f"/kpis/{kpi.public_id}/").content.decode()


def test_a_sound_kpi_is_told_so(propose: Callable[..., KpiYear], sign_in: SignIn) -> None:
    kpi = propose()

    assert "Nothing is found" in sign_in("head1").get(f"/kpis/{kpi.public_id}/").content.decode()


def test_the_form_of_a_kpi_shows_what_was_found_when_it_was_saved(
    propose: Callable[..., KpiYear], sign_in: SignIn
) -> None:
    kpi = propose(target=Decimal(70))

    assert "Target off its level" in sign_in("head1").get(f"/kpis/{kpi.public_id}/revise/").content.decode()
