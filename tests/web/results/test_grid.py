"""The grid of KPIs by months, and the page of one month."""

import json
import re
from decimal import Decimal
from html import unescape
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse

from raprong.cli.sample.organisation import SampleAgency
from raprong.kpis.models import KpiYear
from raprong.lib.workbooks.shape import KPI_SHEET
from raprong.processes.models import Run
from raprong.results import actions as results
from raprong.results.models import MonthClose, MonthlyResult
from tests.web.keyboard import SignIn
from tests.web.results.conftest import IN_DECEMBER, NOVEMBER, OCTOBER


def grid(run: Run) -> str:
    return reverse("results:grid", kwargs={"run": run.public_id})


def month(run: Run, code: str) -> str:
    return reverse("results:month", kwargs={"run": run.public_id, "month": code})


def fields(kpi: KpiYear, value: str, version: int = 0, **more: str) -> dict[str, str]:
    said = {"value": value, "version": str(version)} | more
    return {f"{kpi.public_id}-{name}": text for name, text in said.items()}


def typed(client: Client, run: Run, cells: dict[tuple[KpiYear, str], str]) -> dict[str, str]:
    """The grid's form as it is posted without scripts, with some cells typed into."""
    inputs = re.findall(r"<input[^>]*>", text(client, grid(run)))
    fields = {
        name[1]: re.search(r'value="([^"]*)"', one) for one in inputs if (name := re.search(r'name="([^"]+)"', one))
    }
    posted = {name: unescape(value[1]) for name, value in fields.items() if value}
    return posted | {f"{kpi.public_id}-{month}-value": text for (kpi, month), text in cells.items()}


def text(client: Client, address: str, **data: object) -> str:
    return client.get(address, **data).content.decode()  # type: ignore[arg-type]


def test_staff_have_inputs_for_their_own_group_alone(run: Run, october: dict[str, KpiYear], english: SignIn) -> None:
    page = text(english("staff"), f"{grid(run)}?group=")

    assert f'name="{october["1.2"].public_id}-2026-11-value"' in page
    assert f'name="{october["1.1"].public_id}-2026-11-value"' not in page


def test_the_reader_without_inputs_is_told_why(run: Run, october: dict[str, KpiYear], english: SignIn) -> None:
    page = text(english("director"), grid(run))

    assert "data-sheet-table" in page
    assert "data-cells" not in page
    assert "this is for" in page


def test_the_grid_without_scripts_saves_what_was_changed_alone(
    run: Run, october: dict[str, KpiYear], english: SignIn
) -> None:
    client = english("planner")
    seen = MonthlyResult.objects.get(kpi=october["2.1"])

    answer = client.post(grid(run), typed(client, run, {(october["1.1"], "2026-11"): "๖๐"}), follow=True)

    assert "1 result is saved." in answer.content.decode()
    assert MonthlyResult.objects.get(month=NOVEMBER).value == Decimal(60)
    seen.refresh_from_db()
    assert seen.version == 1


def test_a_refused_cell_keeps_what_was_typed_and_the_others_are_saved(
    run: Run, october: dict[str, KpiYear], english: SignIn
) -> None:
    client = english("planner")
    cells = {(october["1.1"], "2026-11"): "สิบ", (october["1.2"], "2026-11"): "74"}

    answer = client.post(grid(run), typed(client, run, cells))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="สิบ"' in page
    assert f'href="#{october["1.1"].public_id}-2026-11-value"' in page
    assert MonthlyResult.objects.get(month=NOVEMBER).kpi == october["1.2"]


def test_the_same_grid_in_two_tabs_overwrites_nothing_unseen(
    run: Run, october: dict[str, KpiYear], english: SignIn
) -> None:
    client, kpi = english("planner"), october["1.1"]
    first = typed(client, run, {(kpi, "2026-10"): "61"})
    second = typed(client, run, {(kpi, "2026-10"): "62"})

    client.post(grid(run), first)
    warned = client.post(grid(run), second)
    again = client.post(grid(run), typed(client, run, {(kpi, "2026-10"): "62"}))

    assert "saved “61”" in warned.content.decode()
    assert again.status_code == 302
    assert MonthlyResult.objects.get(kpi=kpi).value == Decimal(62)


def test_a_form_that_was_tampered_with_is_no_fault_of_ours(
    run: Run, october: dict[str, KpiYear], english: SignIn
) -> None:
    client, name = english("planner"), f"{october['1.1'].public_id}-seen"
    cells = reverse("results:cells", kwargs={"run": run.public_id})

    for address, data in [
        (grid(run), {name: "{"}),
        (grid(run), {name: "[]"}),
        (grid(run), {name: '{"2026-10": 5}'}),
        (cells, {"cells": "{}"}),
        (cells, {"cells": '[{"kpi": "x"}]'}),
    ]:
        assert client.post(address, data).status_code == 400


