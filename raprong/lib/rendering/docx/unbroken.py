"""A number on the line of the word it counts or that names it: รอบ ๑๒ เดือน, ร้อยละ ๘๐, ที่ ๖/๒๕๗๐, พ.ศ. ๒๕๗๐."""

import re
from typing import Final

_NUMBER: Final = "[0-9๐-๙][0-9๐-๙.,/]*"
# Only at the start of its run of letters: LibreOffice tears a number in two that it may not part from a long one.
_NAMES: Final = r"(?<![ก-๙])(?:รอบ|ร้อยละ|ระดับ|ข้อ|ที่|(?:(?:ประจำ)?ปีงบประมาณ )?พ\.ศ\.|โทร\.)"
_MONTHS: Final = (
    "มกราคม|กุมภาพันธ์|มีนาคม|เมษายน|พฤษภาคม|มิถุนายน|กรกฎาคม|สิงหาคม|กันยายน|ตุลาคม|พฤศจิกายน|ธันวาคม"
    r"|(?:ม\.ค|ก\.พ|มี\.ค|เม\.ย|พ\.ค|มิ\.ย|ก\.ค|ส\.ค|ก\.ย|ต\.ค|พ\.ย|ธ\.ค)\."
)
_KEPT: Final = re.compile(
    rf"(?<![0-9๐-๙])[0-9๐-๙]{{1,2}} (?:{_MONTHS}) (?:พ\.ศ\. )?[0-9๐-๙]{{4}}"
    rf"|{_NAMES} {_NUMBER}(?: (?:เดือน|ปี))?"
    rf"|{_NUMBER} (?:เดือน|ปี|วัน|นาที|ครั้ง|ชุด|ราย|คน)"
)


def unbroken(line: str) -> str:
    """The line with no-break spaces where a page of ours would not break it either."""
    return _KEPT.sub(lambda found: found[0].replace(" ", "\u00a0"), line)
