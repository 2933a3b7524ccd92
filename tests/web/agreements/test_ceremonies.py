"""The pages of a ceremony: plan, sitting, big screen, papers."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.urls import reverse

from raprong.agreements import actions, ceremonies
from raprong.agreements.ceremonies import Plan
from raprong.agreements.ceremony_standing import agreements_in
from raprong.agreements.enums import State
from raprong.agreements.models import Agreement, Ceremony
from raprong.cascade import agreements as cascade
from raprong.cli.sample.organisation import SampleAgency
from raprong.core import clock
from raprong.core.clock import day_of
from raprong.lib.qr_codes import drawn_for_screen
from raprong.lib.thai.digits import to_thai_digits
from raprong.organisation.models import Person
from raprong.signatures.enums import Way
from raprong.signatures.models import Signature
from tests.cast import FISCAL_YEAR
from tests.factories.agreements import SIGNING, make_ready, proof_of
from tests.factories.certificates import authority, issue
from tests.web.keyboard import PASSWORD, SignIn


@pytest.fixture
def ceremony_of(planner: Person) -> Callable[[Agreement], Ceremony]:
    """A ceremony with one agreement, open for signing."""

    def arranged(agreement: Agreement) -> Ceremony:
        at, day = clock.now(), max(day_of(SIGNING), clock.today())
        plan = Plan("พิธีลงนาม", day, "ห้องประชุมใหญ่", guests=["ประธานในพิธี"])
        made = ceremonies.arrange(agreement.run.unit, plan, fiscal_year=FISCAL_YEAR, by=planner, at=at)
        ceremonies.take_in(made, agreement, by=planner, at=at)
        make_ready(agreement, planner, at=at)
        actions.open_signing(agreements_in(made).get(), seen=None, by=planner, at=at)
        return made

    return arranged


@pytest.fixture
def ceremony(drafted: Agreement, ceremony_of: Callable[[Agreement], Ceremony]) -> Ceremony:
    return ceremony_of(drafted)


def page(name: str, ceremony: Ceremony) -> str:
    return reverse(f"agreements:{name}", kwargs={"ceremony": ceremony.public_id})


def sign_makers(ceremony: Ceremony, cast: SampleAgency) -> None:
    agreement, at = agreements_in(ceremony).get(), clock.now()
    for name in ("head1", "head2", "planning-head"):
        person = cast.people[name]
        actions.sign(agreement, identity=proof_of(person, at=at), by=person, at=at)


def test_a_ceremony_is_planned_and_agreements_are_put_in(drafted: Agreement, sign_in: SignIn) -> None:
    client, day = sign_in("planner"), clock.today().isoformat()
    unit = drafted.run.unit.public_id
    data = {"unit": unit, "title": "พิธีลงนาม", "held_on": day, "begins_at": "9:30", "venue": "ห้องประชุมใหญ่"}

    wrong = client.post(reverse("agreements:arrange-ceremony"), data | {"held_on": "1/10/2560"})
    made = client.post(reverse("agreements:arrange-ceremony"), data | {"guests": "ประธาน\nแขก"}, follow=True)
    ceremony = Ceremony.objects.get()
    taken = client.post(page("ceremony-take-in", ceremony), {"agreement": drafted.public_id}, follow=True)

    assert wrong.status_code == 422
    assert "แขก" in made.text
    assert "ปากกา" in taken.text  # the checklist of the SOP
    assert agreements_in(ceremony).get() == drafted


def test_the_director_signs_what_is_ticked_with_one_password(
    ceremony: Ceremony, sign_in: SignIn, cast: SampleAgency
) -> None:
    sign_makers(ceremony, cast)
    client, way = sign_in("director"), page("ceremony-sitting", ceremony)
    agreement = agreements_in(ceremony).get()
    assert agreement.paper is not None
    seen = {f"seen_{agreement.public_id}": agreement.paper.sha256}
    ticked = seen | {f"sign_{agreement.public_id}": "on", "password": PASSWORD}

    untouched = client.post(way, seen | {"password": PASSWORD})
    mistyped = client.post(way, ticked | {"password": "another"})
    signed = client.post(way, ticked, follow=True)

    assert (untouched.status_code, mistyped.status_code) == (422, 422)
    assert agreements_in(ceremony).get().state == State.IN_FORCE
    assert "ไม่มีฉบับที่รอท่านลงนาม" in signed.text


def test_a_ceremony_is_called_off_with_its_reason(ceremony: Ceremony, sign_in: SignIn) -> None:
    client = sign_in("planner")
    assert page("call-off-ceremony", ceremony) in client.get(page("ceremony-plan", ceremony)).text

    empty = client.post(page("call-off-ceremony", ceremony), {"because": ""})
    answer = client.post(page("call-off-ceremony", ceremony), {"because": "ห้องประชุมไม่ว่าง"}, follow=True)

    assert empty.status_code == 422
    assert "งดจัดพิธีนี้แล้ว: ห้องประชุมไม่ว่าง" in answer.text
    assert "งดจัดแล้ว" in client.get(reverse("agreements:ceremonies")).text


def test_many_are_put_in_and_opened_at_once(in_force: Agreement, planner: Person, sign_in: SignIn) -> None:
    made = cascade.draft_missing(in_force.run, by=planner, at=clock.now())
    nobody = made[0]
    nobody.parties.all().delete()
    plan = Plan("พิธีลงนามของกลุ่ม", clock.today(), "ห้องประชุม ๒")
    ceremony = ceremonies.arrange(in_force.run.unit, plan, fiscal_year=FISCAL_YEAR, by=planner, at=clock.now())
    client = sign_in("planner")

    client.post(page("ceremony-take-in", ceremony), {"all": "on"})
    answer = client.post(page("ceremony-open", ceremony), follow=True)

    states = {agreement.pk: agreement.state for agreement in agreements_in(ceremony)}
    assert len(states) == len(made) > 1
    assert states.pop(nobody.pk) == State.DRAFTING
    assert set(states.values()) == {State.SIGNING}
    assert f"เปิดให้ลงนามแล้ว {to_thai_digits(str(len(states)))} ฉบับ" in answer.text
    assert sign_in("staff").post(page("ceremony-open", ceremony)).status_code in (403, 404)


def test_a_certificate_is_opened_once_for_what_is_ticked(
    drafted: Agreement, planner: Person, sign_in: SignIn, ceremony_of: Callable[[Agreement], Ceremony]
) -> None:
    actions.choose_way(drafted, Way.CERTIFICATE, seen=None, by=planner, at=clock.now())
    ceremony = ceremony_of(drafted)
    client, agreement = sign_in("head1"), agreements_in(ceremony).get()
    assert agreement.shown is not None
    content = issue(authority(), "Sample head").pkcs12("known to its owner")
    ticked = {f"seen_{agreement.public_id}": agreement.shown.sha256, f"sign_{agreement.public_id}": "on"}

    def post(password: str) -> HttpResponse:
        data = ticked | {"certificate": SimpleUploadedFile("head.p12", content), "password": password}
        return client.post(page("ceremony-certificate-sitting", ceremony), data)

    led = client.get(page("ceremony-plan", ceremony)).text
    wrong, signed = post("another"), post("known to its owner")

    assert page("ceremony-certificate-sitting", ceremony) in led
    assert (wrong.status_code, signed.status_code) == (422, 302)
    assert Signature.objects.get().method == "certificate"
    assert "ไม่มีฉบับที่รอท่านลงนาม" in client.get(page("ceremony-certificate-sitting", ceremony)).text


def test_the_big_screen_turns_when_a_pair_has_signed(ceremony: Ceremony, sign_in: SignIn, cast: SampleAgency) -> None:
    client = sign_in("planner")
    before = client.get(page("ceremony-screen", ceremony), headers={"HX-Request": "true"}).text
    sign_makers(ceremony, cast)
    agreement, director, at = agreements_in(ceremony).get(), cast.people["director"], clock.now()
    actions.sign(agreement, identity=proof_of(director, at=at), by=director, at=at)

    after = client.get(page("ceremony-screen", ceremony), headers={"HX-Request": "true"}).text

    assert "<html" not in before
    assert (before.count("pair-done"), after.count("pair-done")) == (0, 3)
    assert director.name in after


def test_the_code_opens_the_page_of_signing(ceremony: Ceremony, sign_in: SignIn) -> None:
    agreement = agreements_in(ceremony).get()
    keys = {"ceremony": ceremony.public_id, "agreement": agreement.public_id}

    answer = sign_in("head1").get(reverse("agreements:ceremony-code", kwargs=keys))

    assert answer.headers["Content-Type"] == "image/svg+xml"
    signing = reverse("agreements:sign", kwargs={"agreement": agreement.public_id})
    assert answer.text == drawn_for_screen(f"http://testserver{signing}")


def test_papers_are_printed_ready_and_downloaded(ceremony: Ceremony, sign_in: SignIn) -> None:
    client = sign_in("planner")

    client.post(page("ceremony-keep-ready", ceremony))
    answer = client.get(page("ceremony-papers", ceremony))

    assert answer.content.startswith(b"PK")
    assert sign_in("staff").get(page("ceremony-papers", ceremony)).status_code == 403


def test_others_find_no_ceremony(ceremony: Ceremony, sign_in: SignIn, other_cast: SampleAgency) -> None:
    client = sign_in("planner.pa")

    assert client.get(page("ceremony-plan", ceremony)).status_code == 404
    assert client.get(page("ceremony-screen", ceremony)).status_code == 404


def test_seats_are_planned_printed_and_shown_on_the_wall(ceremony: Ceremony, sign_in: SignIn) -> None:
    client = sign_in("planner")
    assert client.get(page("ceremony-seats", ceremony)).status_code == 404
    data = {
        "unit": ceremony.unit.public_id,
        "title": ceremony.title,
        "held_on": ceremony.held_on.isoformat(),
        "venue": ceremony.venue,
        "guests": "นายประธาน ตัวอย่าง, อธิบดี",
        "seat_rows": "2",
        "seats_in_row": "3",
        "seating": "from_middle",
        "version": ceremony.version,
    }

    client.post(page("change-ceremony", ceremony), data)

    wall = client.get(page("ceremony-seats", ceremony)).text
    assert "นายประธาน ตัวอย่าง" in wall
    assert "แถว ๒" in wall
    paper = client.get(page("ceremony-seat-paper", ceremony))
    assert paper.headers["Content-Type"] == "application/pdf"


def test_the_seat_plan_is_for_those_of_the_ceremony(ceremony: Ceremony, sign_in: SignIn) -> None:
    Ceremony.objects.update(seat_rows=2, seats_in_row=3)

    assert sign_in("planner.pa").get(page("ceremony-seats", ceremony)).status_code == 404
