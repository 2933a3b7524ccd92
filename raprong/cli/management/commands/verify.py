from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings

from raprong.cli.command import BROKEN, REFUSED, Word
from raprong.lib.signing import FileCheck, KeysRefused, installation_roots, verify


class Command(Word):
    """`raprong verify FILE.pdf`: is this paper what was sealed. No database and no network are touched."""

    help = "Check the seal of a paper. Exit status: 0 intact, 1 not intact or not trusted, 2 cannot be read."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE.pdf")
        parser.add_argument(
            "--root",
            metavar="FILE.pem",
            action="append",
            default=[],
            help="an authority to trust instead of this installation's own; may be given several times",
        )
        parser.add_argument("--json", action="store_true", help="answer as JSON")

    def handle(self, *, file: str, root: list[str], json: bool, **options: Any) -> None:
        found = verify(self.bytes_of(file), trust_roots=self.roots(root))
        if json:
            self.say_json(as_data(found))
        elif found.readable:
            self.say(f"{file}: {found.english}")
            if found.signed_at:
                self.say(f"Sealed at {found.signed_at.isoformat()} by {found.signer_name}.")
        else:
            self.stop([f"{file}: {found.english}"])
        if not found.holds:
            raise SystemExit(BROKEN if found.readable else REFUSED)

    def bytes_of(self, file: str) -> bytes:
        try:
            return Path(file).read_bytes()
        except OSError as error:
            self.stop([f"{file}: {error.strerror}. Name a file that can be read."])

    def certificate(self, file: str) -> bytes:
        content = self.bytes_of(file)
        if b"BEGIN CERTIFICATE" not in content:
            self.stop([f"{file}: This is no certificate. Name one in PEM form."])
        return content

    def roots(self, named: list[str]) -> tuple[bytes, ...]:
        """The authorities to trust: those named, else this installation's own, else none."""
        if named:
            return tuple(self.certificate(file) for file in named)
        try:
            return installation_roots(settings.KEYS_DIR)
        except KeysRefused:
            return ()


def as_data(found: FileCheck) -> dict[str, Any]:
    return {
        "holds": found.holds,
        "readable": found.readable,
        "sealed": found.sealed,
        "intact": found.intact,
        "covers_whole_file": found.covers_whole_file,
        "trusted": found.trusted,
        "signer": found.signer_name,
        "sealed_at": found.signed_at.isoformat() if found.signed_at else None,
        "sentence": found.english,
        "sentence_th": found.thai,
    }
