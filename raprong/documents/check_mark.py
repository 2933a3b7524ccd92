"""The code at the foot of a paper by which anybody can check it: as squares for a telephone, and in letters."""

from dataclasses import dataclass

import segno

from raprong.lib.rendering import Fault, PaperRefused

LONGEST_ADDRESS = 150  # letters; more would make squares that no telephone reads at this size


@dataclass(frozen=True)
class CheckMark:
    """Where a paper is checked, and its code.

    `address` is the whole address of the page that checks this very paper, and is what the squares hold. `code` is what
    a person types there who has no camera. Both are known before the paper is sealed: give the record its code first,
    render with `check=CheckMark(address, code)`, then seal the bytes. The mark stands in the bottom margin of every
    page and moves nothing on it: the paper looked at without a mark and the sealed one break at the same lines.
    """

    address: str
    code: str


def as_drawn(mark: CheckMark) -> dict[str, str]:
    """The mark as its template draws it: the squares as one path, the address without https, and the code.

    The squares withstand the loss of 15 in 100 (level M). An address that is too long raises PaperRefused.
    """
    if len(mark.address) > LONGEST_ADDRESS:
        raise PaperRefused([_too_long(len(mark.address))])
    return {"drawing": _drawing(mark.address), "address": mark.address.removeprefix("https://"), "code": mark.code}


def _drawing(address: str) -> str:
    rows = segno.make_qr(address, error="m", boost_error=False).matrix
    path = "".join(
        f"M{column} {row}h1v1h-1z" for row, squares in enumerate(rows) for column, black in enumerate(squares) if black
    )
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {len(rows)} {len(rows)}"><path d="{path}"/></svg>'


def _too_long(letters: int) -> Fault:
    return Fault(
        "check.address",
        f"The address to check the paper at has {letters} letters; at most {LONGEST_ADDRESS} fit. Shorten it.",
        f"ที่อยู่สำหรับตรวจสอบเอกสารมี {letters} ตัวอักษร รับได้ไม่เกิน {LONGEST_ADDRESS} ตัวอักษร โปรดย่อ",
    )
