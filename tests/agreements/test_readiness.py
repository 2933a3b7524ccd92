"""The gate before signing: what is missing is named, each with its sentence and its place, and nothing opens."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from raprong.access.rules import Refused
from raprong.agreements import actions
from raprong.agreements.enums import State
from raprong.agreements.models import Agreement, AgreementParty
from raprong.agreements.readiness import Place, readiness_of
from raprong.cli.sample.organisation import SampleAgency
from raprong.core.clock import day_of
from raprong.kpis.models import KpiYear
from raprong.organisation.models import Appointment, Delegation, Person, User
from raprong.processes.models import StepFact
from tests.cast import NEW_YEAR
from tests.factories.agreements import SIGNING, make_ready

TODAY = day_of(NEW_YEAR)
SIGNED_ON = day_of(SIGNING)


@pytest.fixture
def ready(drafted: Agreement, planner: Person) -> Agreement:
    make_ready(drafted, planner)
    return actions.set_ceremony(drafted, signing_on=SIGNED_ON, venue="ห้องประชุม ๑", seen=None, by=planner, at=NEW_YEAR)


def head(agreement: Agreement, cast: SampleAgency) -> AgreementParty:
    return agreement.parties.get(person=cast.people["head1"])


def missing(agreement: Agreement) -> list[tuple[Place, str]]:
    return [(need.place, need.text) for need in readiness_of(agreement, on=TODAY) if not need.ok]


def test_what_is_complete_opens(ready: Agreement, planner: Person) -> None:
    assert missing(ready) == []
    assert actions.open_signing(ready, seen=None, by=planner, at=NEW_YEAR).state == State.SIGNING


def lose_the_weight(agreement: Agreement, cast: SampleAgency) -> None:
    KpiYear.objects.filter(framework__run=agreement.run, code="1.1").update(weight=39)


def forget_the_reasons(agreement: Agreement, cast: SampleAgency) -> None:
    KpiYear.objects.filter(framework__run=agreement.run).update(accepted_warnings={})


def leave_the_post(agreement: Agreement, cast: SampleAgency) -> None:
    Appointment.objects.filter(person=cast.people["head1"]).update(ends_on=SIGNED_ON - timedelta(days=1))


def print_another_post(agreement: Agreement, cast: SampleAgency) -> None:
    AgreementParty.objects.filter(pk=head(agreement, cast).pk).update(post="ผู้เชี่ยวชาญ")


def change_the_name(agreement: Agreement, cast: SampleAgency) -> None:
    Person.objects.filter(pk=cast.people["head1"].pk).update(name="นายชื่อใหม่ ตัวอย่าง")


def sign_by_no_order(agreement: Agreement, cast: SampleAgency) -> None:
    AgreementParty.objects.filter(pk=head(agreement, cast).pk).update(acting="รักษาราชการแทนผู้อำนวยการ")


def close_the_account(agreement: Agreement, cast: SampleAgency) -> None:
    User.objects.filter(person=cast.people["head1"]).update(is_active=False)


def let_the_day_pass(agreement: Agreement, cast: SampleAgency) -> None:
    Agreement.objects.filter(pk=agreement.pk).update(signing_on=TODAY - timedelta(days=1))


def answer_no(agreement: Agreement, cast: SampleAgency) -> None:
    StepFact.objects.create(
        run=agreement.run, step="signing", kind="answered", control="venue-and-pens", answer="no", at=NEW_YEAR,
        by=cast.people["planner"],
    )  # fmt: skip


@pytest.mark.parametrize(
    "spoil, place, said",
    [
        (lose_the_weight, Place.SELECTION, "99.00"),
        (forget_the_reasons, Place.QUALITY, "1.1"),
        (leave_the_post, Place.PARTIES, "ไม่ได้ดำรงตำแหน่ง"),
        (print_another_post, Place.PARTIES, "ผู้เชี่ยวชาญ"),
        (change_the_name, Place.PARTIES, "นายชื่อใหม่ ตัวอย่าง"),
        (sign_by_no_order, Place.ORDERS, "รักษาราชการแทนผู้อำนวยการ"),
        (close_the_account, Place.PARTIES, "บัญชีผู้ใช้"),
        (let_the_day_pass, Place.CEREMONY, "ผ่านมาแล้ว"),
        (answer_no, Place.CONTROLS, "ปากกา"),
    ],
)
def test_what_is_missing_is_named_and_nothing_opens(
    ready: Agreement,
    planner: Person,
    cast: SampleAgency,
    spoil: Callable[[Agreement, SampleAgency], None],
    place: Place,
    said: str,
) -> None:
    spoil(ready, cast)
    ready = Agreement.objects.with_run().get(pk=ready.pk)

    found = missing(ready)

    assert [where for where, _sentence in found] == [place]
    assert said in found[0][1]
    with pytest.raises(Refused, match=said):
        actions.open_signing(ready, seen=None, by=planner, at=NEW_YEAR)
    assert not ready.parties.filter(request__isnull=False).exists()


@pytest.mark.parametrize("days_short", [0, 1])
def test_an_order_is_asked_for_on_the_day_of_signing(ready: Agreement, cast: SampleAgency, days_short: int) -> None:
    substitute = cast.people["planning-head"]
    Delegation.objects.create(
        position=cast.positions["mip/head"],
        person=substitute,
        authority="acting",
        order_number="7/2570",
        starts_on=TODAY,
        ends_on=SIGNED_ON - timedelta(days=days_short),
    )
    words = f"รักษาราชการแทน{cast.positions['mip/head'].title} ตามคำสั่งที่ 7/2570"
    ready.parties.filter(person=substitute).update(acting=words)

    assert bool(missing(ready)) == bool(days_short)


def test_the_system_answers_a_control_point_that_nobody_has_to(ready: Agreement, cast: SampleAgency) -> None:
    StepFact.objects.filter(control="names-complete").first()
    answered = [need for need in readiness_of(ready, on=TODAY) if need.place is Place.CONTROLS]

    assert [need.ok for need in answered] == [True, True]
