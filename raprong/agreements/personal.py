"""A party's own certificate on the agreement's paper: signed in the file, seen in the place that the paper keeps."""

from datetime import datetime

from django.utils.translation import get_language

from raprong.access.rules import Refused
from raprong.agreements.documents import content_of
from raprong.agreements.models import Agreement, AgreementParty
from raprong.documents import signature_places
from raprong.documents.signature_mark import SignatureMark, draw
from raprong.files import actions as files
from raprong.files.models import StoredFile
from raprong.files.store import open_content
from raprong.lib.signing import Mark, Signer, SigningRefused, Why
from raprong.organisation.models import Person
from raprong.records.papers import PDF
from raprong.seals.proofs import signed_with
from raprong.seals.signers import trust_roots
from raprong.seals.strictness import Strictness, strictness_in
from raprong.stationery.printing import in_digits_of
from raprong.stationery.queries import style_for


def sign_file(agreement: Agreement, party: AgreementParty, signer: Signer, *, by: Person, at: datetime) -> StoredFile:
    """The paper with one more signature on it, behind those that it carries. The file before it stays as it was.

    What stands in the way of signing, such as a token pulled out, is refused in words.
    """
    shown = agreement.shown
    assert shown is not None
    with open_content(shown.sha256) as file:
        content = file.read()
    mark = _mark(agreement, party, signer, at=at)
    try:
        refuse_untrusted(signer, agreement, at=at)
        signed = signed_with(
            lambda server: signer.sign(
                content, at=at, shown_sha256=shown.sha256, mark=mark, reason=str(agreement), server=server
            ),
            at=at,
        )
    except SigningRefused as refused:
        raise Refused(sentence_of(refused)) from refused
    return files.keep(signed, shown.name, media_type=PDF, unit=agreement.run.unit, by=by, at=at)


def is_trusted(signer: Signer, agreement: Agreement, *, at: datetime) -> bool:
    """Whether the certificate leads to an authority that the agency trusts."""
    return signer.leads_to(trust_roots(agreement.run.unit.agency), at=at)


def refuse_untrusted(signer: Signer, agreement: Agreement, *, at: datetime) -> None:
    """Refuse, where the agency requires it, a certificate that leads to no authority which it trusts."""
    strict = strictness_in(agreement.run.unit.agency) is Strictness.REQUIRED
    if strict and not is_trusted(signer, agreement, at=at):
        raise SigningRefused(Why.UNKNOWN_AUTHORITY, name=signer.name, issuer=signer.certificate.issuer)


def sentence_of(refused: SigningRefused) -> str:
    """Why nothing was signed, in the language of the page."""
    return refused.thai if (get_language() or "th").startswith("th") else refused.english


def _mark(agreement: Agreement, party: AgreementParty, signer: Signer, *, at: datetime) -> Mark | None:
    """What is seen over the party's name; nothing where the paper keeps no place for it."""
    paper, unit = content_of(agreement), agreement.run.unit
    assert agreement.paper is not None
    look = style_for(unit, on=paper.dated_on, made_by=agreement.paper.stored_at)
    place = dict(signature_places(in_digits_of(look, paper), style=look.style)).get(party.name)
    if place is None:
        return None
    return draw(
        SignatureMark(name=signer.name, issuer=signer.certificate.issuer, signed=at.replace(microsecond=0)), place
    )
