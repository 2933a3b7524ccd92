"""An agreement signed with the parties' own certificates: the file carries each signature, and is sealed at the end."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from raprong.access.rules import Refused
from raprong.agreements import actions, documents
from raprong.agreements.enums import State
from raprong.agreements.models import Agreement
from raprong.agreements.queries import signing_form_of
from raprong.cli.sample.organisation import SampleAgency
from raprong.core.references import reference
from raprong.lib.signing import Signer, personal_signer, verify
from raprong.lib.thai.dates import BANGKOK
from raprong.lib.thai.digits import to_thai_digits
from raprong.organisation.models import Person
from raprong.seals.models import SealedPaper
from raprong.signatures.certificates import confirm_by_certificate, token_of
from raprong.signatures.enums import Way
from raprong.signatures.models import Signature
from tests.cast import NEW_YEAR
from tests.factories.agreements import SIGNING, open_for_signing, proof_of
from tests.factories.certificates import Issued, authority, issue
from tests.factories.papers import content_of, words_in

NAMES = ("head1", "head2", "planning-head", "director")


@pytest.fixture(scope="module")
def root() -> Issued:
    return authority()


@pytest.fixture(scope="module")
def certificates(root: Issued) -> dict[str, Issued]:
    return {name: issue(root, f"Sample {name}") for name in NAMES}


@pytest.fixture
def opened(drafted: Agreement, planner: Person) -> Agreement:
    return open_for_signing(actions.choose_way(drafted, Way.CERTIFICATE, seen=None, by=planner, at=NEW_YEAR), planner)


def signer_of(issued: Issued, *, at: datetime = SIGNING) -> Signer:
    return personal_signer(issued.pkcs12("known to its owner"), "known to its owner", at=at)


def sign(agreement: Agreement, person: Person, issued: Issued, *, seen: str | None = None) -> Agreement:
    signer = signer_of(issued)
    identity = confirm_by_certificate(person, signer.certificate, at=SIGNING)
    return actions.sign(agreement, identity=identity, signer=signer, seen_sha256=seen, by=person, at=SIGNING)


def test_each_signature_is_added_to_the_file_and_the_seal_comes_last(
    opened: Agreement, cast: SampleAgency, certificates: dict[str, Issued], root: Issued
) -> None:
    for name in NAMES:
        signed = sign(opened, cast.people[name], certificates[name])

    assert signed.state == State.IN_FORCE
    assert signed.sealed is not None
    assert signed.paper is not None
    content = content_of(signed.sealed)
    assert content.startswith(content_of(signed.paper))
    found = verify(content, trust_roots=[root.pem])
    assert [each.is_seal for each in found.signatures] == [False] * 4 + [True]
    assert [each.name for each in found.signatures][:4] == [f"Sample {name}" for name in NAMES]
    assert found.intact


def test_the_file_that_is_signed_says_when_it_was_approved(
    approved_first: Agreement, planner: Person, cast: SampleAgency, certificates: dict[str, Issued], root: Issued
) -> None:
    chosen = actions.choose_way(approved_first, Way.CERTIFICATE, seen=None, by=planner, at=NEW_YEAR)
    opened, approver = open_for_signing(chosen, planner), cast.people["planning-head"]
    assert not SealedPaper.objects.filter(about=reference(opened)).exists()

    approved = actions.sign(opened, identity=proof_of(approver), by=approver, at=SIGNING)
    sign(approved, cast.people["head1"], certificates["head1"])
    signed = sign(approved, cast.people["director"], certificates["director"])

    assert signed.state == State.IN_FORCE
    assert signed.sealed is not None
    content = documents.content_of(signed)
    assert [each.signed for each in content.approvers] == [SIGNING]
    assert to_thai_digits(f"{SIGNING.astimezone(BANGKOK):%H.%M}") in words_in(signed.sealed)
    assert verify(content_of(signed.sealed), trust_roots=[root.pem]).intact
    assert SealedPaper.objects.get(about=reference(signed), kind="agreement").sealed_at is not None


def test_code_printed_before_signing_leads_to_the_sealed_paper(
    opened: Agreement, cast: SampleAgency, certificates: dict[str, Issued]
) -> None:
    printed = SealedPaper.objects.get(about=reference(opened), sealed_at__isnull=True)

    for name in NAMES:
        signed = sign(opened, cast.people[name], certificates[name])

    assert signed.sealed is not None
    printed.refresh_from_db()
    assert printed.sha256 == signed.sealed.sha256
    assert printed.printed_at < printed.sealed_at


def test_what_is_written_down_names_the_certificate_and_nothing_secret(
    opened: Agreement, cast: SampleAgency, certificates: dict[str, Issued]
) -> None:
    sign(opened, cast.people["head1"], certificates["head1"])

    signature = Signature.objects.get()
    assert signature.method == "certificate"
    assert signature.certificate is not None
    assert set(signature.certificate) == {"name", "issuer", "serial", "sha256", "trusted"}
    assert signature.certificate["name"] == "Sample head1"


def test_two_who_looked_at_the_same_paper_both_sign(
    opened: Agreement, cast: SampleAgency, certificates: dict[str, Issued]
) -> None:
    assert opened.paper is not None
    for name in ("head1", "head2"):
        sign(opened, cast.people[name], certificates[name], seen=opened.paper.sha256)

    assert opened.parties.filter(request__signature__isnull=False).count() == 2


def test_somebody_elses_certificate_is_refused_by_name(
    opened: Agreement, cast: SampleAgency, certificates: dict[str, Issued]
) -> None:
    sign(opened, cast.people["head1"], certificates["head1"])

    with pytest.raises(Refused, match=cast.people["head1"].name):
        sign(opened, cast.people["head2"], certificates["head1"])


def test_the_password_alone_does_not_sign_it(opened: Agreement, cast: SampleAgency) -> None:
    head = cast.people["head1"]

    with pytest.raises(Refused):
        actions.sign(opened, identity=proof_of(head), by=head, at=SIGNING)

    assert not Signature.objects.exists()


def test_a_paper_that_was_changed_on_disk_is_not_signed(
    opened: Agreement, cast: SampleAgency, certificates: dict[str, Issued]
) -> None:
    with pytest.raises(Refused):
        sign(opened, cast.people["head1"], certificates["head1"], seen="0" * 64)

    assert Agreement.objects.get(pk=opened.pk).copy is None


def test_the_form_beside_it_says_when_each_signed(
    opened: Agreement, cast: SampleAgency, certificates: dict[str, Issued]
) -> None:
    for name in NAMES:
        signed = sign(opened, cast.people[name], certificates[name])

    form = signing_form_of(signed)
    assert form is not None
    assert words_in(form).count("๐๙.๐๐") == 4


def test_the_way_is_chosen_before_it_opens(opened: Agreement, planner: Person) -> None:
    with pytest.raises(Refused):
        actions.choose_way(opened, Way.ELECTRONIC, seen=None, by=planner, at=NEW_YEAR)


def test_a_token_is_found_by_the_settings(cast: SampleAgency, settings: Any, tmp_path: Path) -> None:
    director = cast.people["director"]
    assert director.user is not None
    named = tmp_path / "tokens.yaml"
    named.write_text(f"{director.user.username}: {{module: /driver.so, label: director, key: for signing}}\n")
    settings.SIGNING_TOKENS = str(named)

    token = token_of(director)

    assert token is not None
    assert token.label == "director"
    assert token_of(cast.people["head1"]) is None
