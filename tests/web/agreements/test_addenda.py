"""Changing what was agreed, on its pages."""

from datetime import date, datetime

import pytest
from django.test import Client

from raprong.agreements.models import Agreement
from raprong.cli.sample.organisation import SampleAgency
from raprong.core import clock
from raprong.core.clock import day_of
from raprong.kpis.models import KpiYear
from raprong.lib.thai.dates import BANGKOK
from raprong.web.agreements.presenters import in_force_sentence
from tests.factories.agreements import SIGNING, open_for_signing
from tests.web.agreements.test_agreement import address, page_of
from tests.web.keyboard import PASSWORD, SignIn


@pytest.fixture
def year_of_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The year of the sample lies around the day on which the tests run or not: its end has tests of its own."""
    monkeypatch.setattr("raprong.agreements.policies.check_year_is_open", lambda *args, **kwargs: None)
    monkeypatch.setattr("raprong.agreements.addenda.check_terms", lambda *args, **kwargs: None)


def draft(client: Client, agreement: Agreement, **changes: str) -> Agreement:
    way = address("draft-addendum", agreement)
    client.post(
        way, {"because": "ได้รับงบประมาณเพิ่ม", "effective_on": max(day_of(SIGNING), clock.today()).isoformat()} | changes
    )
    return Agreement.objects.with_run().get(number=1)


def entered(agreement: Agreement, addendum: Agreement, **changes: str) -> dict[str, str]:
    """The form of changes as the page shows it."""
    data = {"version": str(addendum.version)}
    for kpi in KpiYear.objects.filter(framework__run=agreement.run):
        data |= {f"target_{kpi.public_id}": str(kpi.target), f"weight_{kpi.public_id}": str(kpi.weight)}
        for score, at in kpi.criteria["levels"]:
            data[f"level_{kpi.public_id}_{score}"] = at
    return data | changes


def test_an_addendum_is_drafted_changed_and_shows_old_beside_new(
    in_force: Agreement, sign_in: SignIn, year_of_the_clock: None
) -> None:
    client = sign_in("planner")
    addendum = draft(client, in_force)
    kpi = KpiYear.objects.get(code="1.1")
    other = KpiYear.objects.get(code="1.2")
    way = address("addendum-changes", addendum)

    wrong = client.post(way, entered(in_force, addendum, **{f"weight_{kpi.public_id}": "0"}))
    moved = {f"weight_{kpi.public_id}": "30", f"weight_{other.public_id}": "45", f"level_{kpi.public_id}_5": "95"}
    saved = client.post(way, entered(in_force, addendum, **moved), follow=True)

    assert wrong.status_code == 422
    assert "๔๐.๐๐" in saved.text
    assert "๓๐.๐๐" in saved.text
    assert "๕: ๙๕" in saved.text
    assert "แก้ไขเพิ่มเติม" in client.get(page_of(in_force.run)).text


def test_it_is_signed_on_its_own_page(
    in_force: Agreement, sign_in: SignIn, cast: SampleAgency, year_of_the_clock: None
) -> None:
    client = sign_in("planner")
    addendum = draft(client, in_force)
    kpi = KpiYear.objects.get(code="1.1")
    client.post(address("addendum-changes", addendum), entered(in_force, addendum, **{f"target_{kpi.public_id}": "90"}))
    opened = open_for_signing(Agreement.objects.with_run().get(number=1), cast.people["planner"], at=clock.now())
    assert opened.paper is not None

    head = sign_in("head1")
    page = head.get(address("sign", opened)).text
    data = {"seen_sha256": opened.paper.sha256, "intent": "on", "password": PASSWORD}
    signed = head.post(address("sign", opened), data)

    assert "๘๐" in page
    assert "๙๐" in page
    assert signed.headers["Location"] == address("addendum", opened)


def test_a_reason_is_asked_for_at_its_field(in_force: Agreement, sign_in: SignIn, year_of_the_clock: None) -> None:
    way = address("draft-addendum", in_force)

    answer = sign_in("planner").post(way, {"because": " ", "effective_on": "someday"})

    assert answer.status_code == 422
    assert not Agreement.objects.filter(number=1).exists()


def test_others_read_it_and_change_nothing(
    in_force: Agreement, sign_in: SignIn, year_of_the_clock: None, other_cast: SampleAgency
) -> None:
    addendum = draft(sign_in("planner"), in_force)

    assert sign_in("staff").get(address("addendum", addendum)).status_code == 200
    assert sign_in("staff").get(address("addendum-changes", addendum)).status_code == 403
    assert sign_in("planner.pa").get(address("addendum", addendum)).status_code == 404


def test_an_addendum_signed_before_its_day_says_both() -> None:
    signed = datetime(2026, 11, 22, 12, 35, tzinfo=BANGKOK)
    words = in_force_sentence(Agreement(number=1, in_force_at=signed, effective_on=date(2026, 12, 1)))
    at_once = in_force_sentence(Agreement(number=1, in_force_at=signed, effective_on=date(2026, 11, 22)))

    assert "ลงนามครบเมื่อ ๒๒ พฤศจิกายน ๒๕๖๙" in words
    assert "มีผลตั้งแต่ ๑ ธันวาคม ๒๕๖๙" in words
    assert at_once.startswith("มีผลใช้บังคับตั้งแต่ ๒๒ พฤศจิกายน ๒๕๖๙")
