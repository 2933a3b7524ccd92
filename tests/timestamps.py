"""A timestamp server and a certification authority's answers, on this machine: what they say is set by the test."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from asn1crypto import keys, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtendedKeyUsageOID
from pyhanko.sign.timestamps import DummyTimeStamper

from tests.factories.certificates import Issued, authority, issue, revocation_list, rsa_key

YEAR = timedelta(days=365)


@dataclass
class Desk:
    """Who answers at an address, and how; tests change it as they go."""

    root: Issued
    stamper: Issued
    address: str = ""
    moment: datetime | None = None  # what the timestamp server's clock says; None means the machine's
    down: bool = False  # answers with an error
    nonsense: bool = False  # answers with something else
    mute: bool = False  # revocations are not told
    revoked: list[Issued] = field(default_factory=list)
    asked: int = 0

    def office(self, name: str, *, by_ocsp: bool = False) -> Issued:
        """A seal certificate whose authority says here what it revoked."""
        place = x509.UniformResourceIdentifier(f"{self.address}/{'ocsp' if by_ocsp else 'revoked.crl'}")
        told: x509.ExtensionType = x509.CRLDistributionPoints([x509.DistributionPoint([place], None, None, None)])
        if by_ocsp:
            method = x509.oid.AuthorityInformationAccessOID.OCSP
            told = x509.AuthorityInformationAccess([x509.AccessDescription(method, place)])
        return issue(self.root, name, since=now() - YEAR, until=now() + YEAR, extensions=[told])

    def timestamp(self, question: bytes) -> bytes:
        if self.nonsense:
            return b"no timestamp"
        dummy = DummyTimeStamper(
            _asn1(self.stamper.certificate),
            keys.PrivateKeyInfo.load(_private(self.stamper)),
            certs_to_embed=[_asn1(each) for each in self.stamper.chain],  # type: ignore[arg-type]
            fixed_dt=self.moment or now(),
        )
        answer: bytes = dummy.request_tsa_response(tsp.TimeStampReq.load(question)).dump()
        return answer

    def list_of_revoked(self) -> bytes:
        return revocation_list(self.root, self.revoked, on=now() - timedelta(hours=1), until=now() + YEAR)

    def about(self, question: bytes) -> bytes:
        """The answer about one certificate (OCSP)."""
        request = ocsp.load_der_ocsp_request(question)
        numbers = {each.certificate.serial_number for each in self.revoked}
        is_revoked = request.serial_number in numbers
        builder = ocsp.OCSPResponseBuilder().add_response_by_hash(
            request.issuer_name_hash,
            request.issuer_key_hash,
            request.serial_number,
            request.hash_algorithm,
            ocsp.OCSPCertStatus.REVOKED if is_revoked else ocsp.OCSPCertStatus.GOOD,
            now() - timedelta(minutes=1),
            now() + YEAR,
            now() - timedelta(hours=1) if is_revoked else None,
            None,
        )
        builder = builder.responder_id(ocsp.OCSPResponderEncoding.HASH, self.root.certificate)
        nonce = [each for each in request.extensions if isinstance(each.value, x509.OCSPNonce)]
        for each in nonce:
            builder = builder.add_extension(each.value, critical=False)
        return builder.sign(self.root.key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)  # type: ignore[arg-type]


@contextmanager
def timestamp_desk() -> Iterator[Desk]:
    """Open a desk for as long as the block lasts."""
    root = authority("Authority with a desk", since=now() - YEAR, until=now() + YEAR)
    stamper = issue(
        root,
        "Timestamp server",
        key=rsa_key(),
        since=now() - YEAR,
        until=now() + YEAR,
        uses=("digital_signature",),
        purposes=[ExtendedKeyUsageOID.TIME_STAMPING],
    )
    desk = Desk(root, stamper)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _answering(desk))
    desk.address = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield desk
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def now() -> datetime:
    """Lists of revoked certificates are fetched and judged by the machine's own clock."""
    return datetime.now(UTC).replace(microsecond=0)


def _answering(desk: Desk) -> type[BaseHTTPRequestHandler]:
    class Answering(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            question = self.rfile.read(int(self.headers["Content-Length"]))
            desk.asked += 1
            if self.path == "/ocsp":
                self._answer(desk.about(question), "application/ocsp-response", refused=desk.mute)
            else:
                self._answer(desk.timestamp(question), "application/timestamp-reply", refused=desk.down)

        def do_GET(self) -> None:
            self._answer(desk.list_of_revoked(), "application/pkix-crl", refused=desk.mute)

        def _answer(self, content: bytes, kind: str, *, refused: bool) -> None:
            self.send_response(503 if refused else 200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *args: Any) -> None:
            """Tests keep quiet."""

    return Answering


def _asn1(certificate: x509.Certificate) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))


def _private(issued: Issued) -> bytes:
    return issued.key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
