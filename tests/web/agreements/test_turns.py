"""Declining, naming another and reminding, on their pages."""

from datetime import timedelta

from raprong.agreements.enums import State
from raprong.agreements.models import Agreement
from raprong.cli.sample.organisation import SampleAgency
from raprong.core import clock
from raprong.signatures.models import SignatureRequest
from tests.web.agreements.test_agreement import address, page_of
from tests.web.keyboard import SignIn


def test_declining_asks_why_and_the_page_tells_everybody(opened: Agreement, sign_in: SignIn) -> None:
    client = sign_in("head1")
    empty = client.post(address("decline", opened), {"because": " "})

    client.post(address("decline", opened), {"because": "น้ำหนักสลับกัน"})

    page = sign_in("head2").get(page_of(opened.run)).text
    assert empty.status_code == 422
    assert "น้ำหนักสลับกัน" in page
    assert "ยังรอ: " not in page
    assert "ไม่ประสงค์ลงนาม" in page


def test_the_planner_names_another_and_everybody_signs_anew(
    opened: Agreement, sign_in: SignIn, cast: SampleAgency
) -> None:
    place = opened.parties.get(person=cast.people["head1"])
    way = address("parties", opened) + f"{place.public_id}/another/"
    client = sign_in("planner")
    data = {"person": cast.people["staff"].public_id, "post": "เจ้าหน้าที่ผู้ไม่มีตำแหน่งนี้", "version": opened.version}

    page, refused = client.get(way), client.post(way, data)
    data["post"] = cast.people["staff"].appointments.get().position.title
    named = client.post(way, data)

    assert "พิมพ์ใหม่" in page.text
    assert refused.status_code == 422
    assert 'name="post" value="เจ้าหน้าที่ผู้ไม่มีตำแหน่งนี้"' in refused.text
    assert named.status_code == 302
    assert opened.parties.get(pk=place.pk).person == cast.people["staff"]


def test_a_reminder_is_one_press_and_then_waits(opened: Agreement, sign_in: SignIn) -> None:
    SignatureRequest.objects.update(requested_at=clock.now() - timedelta(days=1))
    client = sign_in("planner")

    first = client.post(address("remind", opened), follow=True)
    second = client.post(address("remind", opened))

    assert "แจ้งเตือนแล้ว" in first.text
    assert second.status_code == 403
    assert Agreement.objects.get().state == State.SIGNING
