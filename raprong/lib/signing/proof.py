"""What lets others check a signature for years: the moment, confirmed by a timestamp server, and what was revoked then.

A timestamp goes into the signature while it is made (B-T). The lists of revoked certificates, and a timestamp over the
whole file, are appended behind it (B-LTA); so is a timestamp alone, to a paper that was sealed while the server was
down. What was signed stays byte for byte as it was.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any, TypeVar

import aiohttp
from asn1crypto import cms, tsp  # type: ignore[import-untyped]
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.signers.pdf_signer import PdfTimeStamper
from pyhanko.sign.timestamps import HTTPTimeStamper, TimestampRequestError
from pyhanko.sign.validation.dss import DocumentSecurityStore, collect_validation_info
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import PathError, RevokedError, ValidationError

from raprong.lib.signing.certificates import day_of, parsed_root
from raprong.lib.signing.event_loops import finished
from raprong.lib.signing.refusals import SigningRefused, Why
from raprong.lib.signing.writing import DIGEST, UnalteredWriter, next_free

STAMP_FIELD = "RaprongTimestamp"
ROOM_FOR_TIMESTAMP = 2 * 12_288
"""Hex digits left for a timestamp: servers send their whole chain along, of RSA 4096 at most three."""

Answer = TypeVar("Answer")


@dataclass(frozen=True)
class TimestampServer:
    """A timestamp server (RFC 3161): how long to wait for it, and how far its clock may be from ours."""

    address: str
    user: str = ""
    password: str = ""
    seconds: float = 10
    tolerance: timedelta = timedelta(minutes=5)


class Stamper(HTTPTimeStamper):
    """Asks a server for timestamps, and refuses one that is not about the moment `at`."""

    def __init__(self, server: TimestampServer, at: datetime) -> None:
        login = (server.user, server.password) if server.user else None
        super().__init__(server.address, timeout=server.seconds, auth=login)
        self._server, self._at = server, at

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        try:
            return await super().async_request_tsa_response(req)
        except (TimestampRequestError, aiohttp.ClientError, OSError, ValueError) as error:
            raise SigningRefused(Why.NO_TIMESTAMP) from error

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> cms.ContentInfo:
        try:
            stamp = await super().async_timestamp(message_digest, md_algorithm)
            moment = moment_in(stamp["content"])
        except (TimestampRequestError, AttributeError, KeyError, TypeError, ValueError) as error:
            raise SigningRefused(Why.NO_TIMESTAMP) from error
        if abs(moment - self._at) > self._server.tolerance:
            raise SigningRefused(
                Why.CLOCK_WRONG, ours=f"{self._at:%Y-%m-%d %H:%M:%S %Z}", theirs=f"{moment:%Y-%m-%d %H:%M:%S %Z}"
            )
        return stamp


def stamped(pdf: bytes, *, server: TimestampServer, at: datetime) -> bytes:
    """Append a timestamp over a signed file. Raises SigningRefused where the server is down or a clock is wrong."""
    return finished(lambda: _with_stamp(UnalteredWriter(BytesIO(pdf)), server, at))


def archived(pdf: bytes, *, server: TimestampServer, trust_roots: Sequence[bytes], at: datetime) -> bytes:
    """Append what is needed to check the last signature for decades, and a timestamp over all of it.

    Lists of revoked certificates and answers about single ones are fetched from where the certificates say. Raises
    SigningRefused where they or the timestamp server cannot be reached, where the certificate is revoked, and where it
    names nobody to ask.
    """
    return finished(lambda: _archived(pdf, server, trust_roots, at))


async def _archived(pdf: bytes, server: TimestampServer, trust_roots: Sequence[bytes], at: datetime) -> bytes:
    roots = [parsed_root(root) for root in trust_roots]
    context = ValidationContext(trust_roots=roots, allow_fetching=True, revocation_mode="hard-fail")
    try:
        paths = await _collected(pdf, context)
        writer = UnalteredWriter(BytesIO(pdf))
        DocumentSecurityStore.supply_dss_in_writer(writer, None, paths=paths, validation_context=context)
        return await _with_stamp(writer, server, at)
    finally:
        await context.aclose()  # type: ignore[no-untyped-call]


async def _collected(pdf: bytes, context: ValidationContext) -> list[Any]:
    last = PdfFileReader(BytesIO(pdf)).embedded_regular_signatures[-1]
    try:
        paths = await collect_validation_info(last, context)
    except RevokedError as error:
        name = last.signer_cert.subject.native.get("common_name", "")
        raise SigningRefused(Why.REVOKED, name=name, **day_of(error.revocation_dt)) from error
    except (ValidationError, PathError) as error:
        raise SigningRefused(Why.NO_REVOCATION_DATA) from error
    if not (context.crls or context.ocsps):
        raise SigningRefused(Why.NO_REVOCATION_DATA)
    return list(paths)


async def _with_stamp(writer: UnalteredWriter, server: TimestampServer, at: datetime) -> bytes:
    answer = BytesIO()
    stamper = PdfTimeStamper(Stamper(server, at), field_name=next_free(STAMP_FIELD, writer))
    await stamper.async_timestamp_pdf(writer, DIGEST, bytes_reserved=ROOM_FOR_TIMESTAMP, output=answer)
    return answer.getvalue()


def moment_in(timestamp: Any) -> datetime:
    """The moment that a timestamp's signed data confirms."""
    moment: datetime = timestamp["encap_content_info"]["content"].parsed["gen_time"].native
    return moment
