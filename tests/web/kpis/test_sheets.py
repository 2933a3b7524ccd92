"""The detail sheet as a paper: printed by whoever reads the KPI, deposited by who checks."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from raprong.cli.sample.organisation import SampleAgency
from raprong.files.models import StoredFile
from raprong.kpis import actions as kpis
from raprong.kpis.details import Details
from raprong.kpis.models import KpiYear
from raprong.organisation.queries import head_position_of
from raprong.records.models import Record
from tests.cast import NEW_YEAR
from tests.factories.papers import words_in


@pytest.fixture
def kpi(propose: Callable[..., KpiYear], cast: SampleAgency) -> KpiYear:
    """The one KPI of the year; its sheet is empty."""
    proposed = propose("1.1")
    planner = cast.people["planner"]
    return kpis.set_weights(proposed.run, {proposed: Decimal(100)}, by=planner, at=NEW_YEAR)[0]


def fill(kpi: KpiYear, cast: SampleAgency) -> None:
    head = head_position_of(kpi.group)
    details = Details("นิยาม", "สูตร", "ทะเบียน", "รวบรวมทุกเดือน", supervisor=head, collector=head)
    kpis.fill_details(kpi, details, seen=None, by=cast.people["staff"], at=NEW_YEAR)


def address(name: str, kpi: KpiYear) -> str:
    if name == "sheet":
        return reverse("kpis:sheet", kwargs={"kpi": kpi.public_id})
    return reverse(f"kpis:{name}", kwargs={"run": kpi.run.public_id})


def test_a_reader_prints_the_sheet_and_nothing_is_kept(kpi: KpiYear, sign_in: Callable[[str], Client]) -> None:
    answer = sign_in("staff2").get(address("sheet", kpi))

    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'inline; filename="kpi_detail-1.1.pdf"'
    assert "๑๐๐.๐๐" in words_in(answer.getvalue())
    assert not StoredFile.objects.exists()


def test_another_department_prints_no_sheet(kpi: KpiYear, sign_in: Callable[[str], Client]) -> None:
    assert sign_in("planner.pa").get(address("sheet", kpi)).status_code == 404


def test_the_button_waits_for_complete_sheets_and_says_which(kpi: KpiYear, sign_in: Callable[[str], Client]) -> None:
    page = sign_in("planner").get(address("details", kpi)).content.decode()

    assert "These detail sheets are not complete yet: 1.1." in page
    assert address("deposit-sheets", kpi) not in page


def test_complete_sheets_are_deposited_by_a_button(
    kpi: KpiYear, cast: SampleAgency, sign_in: Callable[[str], Client]
) -> None:
    fill(kpi, cast)
    client = sign_in("planner")
    assert address("deposit-sheets", kpi) in client.get(address("details", kpi)).content.decode()

    answer = client.post(address("deposit-sheets", kpi), follow=True)

    assert "1 sheet is sealed and deposited." in answer.content.decode()
    assert "nothing in them has changed since" in answer.content.decode()
    assert Record.objects.get().kind == "kpi_detail"


def test_staff_who_press_anyway_are_refused_in_words(
    kpi: KpiYear, cast: SampleAgency, sign_in: Callable[[str], Client]
) -> None:
    fill(kpi, cast)

    assert sign_in("staff").post(address("deposit-sheets", kpi)).status_code == 403
    assert not Record.objects.exists()
