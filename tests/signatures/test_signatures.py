from datetime import timedelta

import pytest
from django.db import DatabaseError, connection

from raprong.access.identity import confirm_by_password
from raprong.access.rules import Refused
from raprong.cli.sample.organisation import SampleAgency
from raprong.core.models import AppendOnly
from raprong.organisation.models import Delegation
from raprong.signatures import actions
from raprong.signatures.actions import Signatory
from raprong.signatures.models import Signature, SignatureRequest
from raprong.signatures.posts import acting_for_head_of
from raprong.signatures.queries import requests_about, waiting_for
from tests.cast import FISCAL_YEAR, NEW_YEAR, PASSWORD

SEEN = "a" * 64


@pytest.fixture
def asked(cast: SampleAgency) -> list[SignatureRequest]:
    """Two heads sign first, in any order; the director after them."""
    signatories = [
        Signatory(cast.people["head1"], "หัวหน้ากลุ่มที่ ๑"),
        Signatory(cast.people["head2"], "หัวหน้ากลุ่มที่ ๒"),
        Signatory(cast.people["director"], "ผู้อำนวยการ", order=2),
    ]
    by = cast.people["planner"]
    return actions.ask(cast.office, signatories, unit=cast.office, fiscal_year=FISCAL_YEAR, by=by, at=NEW_YEAR)


def give(request: SignatureRequest, cast: SampleAgency) -> Signature:
    person = request.signer
    identity = confirm_by_password(person, PASSWORD, at=NEW_YEAR)
    return actions.sign(request, seen_sha256=SEEN, identity=identity, about=cast.office, by=person, at=NEW_YEAR)


def test_those_of_one_turn_sign_in_any_order(asked: list[SignatureRequest], cast: SampleAgency) -> None:
    give(asked[1], cast)
    give(asked[0], cast)

    assert waiting_for(cast.people["director"]).get() == asked[2]


def test_signing_before_ones_turn_is_refused(asked: list[SignatureRequest], cast: SampleAgency) -> None:
    with pytest.raises(Refused):
        give(asked[2], cast)


def test_signing_for_somebody_else_is_refused_with_the_name(asked: list[SignatureRequest], cast: SampleAgency) -> None:
    other = cast.people["head2"]
    identity = confirm_by_password(other, PASSWORD, at=NEW_YEAR)

    with pytest.raises(Refused, match=cast.people["head1"].name):
        actions.sign(asked[0], seen_sha256=SEEN, identity=identity, about=cast.office, by=other, at=NEW_YEAR)


def test_a_wrong_password_proves_nothing(cast: SampleAgency) -> None:
    with pytest.raises(Refused):
        confirm_by_password(cast.people["head1"], "something else", at=NEW_YEAR)


def test_an_old_proof_is_refused(asked: list[SignatureRequest], cast: SampleAgency) -> None:
    head = cast.people["head1"]
    identity = confirm_by_password(head, PASSWORD, at=NEW_YEAR - timedelta(minutes=5, seconds=1))

    with pytest.raises(Refused):
        actions.sign(asked[0], seen_sha256=SEEN, identity=identity, about=cast.office, by=head, at=NEW_YEAR)


def test_asking_again_withdraws_what_was_not_signed(asked: list[SignatureRequest], cast: SampleAgency) -> None:
    again = actions.ask(
        cast.office,
        [Signatory(cast.people["head1"], "หัวหน้ากลุ่มที่ ๑")],
        unit=cast.office,
        fiscal_year=FISCAL_YEAR,
        by=cast.people["planner"],
        at=NEW_YEAR,
    )

    assert list(requests_about(cast.office)) == again
    with pytest.raises(Refused):
        give(asked[1], cast)


def test_a_signature_is_never_changed(asked: list[SignatureRequest], cast: SampleAgency) -> None:
    signature = give(asked[0], cast)
    signature.seen_sha256 = "b" * 64

    with pytest.raises(AppendOnly):
        signature.save()
    with pytest.raises(AppendOnly):
        Signature.objects.all().delete()


def test_not_even_by_sql(asked: list[SignatureRequest], cast: SampleAgency) -> None:
    give(asked[0], cast)

    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute("UPDATE signatures_signature SET seen_sha256 = ''")


def test_an_order_that_has_ended_gives_no_words(cast: SampleAgency) -> None:
    Delegation.objects.create(
        position=cast.positions["mip/head"],
        person=cast.people["planning-head"],
        authority="acting",
        order_number="๑/๒๕๖๙",
        starts_on=NEW_YEAR.date() - timedelta(days=9),
        ends_on=NEW_YEAR.date(),
    )
    person, office = cast.people["planning-head"], cast.office

    assert acting_for_head_of(office, person, on=NEW_YEAR.date()).startswith("รักษาราชการแทน")
    assert acting_for_head_of(office, person, on=NEW_YEAR.date() + timedelta(days=1)) == ""
    assert acting_for_head_of(office, cast.people["head1"], on=NEW_YEAR.date()) == ""
