"""The list of agreements of groups and people, and the page of each."""

from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from raprong.agreements import actions
from raprong.agreements.enums import Side, State, Tier
from raprong.agreements.models import Agreement
from raprong.cascade import agreements as cascade
from raprong.cascade.models import Commitment
from raprong.cli.sample.organisation import SampleAgency
from raprong.core import clock
from raprong.kpis.models import KpiYear
from raprong.organisation.models import Person
from raprong.processes.models import Run
from tests.factories.agreements import sign_all
from tests.web.agreements.test_agreement import address
from tests.web.keyboard import PASSWORD, SignIn


@pytest.fixture
def handed_on(in_force: Agreement, selected: list[KpiYear], cast: SampleAgency) -> Commitment:
    """One KPI of the group of head1, of which staff has taken on a part."""
    group = cast.units["mip-1"]
    KpiYear.objects.filter(pk=selected[0].pk).update(group=group)
    return Commitment.objects.create(
        kpi=selected[0],
        group=group,
        person=cast.people["staff"],
        duty="เก็บข้อมูลรายเดือน",
        assigned_at=clock.now(),
        assigned_by=cast.people["head1"],
    )


def list_of(run: Run) -> str:
    return reverse("agreements:beneath", kwargs={"run": run.public_id})


def drafted_of(person: Person) -> Agreement:
    return Agreement.objects.get(tier=Tier.PERSON, person=person)


def test_a_head_drafts_the_own_group_and_its_people_at_once(
    run: Run, handed_on: Commitment, sign_in: SignIn, cast: SampleAgency
) -> None:
    client = sign_in("head1")
    assert "จัดทำร่างทุกฉบับที่ยังขาด" in client.get(list_of(run)).text

    answer = client.post(list_of(run), follow=True)

    assert "จัดทำร่างคำรับรองแล้ว ๒ ฉบับ" in answer.text
    made = Agreement.objects.exclude(tier=Tier.UNIT)
    assert {(each.tier, each.group) for each in made} == {
        (Tier.GROUP, cast.units["mip-1"]),
        (Tier.PERSON, cast.units["mip-1"]),
    }


def test_staff_see_the_list_and_nothing_to_press(run: Run, handed_on: Commitment, sign_in: SignIn) -> None:
    page = sign_in("staff").get(list_of(run)).text

    assert handed_on.person.name in page
    assert reverse("agreements:draft-beneath", kwargs={"run": run.public_id}) not in page


def test_a_person_is_drafted_for_alone(run: Run, handed_on: Commitment, sign_in: SignIn) -> None:
    whom = {"group": handed_on.group.public_id, "person": handed_on.person.public_id}

    answer = sign_in("head1").post(reverse("agreements:draft-beneath", kwargs={"run": run.public_id}), whom)

    assert answer.headers["Location"] == address("tier", drafted_of(handed_on.person))


def test_the_page_says_what_is_theirs_to_do_and_follows_it(run: Run, handed_on: Commitment, sign_in: SignIn) -> None:
    client = sign_in("head1")
    client.post(list_of(run))
    made = drafted_of(handed_on.person)
    assert "เก็บข้อมูลรายเดือน" in client.get(address("tier", made)).text

    Commitment.objects.update(duty="รายงานผล")
    behind = client.get(address("tier", made)).text
    client.post(address("bring-up-to-date", made))

    assert "เปลี่ยนไปหลังจัดทำร่าง" in behind
    page = client.get(address("tier", made)).text
    assert "รายงานผล" in page
    assert "เปลี่ยนไปหลังจัดทำร่าง" not in page


def test_maker_and_receiver_sign_it_on_the_page_they_know(run: Run, handed_on: Commitment, sign_in: SignIn) -> None:
    head = sign_in("head1")
    head.post(list_of(run))
    made = drafted_of(handed_on.person)
    head.post(
        address("ceremony", made),
        {"signing_on": clock.today().isoformat(), "venue": "ห้องหัวหน้ากลุ่ม", "version": made.version},
    )
    made.refresh_from_db()
    head.post(address("open-signing", made), {"version": made.version})
    made.refresh_from_db()
    assert made.paper
    shown = {"seen_sha256": made.paper.sha256, "intent": "on", "password": PASSWORD}

    sign_in("staff").post(address("sign", made), shown)
    sign_in("head1").post(address("sign", made), shown)

    made.refresh_from_db()
    assert made.state == State.IN_FORCE


