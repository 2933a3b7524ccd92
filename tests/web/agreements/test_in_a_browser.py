"""The agreement from the draft to the last signature, on real pages."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from raprong.agreements.enums import State
from raprong.agreements.models import Agreement
from raprong.cli.sample.organisation import SampleAgency
from raprong.kpis.models import KpiYear
from raprong.processes.models import Run
from tests.factories.agreements import make_ready
from tests.web.keyboard import PASSWORD

MAKERS = ["planning-head", "head1", "head2"]


@pytest.mark.django_db(transaction=True)
def test_the_agreement_is_drafted_opened_and_signed_by_all(
    sit_down: Callable[[str], Any],
    look_for_violations: Callable[[Any], None],
    cast: SampleAgency,
    run: Run,
    selected: list[KpiYear],
) -> None:
    address = reverse("agreements:agreement", kwargs={"run": run.public_id})
    page = sit_down("planner")
    page.goto(address)
    look_for_violations(page)
    page.get_by_role("button", name="จัดทำร่างคำรับรอง").click()
    look_for_violations(page)

    page.get_by_role("link", name="แก้ไขคู่ลงนาม").click()
    look_for_violations(page)
    page.get_by_role("button", name="บันทึกคู่ลงนาม").click()
    page.get_by_role("link", name="กำหนดวันและสถานที่", exact=True).click()
    page.get_by_label("วันที่ลงนาม").fill("15 ธ.ค. 2590")
    page.get_by_label("สถานที่").fill("ห้องประชุม ๑")
    look_for_violations(page)
    page.get_by_role("button", name="บันทึก", exact=True).click()
    make_ready(Agreement.objects.get(), cast.people["planner"])
    page.reload()
    page.get_by_role("button", name="เปิดให้ลงนาม").click()
    page.get_by_text("เปิดให้ลงนามคำรับรองแล้ว").wait_for()

    for username in [*MAKERS, "director"]:
        page, looks = sit_down(username), username in (MAKERS[0], "director")
        page.goto(address)
        if looks:
            look_for_violations(page)
        page.get_by_role("link", name="อ่านและลงนาม").click()
        if looks:
            look_for_violations(page)
        page.get_by_role("checkbox").check()
        page.get_by_label("รหัสผ่านของท่าน").fill(PASSWORD)
        page.get_by_role("button", name="ลงนามคำรับรอง").click()
        page.get_by_text("ท่านลงนามแล้ว").first.wait_for()

    assert Agreement.objects.get().state == State.IN_FORCE
    look_for_violations(page)
    page.goto(reverse("agreements:papers", kwargs={"run": run.public_id}))
    look_for_violations(page)
