"""Check every signature on a paper, and say in one sentence what was found."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from typing import Any

from asn1crypto import x509 as asn1_x509  # type: ignore[import-untyped]
from asn1crypto.parser import peek  # type: ignore[import-untyped]
from pyhanko.pdf_utils.crypt import AuthStatus
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESIndeterminate
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import validate_pdf_signature, validate_pdf_timestamp
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import NoDSSFoundError
from pyhanko.sign.validation.generic_cms import extract_tst_data_iter
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from raprong.lib.signing.certificates import parsed_root, vouches_for_itself
from raprong.lib.signing.event_loops import outside_any_event_loop
from raprong.lib.signing.findings import (
    DAMAGED,
    FILE_SENTENCES,
    LEVEL_SENTENCES,
    MARKS,
    SIGNATURE_SENTENCES,
    SIGNED_SENTENCES,
    Finding,
    Level,
)
from raprong.lib.signing.proof import moment_in
from raprong.lib.signing.writing import SEAL_FIELD
from raprong.lib.thai.dates import BANGKOK, long_date, long_date_en
from raprong.lib.thai.digits import to_thai_digits

SIGNING = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False)
BYTE_RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]")
TAIL = 1024  # where a PDF says that it ends


@dataclass(frozen=True)
class SignatureCheck:
    """One signature or seal: whose, when, how far it reaches, and what was found.

    `signed_at` is the signer's own word; `stamped_at` is a trusted timestamp server's. `pages` is how many pages the
    paper had when it was signed. `since` is the day that a finding about the certificate speaks of.
    """

    finding: Finding
    field: str = ""
    name: str = ""
    issuer: str = ""
    sha256: str = ""  # fingerprint of the certificate
    signed_at: datetime | None = None
    stamped_at: datetime | None = None
    stamped_by: str = ""
    level: Level = Level.B_B
    pages: int = 0
    pages_added: int = 0
    since: datetime | None = None

    @property
    def is_seal(self) -> bool:
        """A unit's seal, as against a person's signature."""
        return self.field.startswith(SEAL_FIELD)

    @property
    def holds(self) -> bool:
        return self.finding is Finding.HOLDS

    @property
    def damaged(self) -> bool:
        """Whether what was signed is not as it was, whoever signed it."""
        return self.finding in DAMAGED

    @property
    def english(self) -> str:
        return _in_words(SIGNATURE_SENTENCES[self.finding], self)[0]

    @property
    def thai(self) -> str:
        return _in_words(SIGNATURE_SENTENCES[self.finding], self)[1]

    @property
    def level_english(self) -> str:
        return LEVEL_SENTENCES[self.level][0]

    @property
    def level_thai(self) -> str:
        return LEVEL_SENTENCES[self.level][1]


@dataclass(frozen=True)
class FileCheck:
    """What a check of a file found: of the file as a whole, and of each signature in the order of signing."""

    finding: Finding
    signatures: tuple[SignatureCheck, ...] = field(default=())

    @property
    def holds(self) -> bool:
        """Whether the paper is, byte for byte, what trusted signers signed."""
        return self.finding is Finding.HOLDS

    @property
    def readable(self) -> bool:
        """Whether the file can be read as a PDF at all, without a password."""
        return self.finding not in (Finding.NO_PDF, Finding.LOCKED)

    @property
    def sealed(self) -> bool:
        return bool(self.signatures) or self.finding is Finding.BROKEN

    @property
    def intact(self) -> bool:
        """Whether no byte under any signature was changed."""
        return bool(self.signatures) and not _found_in(self, Finding.BROKEN, Finding.CHANGED, Finding.FORGED)

    @property
    def covers_whole_file(self) -> bool:
        return self.intact and not _found_in(self, Finding.ADDED, Finding.PAGES_ADDED)

    @property
    def trusted(self) -> bool:
        return self.covers_whole_file and all(each.holds for each in self.signatures)

    @property
    def last(self) -> SignatureCheck:
        """The last signature, a unit's seal on finished papers; an empty one where there is none."""
        return self.signatures[-1] if self.signatures else SignatureCheck(self.finding)

    @property
    def signer_name(self) -> str:
        return self.last.name

    @property
    def signed_at(self) -> datetime | None:
        return self.last.signed_at

    @property
    def english(self) -> str:
        return _in_words(self._sentences, self._told)[0]

    @property
    def thai(self) -> str:
        return _in_words(self._sentences, self._told)[1]

    @property
    def _told(self) -> SignatureCheck:
        """The signature that the sentence speaks of: the first that is as bad as the file, else the last."""
        if self.holds:
            return self.last
        return next((each for each in self.signatures if each.finding is self.finding), SignatureCheck(self.finding))

    @property
    def _sentences(self) -> tuple[str, str]:
        unsealed = self.holds and not any(each.is_seal for each in self.signatures)
        return SIGNED_SENTENCES if unsealed else FILE_SENTENCES[self.finding]


