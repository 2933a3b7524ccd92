"""The moment of a seal, confirmed by a timestamp server where one is named: at once, or later by the worker.

A server that is down does not stop a ceremony: the paper is sealed without it, marked as awaiting its proof, and the
worker appends the timestamp to a copy when the server answers. The deposited file stays byte for byte what it was. An
office that wants no paper without a timestamp sets TIMESTAMP_REQUIRED. A wrong clock always stops a seal.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from raprong.access.rules import Refused
from raprong.audit.actions import record
from raprong.files import actions as files
from raprong.files.store import open_content
from raprong.lib.signing import Level, Signer, SigningRefused, TimestampServer, Why, archived, stamped
from raprong.seals.models import SealCertificate, SealedPaper
from raprong.seals.signers import sentence_of, trust_roots

log = logging.getLogger(__name__)

PDF = "application/pdf"
LEFT_ALONE = timedelta(minutes=1)
AT_ONCE = 200  # papers of one look of the worker
FOR_LATER = (Why.NO_TIMESTAMP, Why.NO_REVOCATION_DATA)

down_until: dict[str, datetime] = {}


@dataclass(frozen=True)
class Sealed:
    """A sealed file, by which certificate, how much of its proof it carries, and whether more of it is to come."""

    content: bytes
    certificate: SealCertificate | None  # None: the installation's own
    level: Level = Level.B_B
    awaits_proof: bool = False


def seal_with(signer: Signer, content: bytes, *, certificate: SealCertificate | None, at: datetime) -> Sealed:
    """Seal a file with as much proof as can be had. Refused in words: wrong clock, and what `Signer.seal` refuses."""
    server = timestamp_server()
    if server is None:
        return Sealed(_sealed(signer, content, at=at), certificate)
    try:
        stamped_file = confirmed(lambda server: signer.seal(content, at=at, server=server), server, at=at)
    except SigningRefused as refused:
        raise Refused(sentence_of(refused)) from refused
    if stamped_file is None:
        return Sealed(_sealed(signer, content, at=at), certificate, awaits_proof=True)
    return _archived(stamped_file, server, certificate, at=at)


def signed_with(sign: Callable[[TimestampServer | None], bytes], *, at: datetime) -> bytes:
    """A file with one more signature, its moment confirmed where a server is named and answers.

    Raises SigningRefused where a clock is wrong, or the server is down and a timestamp is required.
    """
    server = timestamp_server()
    stamped_file = confirmed(sign, server, at=at) if server else None
    return sign(None) if stamped_file is None else stamped_file


def confirmed(work: Callable[[TimestampServer], bytes], server: TimestampServer, *, at: datetime) -> bytes | None:
    """What the work makes with the server; None where that is down, and does not have to be up."""
    try:
        if at < down_until.get(server.address, at):
            raise SigningRefused(Why.NO_TIMESTAMP)
        return work(server)
    except SigningRefused as refused:
        if refused.why is not Why.NO_TIMESTAMP or settings.TIMESTAMP_REQUIRED:
            raise
        _leave_alone(server, at)
        return None


def timestamp_server() -> TimestampServer | None:
    """The server that the settings name; None where they name none."""
    if not settings.TIMESTAMP_SERVER:
        return None
    return TimestampServer(
        settings.TIMESTAMP_SERVER,
        user=settings.TIMESTAMP_USER,
        password=settings.TIMESTAMP_PASSWORD,
        tolerance=timedelta(seconds=settings.CLOCK_TOLERANCE_SECONDS),
    )


def add_missing_proofs(at: datetime) -> int:
    """Append the proof that papers still await, and answer to how many. Stops at the first that cannot be had."""
    server = timestamp_server()
    if server is None:
        return 0
    waiting = list(SealedPaper.objects.filter(awaits_proof=True).order_by("sealed_at")[:AT_ONCE])
    for done, paper in enumerate(waiting):
        try:
            add_proof(paper, server, at=at)
        except SigningRefused as refused:
            log.warning("The proof of a sealed paper cannot be had yet: %s", refused.english)
            return done
    return len(waiting)


@transaction.atomic
def add_proof(paper: SealedPaper, server: TimestampServer, *, at: datetime) -> SealedPaper:
    """Append to a copy of a sealed paper what its file lacks. Raises SigningRefused where it cannot be had yet."""
    paper = (
        SealedPaper.objects.select_for_update(of=("self",))
        .select_related("certificate", "unit__agency")
        .get(pk=paper.pk)
    )
    if not paper.awaits_proof:
        return paper
    with open_content(paper.sha256) as file:
        content = file.read()
    if _tells_revocations(paper.certificate):
        roots = trust_roots(paper.unit.agency)
        proven, level = archived(content, server=server, trust_roots=roots, at=at), Level.B_LTA
    else:
        proven, level = stamped(content, server=server, at=at), Level.B_T
    name = f"{paper.kind}-{paper.code}.pdf"
    paper.proof = files.keep(proven, name, media_type=PDF, unit=paper.unit, by=None, at=at)
    paper.level, paper.awaits_proof = level, False
    paper.save(update_fields=["proof", "level", "awaits_proof"])
    facts = {"level": level, "sha256": paper.proof.sha256}
    record("paper.proven", about=paper, by=None, at=at, place=paper.unit.office, fiscal_year=paper.fiscal_year, **facts)
    return paper


def _archived(content: bytes, server: TimestampServer, certificate: SealCertificate | None, *, at: datetime) -> Sealed:
    if certificate is None or not certificate.tells_revocations:
        return Sealed(content, certificate, Level.B_T)
    try:
        whole = archived(content, server=server, trust_roots=trust_roots(certificate.agency), at=at)
    except SigningRefused as refused:
        if refused.why not in FOR_LATER:
            raise Refused(sentence_of(refused)) from refused
        return Sealed(content, certificate, Level.B_T, awaits_proof=True)
    return Sealed(whole, certificate, Level.B_LTA)


def _sealed(signer: Signer, content: bytes, *, at: datetime) -> bytes:
    try:
        return signer.seal(content, at=at)
    except SigningRefused as refused:
        raise Refused(sentence_of(refused)) from refused


def _tells_revocations(certificate: SealCertificate | None) -> bool:
    return certificate is not None and certificate.tells_revocations


def _leave_alone(server: TimestampServer, at: datetime) -> None:
    """A batch of a thousand papers must not wait a thousand times for a server that is down."""
    down_until[server.address] = at + LEFT_ALONE
