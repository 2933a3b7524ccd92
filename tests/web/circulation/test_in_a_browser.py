"""A letter from the signature to the last reader, on real pages."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from raprong.circulation.models import Letter, Recipient
from raprong.cli.sample.organisation import SampleAgency
from tests.web.keyboard import PASSWORD


@pytest.mark.django_db(transaction=True)
def test_a_circular_is_signed_sent_read_and_acknowledged(
    sit_down: Callable[[str], Any],
    look_for_violations: Callable[[Any], None],
    cast: SampleAgency,
    drafted: Letter,
) -> None:
    page = sit_down("planner")
    page.goto(reverse("circulation:revise", kwargs={"letter": drafted.public_id}))
    look_for_violations(page)
    page.get_by_label("ข้อความ").fill("แจ้งกลุ่มต่างๆ\nจึงเรียนมาเพื่อทราบ")
    page.get_by_role("button", name="แก้ไขให้", exact=True).click()
    assert page.get_by_label("ข้อความ").input_value() == "แจ้งกลุ่มต่าง ๆ\nจึงเรียนมาเพื่อทราบ"
    page.get_by_role("button", name="บันทึกร่าง").click()
    page.get_by_role("button", name="ส่งตรวจ").click()
    page.get_by_text("ส่งหนังสือให้ตรวจแล้ว").first.wait_for()

    page = sit_down("planning-head")
    page.goto(reverse("circulation:list"))
    page.get_by_role("link", name="อ่านและตรวจ").click()
    look_for_violations(page)
    page.get_by_role("button", name="ถูกต้องแล้ว เสนอลงนาม").click()
    page.get_by_text("ตรวจหนังสือแล้ว").first.wait_for()

    page = sit_down("director")
    page.goto(reverse("circulation:list"))
    look_for_violations(page)
    page.get_by_role("link", name="อ่านและลงนาม").click()
    look_for_violations(page)
    page.get_by_role("checkbox").check()
    page.get_by_label("รหัสผ่านของท่าน").fill(PASSWORD)
    page.get_by_role("button", name="ลงนาม").click()
    page.get_by_text("ลงนามแล้ว เลขที่").wait_for()

    page = sit_down("planner")
    page.goto(reverse("circulation:letter", kwargs={"letter": drafted.public_id}))
    page.get_by_role("link", name="เลือกผู้รับและส่ง").click()
    look_for_violations(page)
    page.get_by_role("button", name="ส่ง", exact=True).click()
    page.get_by_text("ส่งหนังสือแล้ว").wait_for()

    page = sit_down("staff")
    page.goto(reverse("circulation:list"))
    page.get_by_role("link", name=drafted.subject).first.click()
    look_for_violations(page)
    page.get_by_role("button", name="เปิดอ่านหนังสือ").click()
    page.get_by_role("button", name="รับทราบ").click()
    page.get_by_text("ท่านรับทราบหนังสือแล้ว").wait_for()
    look_for_violations(page)

    assert Recipient.objects.get(person=cast.people["staff"]).acknowledged_at is not None