def verify(pdf: bytes, *, trust_roots: Sequence[bytes], crls: Sequence[bytes] = ()) -> FileCheck:
    """Check every signature of a PDF against root certificates given in PEM. Never raises for a bad file.

    A certificate is judged at the moment of its trusted timestamp, else at the moment the signature names, so that an
    archive stays readable after it expires. A revocation counts against every signature that no trusted timestamp
    proves to be older, where the certificate says that revocations are told. It is known from `crls` (DER) and from
    what the file carries; nothing is fetched from a network.
    """
    try:
        reader = PdfFileReader(BytesIO(pdf))
        if _is_locked(reader):
            return FileCheck(Finding.LOCKED)
        seals = reader.embedded_signatures
        if not any(_is_signature(seal) for seal in seals) and reader.root["/Pages"]:
            return FileCheck(Finding.CUT_SHORT if _is_cut_short(pdf) else Finding.UNSEALED)
        checks = tuple(_checked(seals, pdf, _Authorities(trust_roots, crls, reader)))
    except Exception:  # a damaged file can fail anywhere inside the parser, and that is the answer
        return FileCheck(_finding_of_unreadable(pdf))
    worst = min((each.finding for each in checks), key=list(Finding).index)
    if worst is not Finding.HOLDS and _is_cut_short(pdf):
        worst = Finding.CUT_SHORT
    return FileCheck(worst, checks)


class _Authorities:
    """Whom a check trusts, and what it knows of revocation: given by the caller, or carried by the file."""

    def __init__(self, trust_roots: Sequence[bytes], crls: Sequence[bytes], reader: PdfFileReader) -> None:
        store = _security_store(reader)
        self._known: dict[str, Any] = {
            "trust_roots": [parsed_root(root) for root in trust_roots],
            "other_certs": list(store.load_certs()) if store else [],
        }
        self._revocations: dict[str, Any] = {
            "crls": [*crls, *(_content(each) for each in store.crls)] if store else list(crls),
            "ocsps": [_content(each) for each in store.ocsps] if store else [],
        }
        self.know_of_revocation = any(self._revocations.values())
        self.file_knows_of_revocation = bool(store and (store.crls or store.ocsps))

    def at(self, moment: datetime) -> ValidationContext:
        """Certificates are judged as they stood at a moment; whether they were revoked is another question."""
        return ValidationContext(moment=moment, allow_fetching=False, **self._known)

    def revoked_by(self, moment: datetime) -> ValidationContext:
        """Finds what was revoked up to a moment. A list that does not fit proves nothing for or against anybody."""
        knowledge = {**self._known, **self._revocations}
        return ValidationContext(moment=moment, allow_fetching=False, retroactive_revinfo=True, **knowledge)


def _checked(seals: Sequence[EmbeddedPdfSignature], pdf: bytes, authorities: _Authorities) -> Iterator[SignatureCheck]:
    signatures = [seal for seal in seals if _is_signature(seal)]
    last_seal = next((seal for seal in reversed(signatures) if seal.field_name.startswith(SEAL_FIELD)), None)
    stamps = list(_trusted_stamps(seals, authorities))
    for seal in signatures:
        try:
            later = [stamp for stamp in stamps if stamp.revision > seal.signed_revision]
            yield _check(seal, pdf, authorities, closes=seal is last_seal or seal is seals[-1], later=later)
        except Exception:  # a signature of a kind that nobody can read, or a file that was tampered with
            yield _unreadable(seal)


def _check(
    seal: EmbeddedPdfSignature, pdf: bytes, authorities: _Authorities, *, closes: bool, later: Sequence["_Stamp"]
) -> SignatureCheck:
    certificate = seal.signer_cert
    signed_at, stamped_at = seal.self_reported_timestamp, _stamped_moment(seal)
    moment = stamped_at or signed_at or certificate.not_valid_before
    status = _status(seal, authorities.at(moment))
    stamp = next(iter([*_stamp_inside(status), *later]), None)
    added = _pages_of(seal.reader, None) - _pages_of(seal.reader, seal.signed_revision)
    finding, since = _finding(
        seal, status, moment, pages_added=added, whole=_reaches_the_end(status, pdf, closes=closes)
    )
    if finding is Finding.HOLDS and authorities.know_of_revocation:
        finding, since = _revoked(seal, authorities, proven_at=stamp.at if stamp else None)
    return SignatureCheck(
        finding=finding,
        field=str(seal.field_name),
        name=_name(certificate.subject),
        issuer=_name(certificate.issuer),
        sha256=certificate.sha256.hex(),
        signed_at=signed_at,
        stamped_at=stamp.at if stamp else None,
        stamped_by=stamp.by if stamp else "",
        level=_level(authorities, stamped=stamp is not None, later=later),
        pages=_pages_of(seal.reader, seal.signed_revision),
        pages_added=added,
        since=since,
    )