def test_a_cell_sent_by_the_script_answers_with_what_stands_there(
    run: Run, october: dict[str, KpiYear], english: SignIn
) -> None:
    cell = {"kpi": october["1.2"].public_id, "month": "2026-11", "seen": 0, "texts": {"value": "80"}}
    address = reverse("results:cells", kwargs={"run": run.public_id})

    answer = english("staff").post(address, {"cells": json.dumps([cell]), "since": "2026-12-01T00:00:00+00:00"}).json()

    assert answer["cells"][0]["state"] == "saved"
    assert (answer["cells"][0]["texts"]["value"], answer["cells"][0]["level"]) == ("80", "level 4")
    assert {standing["month"] for standing in answer["others"]} == {"2026-10", "2026-11"}


def test_one_kpi_or_one_month_can_be_looked_at_alone(run: Run, october: dict[str, KpiYear], english: SignIn) -> None:
    client, kpi = english("planner"), october["1.2"]

    month_alone = text(client, f"{grid(run)}?month=2026-10")
    kpi_alone = text(client, f"{grid(run)}?kpi={kpi.public_id}")

    assert f'name="{kpi.public_id}-2026-10-value"' in month_alone
    assert f'name="{kpi.public_id}-2026-11-value"' not in month_alone
    assert f'name="{kpi.public_id}-2026-11-value"' in kpi_alone
    assert f'name="{october["1.1"].public_id}-2026-11-value"' not in kpi_alone


def test_a_closed_month_is_locked_in_the_grid(
    run: Run, october: dict[str, KpiYear], english: SignIn, cast: SampleAgency
) -> None:
    results.close_month(run, OCTOBER, because="", by=cast.people["planner"], at=IN_DECEMBER)

    page = text(english("planner"), grid(run))

    assert re.search(rf'name="{october["1.1"].public_id}-2026-10-value"[^>]*readonly', page)
    assert not re.search(rf'name="{october["1.1"].public_id}-2026-11-value"[^>]*readonly', page)


def test_a_month_filled_in_the_grid_is_stored_and_keeps_remarks(
    run: Run, october: dict[str, KpiYear], sign_in: SignIn, cast: SampleAgency
) -> None:
    kpi = october["1.2"]
    results.report(
        kpi,
        month=OCTOBER,
        value=Decimal(73),
        status="value",
        note="ตรวจแล้ว",
        seen=1,
        by=cast.people["staff"],
        at=IN_DECEMBER,
    )

    answer = sign_in("staff").post(month(run, "2026-10"), fields(kpi, "๗๔.๕", version=2))

    stored = MonthlyResult.objects.get(kpi=kpi, month=OCTOBER)
    assert answer.status_code == 302
    assert (stored.value, stored.note, stored.version) == (Decimal("74.5"), "ตรวจแล้ว", 3)


def test_what_was_left_empty_stays_unreported(run: Run, kpis: dict[str, KpiYear], sign_in: SignIn) -> None:
    data = fields(kpis["1.1"], "10") | fields(kpis["1.2"], "") | fields(kpis["2.1"], "")

    sign_in("planner").post(month(run, "2026-11"), data)

    assert [result.kpi for result in MonthlyResult.objects.all()] == [kpis["1.1"]]


def test_a_form_for_another_groups_kpi_is_refused_whole(run: Run, october: dict[str, KpiYear], english: SignIn) -> None:
    data = fields(october["1.2"], "74", version=1) | fields(october["2.1"], "12", version=1)

    answer = english("staff").post(month(run, "2026-10"), data)

    assert answer.status_code == 403
    assert "this is for" in answer.content.decode()
    assert not MonthlyResult.objects.filter(version__gt=1).exists()


def test_a_form_of_a_month_that_was_closed_meanwhile_is_refused(
    run: Run, october: dict[str, KpiYear], english: SignIn, cast: SampleAgency
) -> None:
    results.close_month(run, OCTOBER, because="", by=cast.people["planner"], at=IN_DECEMBER)

    for typed in ("74", "not a figure"):
        answer = english("staff").post(month(run, "2026-10"), fields(october["1.2"], typed, version=1))

        assert "Its figures no longer change" in answer.content.decode()


def test_every_fault_stands_at_its_field_and_nothing_is_stored(
    run: Run, kpis: dict[str, KpiYear], english: SignIn
) -> None:
    data = fields(kpis["1.1"], "สิบ") | fields(kpis["1.2"], "1.00001") | fields(kpis["2.1"], "12")

    answer = english("planner").post(month(run, "2026-11"), data)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'href="#id_{kpis["1.1"].public_id}-value"' in page
    assert 'value="12"' in page
    assert not MonthlyResult.objects.exists()


