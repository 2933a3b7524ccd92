"""The pages of a KPI across its years, from the side of those who may and of those who may not."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from raprong.cli.sample.organisation import SampleAgency
from raprong.kpis import actions as kpis
from raprong.kpis.enums import KpiState
from raprong.kpis.models import Framework, KpiYear
from raprong.kpis.proposals import Proposal
from raprong.kpis.queries import rungs_of
from raprong.processes.models import Run
from tests.cast import NEW_YEAR
from tests.web.keyboard import SignIn


def select(kpi: KpiYear) -> KpiYear:
    """The KPI as a selection leaves it."""
    KpiYear.objects.filter(pk=kpi.pk).update(state=KpiState.SELECTED, weight=60, decided_at=NEW_YEAR)
    return KpiYear.objects.get(pk=kpi.pk)


def ticks(*taken: KpiYear) -> dict[str, str]:
    return {f"take_{kpi.public_id}": "on" for kpi in taken}


def test_a_planner_copies_last_year_and_takes_it_back(
    open_run: Run, framework: Framework, last_year: dict[str, KpiYear], sign_in: SignIn
) -> None:
    client, address = sign_in("planner"), f"/kpis/of/{open_run.public_id}/copy/"

    offered = client.get(address).text
    done = client.post(address, ticks(*last_year.values()), follow=True).text
    undone = client.post(f"{address}undo/", follow=True).text

    assert all(f"take_{kpi.public_id}" in offered for kpi in last_year.values())
    assert "3 KPIs are copied." in done
    assert "Everything is copied" in done
    assert "Taken back: 1.1, 1.1.1, 1.2." in undone
    assert not framework.kpis.exists()


def test_a_taken_code_is_asked_for_again_at_its_place(
    open_run: Run, last_year: dict[str, KpiYear], propose: Callable[..., KpiYear], sign_in: SignIn
) -> None:
    propose("1.2")
    client, address, key = sign_in("planner"), f"/kpis/of/{open_run.public_id}/copy/", last_year["1.2"].public_id

    refused = client.post(address, ticks(last_year["1.2"]))
    done = client.post(address, ticks(last_year["1.2"]) | {f"code_{key}": "1.9"}, follow=True)

    assert refused.status_code == 422
    assert f'id="id_code_{key}_fault"' in refused.text
    assert "1 KPI is copied." in done.text


def test_another_group_sees_why_it_cannot_copy_them(
    open_run: Run, framework: Framework, last_year: dict[str, KpiYear], sign_in: SignIn
) -> None:
    client, address = sign_in("staff2"), f"/kpis/of/{open_run.public_id}/copy/"

    page = client.get(address)
    client.post(address, ticks(*last_year.values()))

    assert "Not for you to copy" in page.text
    assert "take_" not in page.text
    assert not framework.kpis.exists()


def test_years_stand_side_by_side_with_what_changed(
    open_run: Run, last_year: dict[str, KpiYear], sign_in: SignIn, proposal: Callable[..., Proposal], cast: SampleAgency
) -> None:
    client = sign_in("planner")
    client.post(f"/kpis/of/{open_run.public_id}/copy/", ticks(last_year["1.2"]))
    copy = KpiYear.objects.get(framework__run=open_run)
    kpis.revise(copy, proposal("1.2", target=Decimal(90)), seen=None, by=cast.people["planner"], at=NEW_YEAR)

    page = client.get(f"/kpis/{copy.public_id}/").text
    changed = client.get(f"/kpis/{copy.public_id}/years/").text
    everything = client.get(f"/kpis/{copy.public_id}/years/?show=all").text

    assert "What changed since 2569" in page
    assert "Fiscal year 2569" in changed
    assert "Measured in" not in changed
    assert "Measured in" in everything


def test_history_tells_before_after_who_and_why(
    propose: Callable[..., KpiYear], proposal: Callable[..., Proposal], sign_in: SignIn, cast: SampleAgency
) -> None:
    kpi, planner = select(propose()), cast.people["planner"]
    kpis.revise(kpi, proposal(target=Decimal(90)), seen=None, because="ตามมติที่ประชุม", by=planner, at=NEW_YEAR)

    page = sign_in("staff2").get(f"/kpis/{kpi.public_id}/history/").text

    assert "revised a KPI" in page
    assert "Why: ตามมติที่ประชุม" in page
    assert all(words in page for words in ("Target", "80", "90", planner.name))
    assert "criteria_kind" not in page


@pytest.mark.parametrize("page", ["years/", "history/", "retire/", "bring-back/", "cancel/", "take-up-again/"])
def test_another_department_finds_none_of_these_pages(
    propose: Callable[..., KpiYear], sign_in: SignIn, page: str
) -> None:
    assert sign_in("planner.pa").get(f"/kpis/{propose().public_id}/{page}").status_code == 404


def test_retiring_asks_why_and_is_undone_by_bringing_back(propose: Callable[..., KpiYear], sign_in: SignIn) -> None:
    kpi, client = propose(), sign_in("planner")

    empty = client.post(f"/kpis/{kpi.public_id}/retire/", {"because": ""})
    retired = client.post(f"/kpis/{kpi.public_id}/retire/", {"because": "เลิกภารกิจ"}, follow=True)
    back = client.post(f"/kpis/{kpi.public_id}/bring-back/", {"because": "กลับมาทำ"}, follow=True)

    assert empty.status_code == 422
    assert "Retired: เลิกภารกิจ" in retired.text
    assert "KPI 1.1 is in use again." in back.text


@pytest.mark.parametrize("verb", ["retire", "cancel"])
def test_staff_read_why_they_cannot_and_are_refused(
    propose: Callable[..., KpiYear], sign_in: SignIn, verb: str
) -> None:
    kpi, client = select(propose()), sign_in("staff")

    page = client.get(f"/kpis/{kpi.public_id}/")
    pressed = client.post(f"/kpis/{kpi.public_id}/{verb}/", {"because": "-", "from_round": "12"})

    assert f"/kpis/{kpi.public_id}/{verb}/" not in page.text
    assert "this is for" in page.text
    assert pressed.status_code == 403


def test_a_kpi_is_cancelled_from_a_round_and_taken_up_again(propose: Callable[..., KpiYear], sign_in: SignIn) -> None:
    kpi, client = select(propose()), sign_in("planner")
    typed = {"from_round": "12", "because": "ไม่ได้รับงบประมาณ", "version": str(kpi.version)}

    cancelled = client.post(f"/kpis/{kpi.public_id}/cancel/", typed, follow=True)
    listed = client.get(f"/kpis/of/{kpi.run.public_id}/")
    stale = client.post(f"/kpis/{kpi.public_id}/take-up-again/", {"because": "ได้งบ", "version": str(kpi.version)})
    again = client.post(f"/kpis/{kpi.public_id}/take-up-again/", {"because": "ได้งบ"}, follow=True)

    assert "Cancelled from the round of 12 months on: ไม่ได้รับงบประมาณ" in cancelled.text
    assert "Cancelled from the round of 12 months" in listed.text
    assert stale.status_code == 409
    assert "KPI 1.1 counts again." in again.text


def typed_revision(kpi: KpiYear, **changes: Any) -> dict[str, Any]:
    levels = {f"level_{level}": str(at) for level, at in enumerate((20, 40, 60, 80, 100), start=1)}
    return {
        "code": kpi.code,
        "title": kpi.title,
        "dimension": kpi.dimension.public_id,
        "group": kpi.group.public_id,
        "measure": kpi.measure,
        "criteria_kind": "ladder",
        "target": "80",
        "version": str(kpi.version),
        **levels,
        **changes,
    }


def test_revising_a_selected_kpi_asks_why(propose: Callable[..., KpiYear], sign_in: SignIn) -> None:
    kpi, client = select(propose()), sign_in("planner")
    address, changed = f"/kpis/{kpi.public_id}/revise/", typed_revision(kpi, target="90")

    asked = client.post(address, changed)
    done = client.post(address, changed | {"because": "ตามมติที่ประชุม"}, follow=True)

    assert asked.status_code == 422
    assert 'id="id_because_fault"' in asked.text
    assert "KPI 1.1 is saved." in done.text


def test_inputs_get_their_letters_and_a_faulty_formula_is_told(
    propose: Callable[..., KpiYear], sign_in: SignIn
) -> None:
    kpi, client = propose(), sign_in("planner")
    rows = {
        "inputs-TOTAL_FORMS": "3",
        "inputs-INITIAL_FORMS": "0",
        "inputs-0-title": "ผู้ผ่าน",
        "inputs-1-title": "ผู้เข้าสอบ",
        "inputs-1-measure": "คน",
    }
    address = f"/kpis/{kpi.public_id}/revise/"

    faulty = client.post(address, typed_revision(kpi, expression="a / c", **rows))
    saved = client.post(address, typed_revision(kpi, expression="a / b * 100", parent="", **rows), follow=True)

    assert faulty.status_code == 422
    assert "“c” is not among the inputs" in faulty.text
    assert "“b”" in faulty.text
    assert "KPI 1.1 is saved." in saved.text
    kpi.refresh_from_db()
    assert [row["name"] for row in kpi.inputs] == ["a", "b"]


def test_the_sheet_takes_steps_with_evidence_and_telephones(propose: Callable[..., KpiYear], sign_in: SignIn) -> None:
    kpi, client = select(propose()), sign_in("staff")
    typed = {
        "definition": "นิยาม",
        "supervisor_phone": "0 2000 0001",
        "steps-TOTAL_FORMS": "2",
        "steps-INITIAL_FORMS": "0",
        "steps-0-title": "ทำแผน",
        "steps-0-evidence": "แผน\r\n\r\nบันทึกเห็นชอบ",
        "steps-1-title": "",
        "steps-1-evidence": "คำสั่ง",
    }
    address = f"/kpis/{kpi.public_id}/details/"

    faulty = client.post(address, typed)
    client.post(address, typed | {"steps-1-title": "ตั้งคณะทำงาน"})

    assert faulty.status_code == 422
    assert "Say what is done in this step." in faulty.text
    kpi.refresh_from_db()
    assert kpi.steps[0] == {"title": "ทำแผน", "evidence": ["แผน", "บันทึกเห็นชอบ"]}
    assert kpi.supervisor_phone == "0 2000 0001"


def matrix(framework: Framework, *rows: tuple[KpiYear, list[int]]) -> dict[str, Any]:
    sources = list(framework.sources.all())
    posted: dict[str, Any] = {}
    for kpi, chosen in rows:
        posted[f"version_{kpi.public_id}"] = str(kpi.version)
        posted[f"answers_{kpi.public_id}"] = [sources[number].public_id for number in chosen]
    return posted


def test_the_matrix_is_ticked_in_place_and_shows_its_holes(
    framework: Framework, propose: Callable[..., KpiYear], sign_in: SignIn
) -> None:
    first, second = propose("1.1", sources=[]), propose("1.2", sources=[])
    client, page = sign_in("staff"), f"/kpis/of/{framework.run.public_id}/framework/"

    before = client.get(page).text
    done = client.post(f"{page}alignment/", matrix(framework, (first, [0]), (second, [])), follow=True).text

    assert "2 without a source · 2 without a KPI" in before
    assert "The sources of 1 KPI are saved." in done
    assert "1 without a source · 1 without a KPI" in done
    assert [source.title for source in first.sources.all()] == ["นโยบายกระทรวง"]


def test_the_matrix_leaves_other_groups_rows_alone(
    framework: Framework, propose: Callable[..., KpiYear], cast: SampleAgency, sign_in: SignIn
) -> None:
    kpi, page = propose("1.1", sources=[]), f"/kpis/of/{framework.run.public_id}/framework/"
    client = sign_in("staff2")

    looked = client.get(page).text
    pressed = client.post(f"{page}alignment/", matrix(framework, (kpi, [0])))

    assert f"answers_{kpi.public_id}" not in looked
    assert pressed.status_code == 403
    assert not kpi.sources.exists()


def test_changing_a_selected_kpis_ticks_asks_why(
    framework: Framework, propose: Callable[..., KpiYear], sign_in: SignIn
) -> None:
    kpi = select(propose("1.1", sources=list(framework.sources.all()[:1])))
    client, page = sign_in("planner"), f"/kpis/of/{framework.run.public_id}/framework/"

    asked = client.post(f"{page}alignment/", matrix(framework, (kpi, [1])), follow=True).text
    done = client.post(f"{page}alignment/", matrix(framework, (kpi, [1])) | {"because": "นโยบายใหม่"}, follow=True).text

    assert "Say why the KPI is changed" in asked
    assert "The sources of 1 KPI are saved." in done


def test_a_planner_types_a_kind_of_source_of_its_own(open_run: Run, sign_in: SignIn) -> None:
    client, page = sign_in("planner"), f"/kpis/of/{open_run.public_id}/framework/"
    posted = {
        "criteria_note": "-",
        "sources-TOTAL_FORMS": "2",
        "sources-INITIAL_FORMS": "0",
        "sources-0-kind": "House Model",
        "sources-0-title": "เสาหลักที่ 1",
        "sources-1-kind": "Policy of the ministry",
        "sources-1-title": "นโยบายกระทรวง",
    }

    answer = client.post(f"{page}policy/", posted, follow=True)

    assert [source.kind for source in Framework.objects.get().sources.all()] == ["House Model", "ministry-policy"]
    assert '<option value="House Model">' in answer.text


def test_a_kpi_of_parts_is_proposed_without_criteria(framework: Framework, cast: SampleAgency, sign_in: SignIn) -> None:
    dimension = framework.dimensions.first()
    assert dimension is not None
    typed = {
        "code": "1",
        "title": "ความสำเร็จของงานบริการ",
        "dimension": dimension.public_id,
        "group": cast.units["mip-1"].public_id,
        "measure": "คะแนน",
        "of_parts": "on",
    }
    client, address = sign_in("staff"), f"/kpis/of/{framework.run.public_id}/propose/"

    whole = client.post(address, typed, follow=True)
    kpi = framework.kpis.get()
    levels = {f"level_{level}": str(level * 20) for level in range(1, 6)}
    part = typed | levels | {"code": "1.1", "criteria_kind": "ladder", "target": "80", "parent": kpi.public_id}
    del part["of_parts"]
    client.post(address, part | {"weight_inside": "40"})
    page = client.get(f"/kpis/{kpi.public_id}/").text

    assert "KPI 1 is proposed." in whole.text
    assert [rung.at for rung in rungs_of(kpi)] == [1, 2, 3, 4, 5]
    assert "Parts of this KPI" in page
    assert "40.00" in page


def test_a_revision_keeps_past_results_that_the_page_has_no_room_for(
    propose: Callable[..., KpiYear], sign_in: SignIn
) -> None:
    kpi = propose(baseline={2560: Decimal(50), 2569: Decimal(60)})
    client, address = sign_in("planner"), f"/kpis/{kpi.public_id}/revise/"

    shown = client.get(address).text
    client.post(address, typed_revision(kpi, baseline_2569="70"))

    kpi.refresh_from_db()
    assert "Average of all past results: 55" in shown
    assert kpi.baseline == {"2560": "50", "2569": "70"}


def test_what_was_retired_is_named_where_it_would_be_copied(
    open_run: Run, framework: Framework, last_year: dict[str, KpiYear], sign_in: SignIn
) -> None:
    client = sign_in("planner")

    client.post(f"/kpis/{last_year['1.2'].public_id}/retire/", {"because": "เลิกภารกิจ"})
    page = client.get(f"/kpis/of/{open_run.public_id}/copy/").text

    assert f"take_{last_year['1.2'].public_id}" not in page
    assert "เลิกภารกิจ" in page