def _unreadable(seal: EmbeddedPdfSignature) -> SignatureCheck:
    """What can still be said where the file around a signature is damaged: whether what was signed was changed."""
    try:
        signed = next(each for each in seal.signer_info["signed_attrs"] if each["type"].native == "message_digest")
        is_changed = signed["values"][0].native != seal.compute_digest()
        name, field = _name(seal.signer_cert.subject), str(seal.field_name)
    except Exception:  # as above: whatever is left of it says nothing
        return SignatureCheck(Finding.BROKEN)
    return SignatureCheck(Finding.CHANGED if is_changed else Finding.BROKEN, field=field, name=name)


def _finding(
    seal: EmbeddedPdfSignature, status: PdfSignatureStatus, moment: datetime, *, pages_added: int, whole: bool
) -> tuple[Finding, datetime | None]:
    """The worst that is true of a signature, and the day which that speaks of."""
    certificate = status.signing_cert
    if not status.intact or not _is_tidy(seal):
        return Finding.CHANGED, None
    if not status.valid:
        return Finding.FORGED, None
    if not whole:
        return (Finding.PAGES_ADDED if pages_added > 0 else Finding.ADDED), None
    if status.trusted:
        return Finding.HOLDS, None
    if status.trust_problem_indic is AdESIndeterminate.NO_CERTIFICATE_CHAIN_FOUND:
        return Finding.UNKNOWN_AUTHORITY, None
    if moment > certificate.not_valid_after:
        return Finding.EXPIRED, certificate.not_valid_after
    if moment < certificate.not_valid_before:
        return Finding.NOT_YET_VALID, certificate.not_valid_before
    for_other_work = status.trust_problem_indic is AdESIndeterminate.CHAIN_CONSTRAINTS_FAILURE
    return (Finding.NOT_FOR_SIGNING if for_other_work else Finding.UNTRUSTED), None


def _is_tidy(seal: EmbeddedPdfSignature) -> bool:
    """Whether the room kept for the signature, the one part that no signature covers, holds it and noughts only."""
    _start, left, right, _length = (int(each) for each in seal.byte_range)
    seal.reader.stream.seek(left)
    room = seal.reader.stream.read(right - left).strip(b"<>")
    if room not in (room.lower(), room.upper()):
        return False
    content = bytes.fromhex(room.decode("ascii"))
    if content[peek(content) :].strip(b"\0"):
        return False
    return all(vouches_for_itself(each) for each in seal.other_embedded_certs if each.self_issued)


def _status(seal: EmbeddedPdfSignature, context: ValidationContext) -> PdfSignatureStatus:
    return outside_any_event_loop(lambda: validate_pdf_signature(seal, context, key_usage_settings=SIGNING))


def _revoked(
    seal: EmbeddedPdfSignature, authorities: _Authorities, *, proven_at: datetime | None
) -> tuple[Finding, datetime | None]:
    """Whether the certificate was revoked before a proven moment, else at any time of its life.

    The signer's own word about the moment proves nothing: whoever stole a key can write any day.
    """
    by = proven_at or seal.signer_cert.not_valid_after
    details = _status(seal, authorities.revoked_by(by)).revocation_details
    return (Finding.REVOKED, details.revocation_date) if details else (Finding.HOLDS, None)


def _reaches_the_end(status: PdfSignatureStatus, pdf: bytes, *, closes: bool) -> bool:
    """Whether nothing but further signatures follows; behind one that closes the file, nothing but proof of its age."""
    if status.coverage is SignatureCoverageLevel.ENTIRE_FILE:
        return True
    allowed = ModificationLevel.LTA_UPDATES if closes else ModificationLevel.FORM_FILLING
    is_whole = status.coverage is SignatureCoverageLevel.ENTIRE_REVISION and pdf.rstrip().endswith(b"%%EOF")
    return is_whole and status.modification_level is not None and status.modification_level <= allowed