def test_faults_that_only_the_rule_finds_stand_at_their_field(
    run: Run, kpis: dict[str, KpiYear], english: SignIn
) -> None:
    data = fields(kpis["1.2"], "1.00001", note="", not_applicable="") | fields(kpis["1.1"], "5", not_applicable="on")

    answer = english("planner").post(month(run, "2026-11"), data)

    assert answer.status_code == 422
    assert "at most 4 decimals" in answer.content.decode()
    assert "Leave the figure empty" in answer.content.decode()


def test_somebody_overtaken_is_told_and_may_save_again(run: Run, october: dict[str, KpiYear], english: SignIn) -> None:
    client, kpi = english("staff"), october["1.2"]

    first = client.post(month(run, "2026-10"), fields(kpi, "80", version=0))
    page = first.content.decode()
    again = client.post(month(run, "2026-10"), fields(kpi, "80", version=1))

    assert first.status_code == 409
    assert "saved 73" in page
    assert 'value="80"' in page
    assert f'name="{kpi.public_id}-version" value="1"' in page
    assert again.status_code == 302
    assert MonthlyResult.objects.get(kpi=kpi).value == Decimal(80)


def test_what_does_not_apply_is_stored_with_its_remark(run: Run, kpis: dict[str, KpiYear], sign_in: SignIn) -> None:
    data = fields(kpis["1.2"], "", not_applicable="on", note="วัดปีละครั้ง")

    sign_in("staff").post(month(run, "2026-11"), data)

    stored = MonthlyResult.objects.get()
    assert (stored.value, stored.status, stored.note) == (None, "not_applicable", "วัดปีละครั้ง")


@pytest.mark.parametrize("code", ["2027-01", "2025-10", "soon"])
def test_months_to_come_and_months_of_other_years_are_not_filled_in(
    run: Run, kpis: dict[str, KpiYear], sign_in: SignIn, code: str
) -> None:
    answer = sign_in("staff").get(month(run, code))

    assert answer.status_code in (403, 404)


def test_closing_a_month_asks_for_a_reason_and_names_what_is_missing(
    run: Run, october: dict[str, KpiYear], english: SignIn
) -> None:
    client = english("planner")
    address = reverse("results:close", kwargs={"run": run.public_id, "month": "2026-11"})

    asked = text(client, address)
    without = client.post(address, {"because": ""})
    closed = client.post(address, {"because": "รอผลสำรวจ"})

    assert all(code in asked for code in ("1.1", "1.2", "2.1"))
    assert without.status_code == 422
    assert closed.status_code == 302
    assert MonthClose.objects.get().month == NOVEMBER


def test_a_complete_month_closes_without_a_reason(run: Run, october: dict[str, KpiYear], sign_in: SignIn) -> None:
    sign_in("planner").post(reverse("results:close", kwargs={"run": run.public_id, "month": "2026-10"}))

    assert MonthClose.objects.get().snapshot["not_reported"] == []


def test_staff_cannot_close_a_month(run: Run, october: dict[str, KpiYear], sign_in: SignIn) -> None:
    address = reverse("results:close", kwargs={"run": run.public_id, "month": "2026-10"})

    assert sign_in("staff").get(address).status_code == 403
    assert sign_in("staff").post(address).status_code in (302, 403)
    assert not MonthClose.objects.exists()


def test_a_broken_workbook_is_told_in_words(run: Run, kpis: dict[str, KpiYear], english: SignIn) -> None:
    address = reverse("results:import", kwargs={"run": run.public_id})
    file = BytesIO(b"not a workbook")
    file.name = "results.xlsx"

    answer = english("planner").post(address, {"workbook": file})

    assert answer.status_code == 422
    assert "error-summary" in answer.content.decode()
    assert KPI_SHEET in text(english("planner"), address)


@pytest.mark.parametrize("username", ["planner.pa", "assessor.pa"])
def test_an_outsider_finds_nothing(run: Run, october: dict[str, KpiYear], sign_in: SignIn, username: str) -> None:
    client = sign_in(username)
    kpi = reverse("results:kpi", kwargs={"kpi": october["1.1"].public_id})
    scores = reverse("results:scores", kwargs={"run": run.public_id})

    assert {client.get(address).status_code for address in (grid(run), month(run, "2026-10"), kpi, scores)} == {404}


def test_a_role_without_results_is_refused_in_words(run: Run, october: dict[str, KpiYear], english: SignIn) -> None:
    answer = english("admin").get(grid(run))

    assert answer.status_code == 403
    assert "this is for" in answer.content.decode()