@pytest.fixture
def signed(run: Run, handed_on: Commitment, monkeypatch: pytest.MonkeyPatch) -> Agreement:
    """The person's agreement in force; the end of the year has tests of its own."""
    monkeypatch.setattr("raprong.agreements.policies.check_year_is_open", lambda *args, **kwargs: None)
    monkeypatch.setattr("raprong.agreements.addenda.check_terms", lambda *args, **kwargs: None)
    head = handed_on.assigned_by
    made = cascade.draft_for_person(run, handed_on.group, handed_on.person, by=head, at=clock.now())
    ready = actions.set_ceremony(
        made, signing_on=clock.today(), venue="ห้องหัวหน้ากลุ่ม", seen=None, by=head, at=clock.now()
    )
    return sign_all(actions.open_signing(ready, seen=None, by=head, at=clock.now()), at=clock.now())


def test_what_was_taken_on_since_is_agreed_by_an_addendum(signed: Agreement, run: Run, sign_in: SignIn) -> None:
    Commitment.objects.update(duty="รายงานผลทุกเดือน")
    client = sign_in("head1")
    assert "ต่างจากที่ตกลงไว้แล้ว" in client.get(list_of(run)).text
    assert "โปรดจัดทำฉบับแก้ไขเพิ่มเติม" in client.get(address("tier", signed)).text

    terms = {"because": "มอบหมายงานเพิ่ม", "effective_on": clock.today().isoformat()}
    answer = client.post(address("draft-addendum", signed), terms, follow=True)

    addendum = Agreement.objects.get(number=1)
    assert answer.redirect_chain[-1][0] == address("addendum", addendum)
    assert "เก็บข้อมูลรายเดือน" in answer.text
    assert "รายงานผลทุกเดือน" in answer.text
    assert client.get(address("addendum-changes", addendum)).status_code == 404
    assert client.get(address("paper", addendum)).headers["Content-Type"] == "application/pdf"
    assert sign_in("staff").get(address("draft-addendum", signed)).status_code == 403
    assert sign_in("auditor").get(address("addendum", addendum)).status_code == 404


def test_who_moved_to_another_group_agrees_with_its_head(
    signed: Agreement, cast: SampleAgency, sign_in: SignIn
) -> None:
    Commitment.objects.update(group=cast.units["mip-2"])

    made = cascade.draft_addendum(
        signed, because="ย้ายกลุ่ม", effective_on=clock.today(), by=cast.people["planner"], at=clock.now()
    )

    assert made.group == cast.units["mip-2"]
    assert made.parties.get(side=Side.RECEIVER).person == cast.people["head2"]
    assert sign_in("head2").get(address("addendum", made)).status_code == 200


def test_a_draft_is_withdrawn_with_its_reason(run: Run, handed_on: Commitment, sign_in: SignIn) -> None:
    client = sign_in("head1")
    client.post(list_of(run))
    made = drafted_of(handed_on.person)
    assert address("withdraw", made) in client.get(address("tier", made)).text

    empty = client.post(address("withdraw", made), {"because": ""})
    answer = client.post(address("withdraw", made), {"because": "ย้ายไปกลุ่มอื่น"}, follow=True)

    assert empty.status_code == 422
    assert "ถอนร่างแล้ว" in answer.text
    assert client.get(address("tier", made)).status_code == 404
    assert "จัดทำร่างทุกฉบับที่ยังขาด" in answer.text


@pytest.mark.parametrize("who, status", [("staff", 200), ("director", 200), ("head2", 404), ("auditor", 404)])
def test_a_persons_agreement_is_read_by_few(
    run: Run, handed_on: Commitment, sign_in: SignIn, who: str, status: int
) -> None:
    sign_in("head1").post(list_of(run))

    assert sign_in(who).get(address("tier", drafted_of(handed_on.person))).status_code == status


def test_the_list_of_all_agreements_names_whose_each_is(run: Run, handed_on: Commitment, sign_in: SignIn) -> None:
    sign_in("head1").post(list_of(run))

    page = sign_in("planner").get(reverse("agreements:list")).text

    assert page.index(handed_on.group.name) < page.index(handed_on.person.name)


def test_its_workbook_has_its_own_kpis_alone(
    run: Run, handed_on: Commitment, selected: list[KpiYear], sign_in: SignIn
) -> None:
    sign_in("head1").post(list_of(run))

    answer = sign_in("head1").get(address_of_workbook(drafted_of(handed_on.person)))
    sheet = load_workbook(BytesIO(b"".join(answer))).active  # type: ignore[arg-type]

    assert sheet is not None
    cells = {str(cell.value) for row in sheet.iter_rows() for cell in row}
    assert selected[0].title in cells
    assert selected[1].title not in cells


def address_of_workbook(agreement: Agreement) -> str:
    return reverse("papers:agreement", kwargs={"agreement": agreement.public_id})