@dataclass(frozen=True)
class _Stamp:
    """A trusted timestamp: of one signature, or over the whole file as it was in a revision."""

    at: datetime
    by: str
    revision: int
    over_revocations: bool = False  # whether the lists of revoked certificates were in the file by then


def _stamp_inside(status: PdfSignatureStatus) -> list[_Stamp]:
    found = status.timestamp_validity
    return [_Stamp(found.timestamp, _name(found.signing_cert.subject), 0)] if found and found.trusted else []


def _trusted_stamps(seals: Sequence[EmbeddedPdfSignature], authorities: _Authorities) -> Iterator[_Stamp]:
    for seal in seals:
        if not _is_signature(seal):
            moment, revision = moment_in(seal.signed_data), int(seal.signed_revision)
            if _is_trusted_stamp(seal, authorities.at(moment)):
                known = "/DSS" in seal.reader.get_historical_root(revision)
                yield _Stamp(moment, _name(seal.signer_cert.subject), revision, over_revocations=known)


def _is_trusted_stamp(seal: EmbeddedPdfSignature, context: ValidationContext) -> bool:
    """A timestamp that cannot be read, or that covers less than the file as it was, proves nothing."""
    try:
        status = outside_any_event_loop(lambda: validate_pdf_timestamp(seal, context))
    except Exception:  # as above: the parser stumbles in any way it likes
        return False
    return bool(status.trusted and status.coverage and status.coverage >= SignatureCoverageLevel.ENTIRE_REVISION)


def _level(authorities: _Authorities, *, stamped: bool, later: Sequence[_Stamp]) -> Level:
    if not stamped:
        return Level.B_B
    if not authorities.file_knows_of_revocation:
        return Level.B_T
    return Level.B_LTA if any(stamp.over_revocations for stamp in later) else Level.B_LT


def _is_signature(seal: EmbeddedPdfSignature) -> bool:
    """A signature or seal, not a timestamp over the whole file."""
    return bool(seal.sig_object_type == "/Sig")


def _stamped_moment(seal: EmbeddedPdfSignature) -> datetime | None:
    stamps = list(extract_tst_data_iter(seal.signer_info, signed=False))
    return moment_in(stamps[0]) if stamps else None


def _is_locked(reader: PdfFileReader) -> bool:
    """Whether a password is needed to read it; one that opens without may forbid printing, say, and is no matter."""
    return bool(reader.encrypted) and reader.decrypt("").status is AuthStatus.FAILED


def _pages_of(reader: PdfFileReader, revision: int | None) -> int:
    """How many pages the paper had in a revision, counting from 0; None means the file as it is."""
    root = reader.root if revision is None else reader.get_historical_root(revision)
    return int(root["/Pages"]["/Count"])


def _finding_of_unreadable(pdf: bytes) -> Finding:
    if _is_cut_short(pdf):
        return Finding.CUT_SHORT
    return Finding.BROKEN if b"/ByteRange" in pdf else Finding.NO_PDF


def _is_cut_short(pdf: bytes) -> bool:
    """Whether a PDF ends before it says it does, or before the end of what its signatures cover."""
    ends = [int(found[3]) + int(found[4]) for found in BYTE_RANGE.finditer(pdf)]
    began = pdf.startswith(b"%PDF-") and b"endobj" in pdf
    return any(end > len(pdf) for end in ends) or (began and b"%%EOF" not in pdf[-TAIL:])


def _security_store(reader: PdfFileReader) -> DocumentSecurityStore | None:
    try:
        return DocumentSecurityStore.read_dss(reader)
    except NoDSSFoundError:
        return None


def _content(stream: Any) -> bytes:
    content: bytes = stream.get_object().data
    return content


def _name(name: asn1_x509.Name) -> str:
    common: str | list[str] = name.native.get("common_name", "")
    return ", ".join(common) if isinstance(common, list) else common or name.human_friendly


def _found_in(check: FileCheck, *findings: Finding) -> bool:
    return check.finding in findings or any(each.finding in findings for each in check.signatures)


def _in_words(sentences: tuple[str, str], check: SignatureCheck) -> tuple[str, str]:
    english, thai = sentences
    day = check.since.astimezone(BANGKOK).date() if check.since else None
    words = {"name": check.name, "day": long_date_en(day) if day else "", "day_th": long_date(day) if day else ""}
    words |= MARKS[check.is_seal or not check.field]
    pages = str(check.pages_added)
    return english.format(pages=pages, **words), thai.format(pages=to_thai_digits(pages), **words)
