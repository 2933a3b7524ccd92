"""Check the seal on a paper and say in one sentence what was found."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from raprong.lib.signing.event_loops import outside_any_event_loop
from raprong.lib.signing.signer import certificate_of


@dataclass(frozen=True)
class SealCheck:
    """What a check found. `trusted` means that the certificate leads to a given root and was valid when sealing."""

    sealed: bool
    readable: bool = True  # whether the file can be read as a PDF at all
    intact: bool = False
    covers_whole_file: bool = False
    trusted: bool = False
    signer_name: str = ""
    signed_at: datetime | None = None

    @property
    def holds(self) -> bool:
        """Whether the paper is, byte for byte, what a trusted signer sealed."""
        return self.intact and self.covers_whole_file and self.trusted

    @property
    def english(self) -> str:
        return self._sentences[0]

    @property
    def thai(self) -> str:
        return self._sentences[1]

    @property
    def _sentences(self) -> tuple[str, str]:
        if not self.readable:
            return ("This file cannot be read as a PDF.", "แฟ้มนี้อ่านเป็น PDF ไม่ได้")
        if not self.sealed:
            return ("This file carries no seal that can be read.", "แฟ้มนี้ไม่มีตราประทับอิเล็กทรอนิกส์ที่อ่านได้")
        if not self.intact:
            return ("This file was changed after it was sealed.", "แฟ้มนี้ถูกแก้ไขหลังประทับตราอิเล็กทรอนิกส์")
        if not self.covers_whole_file:
            return ("Something was added to this file after it was sealed.", "มีการเพิ่มข้อมูลในแฟ้มนี้หลังประทับตราอิเล็กทรอนิกส์")
        if not self.trusted:
            return (
                f"This file is unchanged, but its seal by {self.signer_name} leads to no authority trusted here.",
                f"แฟ้มนี้ไม่ถูกแก้ไข แต่ตราประทับของ {self.signer_name} ไม่ได้มาจากผู้ออกใบรับรองที่ระบบนี้เชื่อถือ",
            )
        return (
            f"This file is unchanged since it was sealed by {self.signer_name}.",
            f"แฟ้มนี้ไม่ถูกแก้ไขตั้งแต่ประทับตราโดย {self.signer_name}",
        )


def verify(pdf: bytes, *, trust_roots: Sequence[bytes]) -> SealCheck:
    """Check the last seal of a PDF against root certificates given in PEM. Never raises for a bad file.

    The certificate is judged at the moment the seal names, so that an archive stays readable after it expires.
    Nothing is fetched from a network.
    """
    try:
        seals = PdfFileReader(BytesIO(pdf)).embedded_regular_signatures
        if not seals:
            return SealCheck(sealed=False)
        return _check(seals[-1], trust_roots)
    except Exception:  # a damaged file can fail anywhere inside the parser, and that is the answer
        sealed = b"/ByteRange" in pdf
        return SealCheck(sealed=sealed, readable=sealed or _is_pdf(pdf))


def _is_pdf(content: bytes) -> bool:
    try:
        return bool(PdfFileReader(BytesIO(content)).root)
    except Exception:  # as above: the parser stumbles in any way it likes
        return False


def _check(seal: EmbeddedPdfSignature, trust_roots: Sequence[bytes]) -> SealCheck:
    signed_at = seal.self_reported_timestamp
    context = ValidationContext(
        trust_roots=[certificate_of(root) for root in trust_roots], moment=signed_at, allow_fetching=False
    )
    status = outside_any_event_loop(lambda: validate_pdf_signature(seal, context))
    return SealCheck(
        sealed=True,
        intact=bool(status.intact and status.valid),
        covers_whole_file=_covers_whole_file(status),
        trusted=bool(status.trusted),
        signer_name=str(status.signing_cert.subject.native.get("common_name", "")),
        signed_at=signed_at,
    )


def _covers_whole_file(status: PdfSignatureStatus) -> bool:
    return bool(status.coverage == SignatureCoverageLevel.ENTIRE_FILE)
