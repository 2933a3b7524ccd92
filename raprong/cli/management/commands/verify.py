from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from raprong.cli.command import BROKEN, REFUSED, Word
from raprong.lib.signing import (
    FileCheck,
    KeysRefused,
    SignatureCheck,
    each_among,
    installation_roots,
    revocation_list_in,
    verify,
)


class Command(Word):
    """`raprong verify FILE.pdf`: is this paper what was signed and sealed. No database and no network are touched."""

    help = (
        "Check the signatures and seals of a paper. Exit status: 0 intact, 1 not intact or not trusted, 2 unreadable."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE.pdf")
        parser.add_argument(
            "--root",
            metavar="FILE.pem",
            action="append",
            default=[],
            help="authorities to trust instead of this installation's own, one or several in a file; those that an "
            "installation trusts are at its /verify/authorities.pem",
        )
        parser.add_argument(
            "--crl",
            metavar="FILE.crl",
            action="append",
            default=[],
            help="an authority's list of revoked certificates, PEM or DER; may be given several times",
        )
        parser.add_argument("--json", action="store_true", help="answer as JSON")

    def handle(self, *, file: str, root: list[str], crl: list[str], json: bool, **options: Any) -> None:
        found = verify(
            self.bytes_of(file), trust_roots=self.roots(root), crls=[self.revocation_list(each) for each in crl]
        )
        if json:
            self.say_json(as_data(found))
        elif found.readable:
            self.say(f"{file}: {found.english}")
            for order, signature in enumerate(found.signatures, start=1):
                self.say(f"  {order}. {told(signature)}")
        else:
            self.stop([f"{file}: {found.english}"])
        if not found.holds:
            raise SystemExit(BROKEN if found.readable else REFUSED)

    def bytes_of(self, file: str) -> bytes:
        try:
            return Path(file).read_bytes()
        except OSError as error:
            self.stop([f"{file}: {error.strerror}. Name a file that can be read."])

    def certificates(self, file: str) -> tuple[bytes, ...]:
        try:
            return each_among(self.bytes_of(file))
        except ValueError:
            self.stop([f"{file}: This is no certificate. Name one in PEM form."])

    def revocation_list(self, file: str) -> bytes:
        try:
            return revocation_list_in(self.bytes_of(file))
        except ValueError:
            self.stop([f"{file}: This is no list of revoked certificates. Name one in PEM or DER form."])

    def roots(self, named: list[str]) -> tuple[bytes, ...]:
        """The authorities to trust: those named, else this installation's own, else none."""
        if named:
            return tuple(root for file in named for root in self.certificates(file))
        try:
            return installation_roots(settings.KEYS_DIR)
        except KeysRefused:
            return ()


def told(signature: SignatureCheck) -> str:
    """One signature in two sentences: who, when and over how much; then what was found."""
    what = "Seal" if signature.is_seal else "Signature"
    who = f"{what} of {signature.name or 'somebody unknown'}" + (
        f" (certificate issued by {signature.issuer})" if signature.issuer else ""
    )
    when = f" at {signature.signed_at.isoformat()}" if signature.signed_at else ""
    stamp = (
        f", timestamped at {signature.stamped_at.isoformat()} by {signature.stamped_by}" if signature.stamped_at else ""
    )
    pages = f", over {signature.pages} pages" if signature.pages else ""
    return f"{who}{when}{stamp}{pages}, level {signature.level}. {signature.english}"


def as_data(found: FileCheck) -> dict[str, Any]:
    return {
        "holds": found.holds,
        "finding": found.finding,
        "readable": found.readable,
        "sealed": found.sealed,
        "intact": found.intact,
        "covers_whole_file": found.covers_whole_file,
        "trusted": found.trusted,
        "signer": found.signer_name,
        "sealed_at": _moment(found.signed_at),
        "sentence": found.english,
        "sentence_th": found.thai,
        "signatures": [signature_as_data(each) for each in found.signatures],
    }


def signature_as_data(signature: SignatureCheck) -> dict[str, Any]:
    return {
        "holds": signature.holds,
        "finding": signature.finding,
        "field": signature.field,
        "is_seal": signature.is_seal,
        "name": signature.name,
        "issuer": signature.issuer,
        "certificate_sha256": signature.sha256,
        "signed_at": _moment(signature.signed_at),
        "timestamped_at": _moment(signature.stamped_at),
        "timestamped_by": signature.stamped_by,
        "level": signature.level,
        "pages": signature.pages,
        "pages_added": signature.pages_added,
        "sentence": signature.english,
        "sentence_th": signature.thai,
    }


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
