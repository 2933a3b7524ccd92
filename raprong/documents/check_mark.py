"""The code at the foot of a paper by which anybody can check it: as squares for a telephone, and in letters."""

from dataclasses import dataclass
from typing import Any

from raprong.lib.qr_codes import drawn
from raprong.lib.rendering import Fault, PaperRefused

LONGEST_ADDRESS = 150  # letters; more would make squares that no telephone reads at this size


@dataclass(frozen=True)
class CheckMark:
    """Where a paper is checked, and its code.

    `address` is the whole address of the page that checks this very paper, and is what the squares hold. `code` is what
    a person types there who has no camera. Both are known before the paper is sealed: give the record its code first,
    render with `check=CheckMark(address, code)`, then seal the bytes. The mark stands in the bottom margin of every
    page and moves nothing on it: the paper looked at without a mark and the sealed one break at the same lines.

    With `pages`, for a paper that is signed by hand, every page has squares of its own: `address` and, after a stroke,
    the number of the page, so that a scan of the signed pages is told apart page by page; `pages` is the most that
    there may be.

    `note` stands beside it in a thin frame, such as that the seal is for training; without an address it stands alone.
    """

    address: str
    code: str
    pages: int = 0
    note: str = ""


def as_drawn(mark: CheckMark) -> dict[str, Any]:
    """The mark as its template draws it: the squares as one path, the address without https, and the code.

    The squares withstand the loss of 15 in 100 (level M). An address that is too long raises PaperRefused.
    """
    if len(mark.address) > LONGEST_ADDRESS:
        raise PaperRefused([_too_long(len(mark.address))])
    addresses = [f"{mark.address}/{page}" for page in range(1, mark.pages + 1)] or [mark.address] * bool(mark.address)
    return {
        "drawings": [drawn(address) for address in addresses],
        "address": mark.address.removeprefix("https://"),
        "code": mark.code,
        "pages": mark.pages,
        "note": mark.note,
    }


def _too_long(letters: int) -> Fault:
    return Fault(
        "check.address",
        f"The address to check the paper at has {letters} letters; at most {LONGEST_ADDRESS} fit. Shorten it.",
        f"ที่อยู่สำหรับตรวจสอบเอกสารมี {letters} ตัวอักษร รับได้ไม่เกิน {LONGEST_ADDRESS} ตัวอักษร โปรดย่อ",
    )
