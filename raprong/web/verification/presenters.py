"""What a check found, in words for everybody, in the language of the reader."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from raprong.documents.addendum.shape import Addendum
from raprong.lib.signing import FileCheck, SignatureCheck
from raprong.seals.codes import spoken
from raprong.seals.models import SealedPaper
from raprong.signatures.enums import Act
from raprong.signatures.models import Signature, SignatureRequest
from raprong.signatures.scans import METHOD, day_signed
from raprong.web.records.views import kind_name, year_name
from raprong.web.shell.filters import digits, in_thai, long_date


@dataclass(frozen=True)
class SignatureLine:
    """One signature or seal of a file."""

    what: str
    name: str
    issuer: str
    at: datetime | None
    confirmed: str  # by whom the moment is confirmed
    level: str
    level_words: str
    pages: str
    pill: tuple[str, str]
    sentence: str


def signature_lines(found: FileCheck) -> list[SignatureLine]:
    return [_line(each) for each in found.signatures]


def sentence_of(found: FileCheck) -> str:
    return found.thai if in_thai() else found.english


def _line(signature: SignatureCheck) -> SignatureLine:
    return SignatureLine(
        what=_("Seal") if signature.is_seal else _("Signature"),
        name=signature.name or "–",
        issuer=signature.issuer,
        at=signature.stamped_at or signature.signed_at,
        confirmed=signature.stamped_by,
        level=signature.level,
        level_words=signature.level_thai if in_thai() else signature.level_english,
        pages=digits(signature.pages) if signature.pages else "",
        pill=_pill(signature),
        sentence=signature.thai if in_thai() else signature.english,
    )


def _pill(signature: SignatureCheck) -> tuple[str, str]:
    """An unchanged paper is never called a changed one, whoever signed it."""
    if signature.holds:
        return "done", _("Intact")
    return "late", _("Not intact") if signature.damaged else _("Unchanged, not trusted")


@dataclass(frozen=True)
class Standing:
    """How a paper stands today: the kind of notice, the sentence, and the paper that takes its place where one does."""

    kind: str
    sentence: str
    newer: str = ""  # the code of that paper


def standings(paper: SealedPaper, found: FileCheck | None) -> list[Standing]:
    """Everything to be said of a paper, the gravest first."""
    said = [_cancelled(paper), _superseded(paper), _seal_of(paper, found), _retired(paper), _for_training(found)]
    return [standing for standing in said if standing is not None]


def _cancelled(paper: SealedPaper) -> Standing | None:
    if paper.cancelled_at is None:
        return None
    words = {"day": long_date(paper.cancelled_at), "reason": paper.cancelled_because or "–"}
    return Standing("error", _("This paper was cancelled on %(day)s: %(reason)s") % words)


def _superseded(paper: SealedPaper) -> Standing | None:
    if paper.superseded_by is None:
        return None
    code = spoken(paper.superseded_by.code)
    if paper.superseded_by.kind == Addendum.kind:
        return Standing("warning", _("What this paper says has been changed by an addendum. Read both."), code)
    return Standing("warning", _("Another paper has taken the place of this one."), code)


def _seal_of(paper: SealedPaper, found: FileCheck | None) -> Standing:
    if found is None:
        return Standing("warning", _("This paper was printed to be signed. It is not sealed yet."))
    if found.holds:
        words = {"name": found.signer_name}
        return Standing("success", _("The paper in our cabinet is unchanged since it was sealed by %(name)s.") % words)
    return Standing(
        "error", _("The paper in our cabinet does not stand up to a check: %(why)s") % {"why": sentence_of(found)}
    )


def _retired(paper: SealedPaper) -> Standing | None:
    certificate = paper.certificate
    if certificate is None or certificate.retired_at is None:
        return None
    words = {"day": long_date(certificate.retired_at), "reason": certificate.retired_because}
    return Standing("warning", _("The seal certificate of this paper was retired on %(day)s: %(reason)s") % words)


def _for_training(found: FileCheck | None) -> Standing | None:
    """The installation's own seal vouches for no office."""
    if found is None or not found.signatures or not _is_own(found.signatures[-1]):
        return None
    return Standing(
        "info",
        _("The seal is for evaluation and training: it proves that the file is unchanged, and nothing of an office."),
    )


def _is_own(seal: SignatureCheck) -> bool:
    return "for evaluation and training" in seal.issuer


def facts_of(paper: SealedPaper) -> list[tuple[str, str]]:
    """What the paper is, as it says itself."""
    return [
        (_("What it is"), kind_name(paper.kind)),
        (_("Title of the paper"), digits(paper.title)),
        (_("Unit"), paper.unit.name),
        (_("Agency"), paper.unit.agency.name),
        (_("Fiscal year"), year_name(paper.fiscal_year)),
        (_("Code"), spoken(paper.code)),
    ]


@dataclass(frozen=True)
class Signatory:
    """Somebody who signed, as the paper names them. Who signed by hand wrote a day and no hour: `how` says it."""

    name: str
    post: str
    at: datetime | None
    how: str


def people_of(paper: SealedPaper) -> list[Signatory]:
    """Who signed or approved what the paper is about before it was sealed, and how they proved who they are."""
    if paper.sealed_at is None:
        return []
    given = SignatureRequest.objects.filter(
        about=paper.about, withdrawn_at__isnull=True, signature__signed_at__lte=paper.sealed_at
    )
    return [_signatory(each) for each in given.select_related("signer", "signature")]


def _signatory(request: SignatureRequest) -> Signatory:
    signature = request.signature
    if signature.method != METHOD:
        return Signatory(request.signer.name, request.post, signature.signed_at, _way(request, signature))
    day = day_signed(request.about)
    how = _("by hand on the paper; somebody else looked at the scan")
    if day is not None:
        how = _("by hand on the paper, on %(day)s; somebody else looked at the scan") % {"day": long_date(day)}
    return Signatory(request.signer.name, request.post, None, how)


def _way(request: SignatureRequest, signature: Signature) -> str:
    if request.act == Act.APPROVE:
        return _("approved before it was signed: on screen, identity proven again")
    if signature.certificate and not signature.certificate.get("trusted", True):
        return _("with a certificate of their own, of an authority that the agency does not trust")
    return _("with a certificate of their own") if signature.certificate else _("on screen, identity proven again")
