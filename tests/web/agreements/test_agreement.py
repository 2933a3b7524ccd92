"""The page of the year's agreement, by side."""

import pytest
from django.urls import reverse

from raprong.agreements.enums import State
from raprong.agreements.models import Agreement
from raprong.cli.sample.organisation import SampleAgency
from raprong.core import clock
from raprong.kpis.models import KpiYear
from raprong.processes.models import Run
from tests.web.keyboard import PASSWORD, SignIn


def page_of(run: Run) -> str:
    return reverse("agreements:agreement", kwargs={"run": run.public_id})


def address(name: str, agreement: Agreement) -> str:
    return reverse(f"agreements:{name}", kwargs={"agreement": agreement.public_id})


def test_before_the_weights_are_whole_the_button_says_why_not(run: Run, sign_in: SignIn) -> None:
    page = sign_in("planner").get(page_of(run)).text

    assert "จัดทำร่างคำรับรอง" in page
    assert "ยังไม่ได้คัดเลือกตัวชี้วัด" in page


def test_the_planner_drafts_and_comes_back_to_the_page(run: Run, selected: list[KpiYear], sign_in: SignIn) -> None:
    answer = sign_in("planner").post(page_of(run), follow=True)

    assert answer.redirect_chain == [(page_of(run), 302)]
    assert Agreement.objects.get().state == State.DRAFTING
    assert "นางกานดา ตัวอย่าง" in answer.text


def test_staff_read_it_and_are_told_who_could_change_it(drafted: Agreement, sign_in: SignIn) -> None:
    page = sign_in("staff").get(page_of(drafted.run)).text

    assert "เจ้าหน้าที่แผนงาน" in page
    assert address("open-signing", drafted) not in page


@pytest.mark.parametrize("username", ["planner.pa", "director.pa", "auditor.pa", "admin"])
def test_whom_it_does_not_concern_finds_no_page(
    username: str, drafted: Agreement, sign_in: SignIn, other_cast: SampleAgency
) -> None:
    client = sign_in(username)

    addresses = [page_of(drafted.run), *(address(name, drafted) for name in ("parties", "ceremony", "sign", "paper"))]

    assert [client.get(each).status_code for each in addresses] == [404] * len(addresses)


def test_the_list_shows_only_what_one_may_read(drafted: Agreement, sign_in: SignIn, other_cast: SampleAgency) -> None:
    assert drafted.run.unit.name in sign_in("staff").get(reverse("agreements:list")).text
    assert drafted.run.unit.name not in sign_in("planner.pa").get(reverse("agreements:list")).text


def rows(agreement: Agreement, **changes: str) -> dict[str, str]:
    """The form of the parties as the page shows it."""
    data = {"version": str(agreement.version), "parties-TOTAL_FORMS": "6", "parties-INITIAL_FORMS": "4"}
    for number, party in enumerate(agreement.parties.select_related("person")):
        data |= {
            f"parties-{number}-side": party.side,
            f"parties-{number}-person": party.person.public_id,
            f"parties-{number}-post": party.post,
            f"parties-{number}-acting": party.acting,
        }
    for number in (4, 5):
        data |= {f"parties-{number}-side": "maker", f"parties-{number}-person": "", f"parties-{number}-post": ""}
    return data | changes


def test_a_party_is_left_out_and_a_post_is_changed(drafted: Agreement, sign_in: SignIn) -> None:
    changes = {"parties-3-DELETE": "on", "parties-0-post": "ผู้อำนวยการ"}

    answer = sign_in("planner").post(address("parties", drafted), rows(drafted, **changes))

    assert answer.status_code == 302
    assert drafted.parties.count() == 3
    assert drafted.parties.filter(post="ผู้อำนวยการ").exists()


def test_faults_of_parties_stand_at_their_rows_and_nothing_is_lost(drafted: Agreement, sign_in: SignIn) -> None:
    twice = drafted.parties.select_related("person").first()
    assert twice is not None
    changes = {"parties-1-person": twice.person.public_id, "parties-2-post": "ตำแหน่งที่พิมพ์ไว้"}

    answer = sign_in("planner").post(address("parties", drafted), rows(drafted, **changes))

    assert answer.status_code == 422
    assert "ถูกระบุซ้ำ" in answer.text
    assert "ตำแหน่งที่พิมพ์ไว้" in answer.text
    assert drafted.parties.count() == 4


def test_an_old_form_of_parties_is_told_and_kept(drafted: Agreement, sign_in: SignIn) -> None:
    old = rows(drafted)
    client = sign_in("planner")
    client.post(address("parties", drafted), old)

    answer = client.post(address("parties", drafted), old | {"parties-0-post": "ที่พิมพ์ไว้"})

    assert answer.status_code == 409
    assert "ที่พิมพ์ไว้" in answer.text


def test_day_and_place_are_set_with_a_thai_date(drafted: Agreement, sign_in: SignIn) -> None:
    year = clock.today().year + 544
    data = {"signing_on": f"15 ธ.ค. {year}", "venue": "ห้องประชุม ๒", "version": drafted.version}

    answer = sign_in("planner").post(address("ceremony", drafted), data)

    drafted.refresh_from_db()
    assert answer.status_code == 302
    assert (drafted.signing_on, drafted.venue) == (
        clock.today().replace(year=year - 543, month=12, day=15),
        "ห้องประชุม ๒",
    )


def test_a_day_that_has_passed_is_a_fault_at_its_field(drafted: Agreement, sign_in: SignIn) -> None:
    data = {"signing_on": "1/10/2560", "venue": "ห้องประชุม", "version": drafted.version}

    answer = sign_in("planner").post(address("ceremony", drafted), data)

    assert answer.status_code == 422
    assert "วันที่ระบุผ่านไปแล้ว" in answer.text
    assert "ห้องประชุม" in answer.text


def test_the_paper_prints_before_it_is_shown_for_signing(drafted: Agreement, sign_in: SignIn) -> None:
    answer = sign_in("staff").get(address("paper", drafted))

    assert answer.headers["Content-Type"] == "application/pdf"
    assert b"".join(answer.streaming_content).startswith(b"%PDF")


def test_a_seal_is_checked_on_the_page(in_force: Agreement, sign_in: SignIn) -> None:
    page = sign_in("auditor").get(page_of(in_force.run), {"check": "seal"}).text

    assert "แฟ้มนี้ไม่ถูกแก้ไขตั้งแต่ประทับตรา" in page


def test_the_password_signs(opened: Agreement, sign_in: SignIn) -> None:
    assert opened.paper is not None
    data = {"seen_sha256": opened.paper.sha256, "intent": "on", "password": PASSWORD}

    answer = sign_in("head1").post(address("sign", opened), data)

    assert answer.status_code == 302
    assert opened.parties.filter(request__signature__isnull=False).count() == 1


def test_a_wrong_password_is_a_sentence_and_loses_nothing(opened: Agreement, sign_in: SignIn) -> None:
    assert opened.paper is not None
    data = {"seen_sha256": opened.paper.sha256, "intent": "on", "password": "something else"}

    answer = sign_in("head1").post(address("sign", opened), data)

    assert answer.status_code == 422
    assert "รหัสผ่านไม่ถูกต้อง" in answer.text
    assert 'name="intent" aria' in answer.text or "checked" in answer.text
    assert opened.paper.sha256 in answer.text
    assert not opened.parties.filter(request__signature__isnull=False).exists()


def test_without_the_tick_nothing_is_signed(opened: Agreement, sign_in: SignIn) -> None:
    assert opened.paper is not None
    data = {"seen_sha256": opened.paper.sha256, "password": PASSWORD}

    assert sign_in("head1").post(address("sign", opened), data).status_code == 422
    assert not opened.parties.filter(request__signature__isnull=False).exists()


def test_before_ones_turn_the_page_of_signing_says_who_is_awaited(opened: Agreement, sign_in: SignIn) -> None:
    answer = sign_in("director").get(address("sign", opened))

    assert answer.status_code == 403
    assert "นายปกรณ์ ตัวอย่าง" in answer.text


def test_sending_back_asks_for_the_reason(opened: Agreement, sign_in: SignIn) -> None:
    client = sign_in("head2")
    empty = client.post(address("send-back", opened), {"because": " "})

    answer = client.post(address("send-back", opened), {"because": "น้ำหนักสลับกัน"})

    assert empty.status_code == 422
    assert answer.status_code == 302
    assert Agreement.objects.get().state == State.DRAFTING


def test_opening_from_an_old_page_is_told(drafted: Agreement, sign_in: SignIn) -> None:
    assert sign_in("planner").post(address("open-signing", drafted)).status_code in (403, 409)
    assert Agreement.objects.get().state == State.DRAFTING


@pytest.mark.parametrize("kind", ["manual", "committee_order"])
def test_manual_and_order_are_drafted_and_lead_to_the_letter(kind: str, in_force: Agreement, sign_in: SignIn) -> None:
    address_of_issue = reverse("agreements:issue", kwargs={"run": in_force.run.public_id, "kind": kind})
    client = sign_in("planner")

    answer = client.post(address_of_issue, follow=True)
    again = client.post(address_of_issue)

    assert answer.status_code == 200
    assert answer.redirect_chain[0][0].startswith("/letters/")
    assert again.status_code == 403


def test_another_kind_is_no_page(in_force: Agreement, sign_in: SignIn) -> None:
    address_of_issue = reverse("agreements:issue", kwargs={"run": in_force.run.public_id, "kind": "circular"})

    assert sign_in("planner").post(address_of_issue).status_code == 404
