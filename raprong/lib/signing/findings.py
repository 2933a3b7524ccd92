"""What a check of a signed paper can find, and how it is said: one table, in English and in Thai."""

from enum import StrEnum


class Finding(StrEnum):
    """What is true of one signature, or of a whole file. Only HOLDS is good; the worst comes first."""

    NO_PDF = "no-pdf"
    LOCKED = "locked"
    CUT_SHORT = "cut-short"
    BROKEN = "broken"
    UNSEALED = "unsealed"
    CHANGED = "changed"
    FORGED = "forged"
    PAGES_ADDED = "pages-added"
    ADDED = "added"
    REVOKED = "revoked"
    EXPIRED = "expired"
    NOT_YET_VALID = "not-yet-valid"
    UNKNOWN_AUTHORITY = "unknown-authority"
    NOT_FOR_SIGNING = "not-for-signing"
    UNTRUSTED = "untrusted"
    HOLDS = "holds"


DAMAGED = frozenset({Finding.BROKEN, Finding.CHANGED, Finding.FORGED, Finding.PAGES_ADDED, Finding.ADDED})


class Level(StrEnum):
    """How much of a signature's proof lies in the file itself (ETSI EN 319 142-1)."""

    B_B = "B-B"  # the signature
    B_T = "B-T"  # and a timestamp of it
    B_LT = "B-LT"  # and what is needed to check its certificates
    B_LTA = "B-LTA"  # and a timestamp over all of this, so that it can be checked for decades


LEVEL_SENTENCES: dict[Level, tuple[str, str]] = {
    Level.B_B: (
        "The moment is the signer's own word: no timestamp server has confirmed it.",
        "เวลาเป็นเวลาที่ผู้ลงนามระบุเอง ยังไม่มีเครื่องให้บริการประทับรับรองเวลายืนยัน",
    ),
    Level.B_T: (
        "The moment is confirmed by a timestamp server.",
        "เวลาได้รับการยืนยันจากเครื่องให้บริการประทับรับรองเวลา",
    ),
    Level.B_LT: (
        "The moment is confirmed by a timestamp server, and what is needed to check the certificates lies in the file.",
        "เวลาได้รับการยืนยันจากเครื่องให้บริการประทับรับรองเวลา และข้อมูลสำหรับตรวจใบรับรองอยู่ในแฟ้มแล้ว",
    ),
    Level.B_LTA: (
        "The moment is confirmed by a timestamp server, and the file can be checked for decades on its own.",
        "เวลาได้รับการยืนยันจากเครื่องให้บริการประทับรับรองเวลา และตรวจสอบแฟ้มนี้ได้ด้วยตัวเองไปอีกหลายสิบปี",
    ),
}

FILE_SENTENCES: dict[Finding, tuple[str, str]] = {
    Finding.NO_PDF: ("This file cannot be read as a PDF.", "แฟ้มนี้อ่านเป็น PDF ไม่ได้"),
    Finding.LOCKED: (
        "This file is locked with a password, so nothing in it can be checked. Ask for the file as it was sealed.",
        "แฟ้มนี้ล็อกด้วยรหัสผ่าน จึงตรวจไม่ได้ โปรดขอรับแฟ้มตามที่ประทับตราไว้",
    ),
    Finding.CUT_SHORT: (
        "This file is cut short: its end is missing. Ask for it once more.",
        "แฟ้มนี้ขาดตอนท้ายไป โปรดขอรับแฟ้มใหม่อีกครั้ง",
    ),
    Finding.BROKEN: (
        "This file was changed after it was sealed, and its seal can no longer be read.",
        "แฟ้มนี้ถูกแก้ไขหลังประทับตราอิเล็กทรอนิกส์ จนอ่านตราประทับไม่ได้แล้ว",
    ),
    Finding.UNSEALED: ("This file carries no seal that can be read.", "แฟ้มนี้ไม่มีตราประทับอิเล็กทรอนิกส์ที่อ่านได้"),
    Finding.CHANGED: ("This file was changed after it was sealed.", "แฟ้มนี้ถูกแก้ไขหลังประทับตราอิเล็กทรอนิกส์"),
    Finding.FORGED: (
        "The {mark} of {name} in this file does not fit its certificate: it was not made with that certificate's key.",
        "{mark_th}ของ {name} ในแฟ้มนี้ไม่ตรงกับใบรับรอง จึงไม่ได้ทำขึ้นด้วยกุญแจของใบรับรองนั้น",
    ),
    Finding.PAGES_ADDED: (
        "Pages were added to this file after it was sealed: {pages}.",
        "แฟ้มนี้ถูกเพิ่ม {pages} หน้าหลังประทับตราอิเล็กทรอนิกส์",
    ),
    Finding.ADDED: (
        "Something was added to this file after it was sealed.",
        "มีการเพิ่มข้อมูลในแฟ้มนี้หลังประทับตราอิเล็กทรอนิกส์",
    ),
    Finding.REVOKED: (
        "This file is unchanged, but the certificate of {name} was revoked on {day}, and nothing proves that the "
        "{mark} is older.",
        "แฟ้มนี้ไม่ถูกแก้ไข แต่ใบรับรองของ {name} ถูกเพิกถอนเมื่อวันที่ {day_th} และไม่มีสิ่งใดยืนยันว่า{marked_th}ก่อนหน้านั้น",
    ),
    Finding.EXPIRED: (
        "This file is unchanged, but the certificate of {name} had ended on {day}, before it was {marked}.",
        "แฟ้มนี้ไม่ถูกแก้ไข แต่ใบรับรองของ {name} หมดอายุตั้งแต่วันที่ {day_th} ก่อน{marked_th}",
    ),
    Finding.NOT_YET_VALID: (
        "This file is unchanged, but the certificate of {name} was not valid before {day}, after it was {marked}.",
        "แฟ้มนี้ไม่ถูกแก้ไข แต่ใบรับรองของ {name} เริ่มใช้ได้วันที่ {day_th} หลังจาก{marked_th}",
    ),
    Finding.UNKNOWN_AUTHORITY: (
        "This file is unchanged, but its {mark} by {name} leads to no authority trusted here.",
        "แฟ้มนี้ไม่ถูกแก้ไข แต่{mark_th}ของ {name} ไม่ได้มาจากผู้ออกใบรับรองที่ระบบนี้เชื่อถือ",
    ),
    Finding.NOT_FOR_SIGNING: (
        "This file is unchanged, but the certificate of {name} was not issued for signing or sealing papers.",
        "แฟ้มนี้ไม่ถูกแก้ไข แต่ใบรับรองของ {name} ไม่ได้ออกให้ใช้ประทับตราหรือลงลายมือชื่อในเอกสาร",
    ),
    Finding.UNTRUSTED: (
        "This file is unchanged, but the certificate of {name} does not stand up to a check.",
        "แฟ้มนี้ไม่ถูกแก้ไข แต่ใบรับรองของ {name} ไม่ผ่านการตรวจสอบ",
    ),
    Finding.HOLDS: (
        "This file is unchanged since it was sealed by {name}.",
        "แฟ้มนี้ไม่ถูกแก้ไขตั้งแต่ประทับตราโดย {name}",
    ),
}

MARKS: dict[bool, dict[str, str]] = {
    True: {"mark": "seal", "marked": "sealed", "mark_th": "ตราประทับ", "marked_th": "ประทับตรา"},
    False: {"mark": "signature", "marked": "signed", "mark_th": "ลายมือชื่อ", "marked_th": "ลงลายมือชื่อ"},
}
"""What a unit's seal is called (True), and what a person's signature."""

SIGNED_SENTENCES = (
    "This file is unchanged since it was signed by {name}. It carries no seal of an office.",
    "แฟ้มนี้ไม่ถูกแก้ไขตั้งแต่ลงลายมือชื่อโดย {name} แต่ไม่มีตราประทับของหน่วยงาน",
)
"""Instead of `Finding.HOLDS` where people have signed and no office has sealed yet."""

SIGNATURE_SENTENCES: dict[Finding, tuple[str, str]] = {
    Finding.BROKEN: ("Cannot be read any more.", "อ่านไม่ได้แล้ว"),
    Finding.CHANGED: ("What was signed has been changed since.", "สิ่งที่ลงนามไว้ถูกแก้ไขภายหลัง"),
    Finding.FORGED: (
        "Was not made with the key of the certificate that it names.",
        "ไม่ได้ทำขึ้นด้วยกุญแจของใบรับรองที่ระบุไว้",
    ),
    Finding.PAGES_ADDED: (
        "Holds for the pages as they were; {pages} pages were added behind it.",
        "ใช้ได้กับหน้าเดิม แต่มีการเพิ่ม {pages} หน้าภายหลัง",
    ),
    Finding.ADDED: (
        "Holds for the file as it was; something other than a signature was added behind it.",
        "ใช้ได้กับแฟ้มเดิม แต่มีการเพิ่มสิ่งที่ไม่ใช่ลายมือชื่อภายหลัง",
    ),
    Finding.REVOKED: (
        "Its certificate was revoked on {day}, and nothing proves that it is older.",
        "ใบรับรองถูกเพิกถอนเมื่อวันที่ {day_th} และไม่มีสิ่งใดยืนยันว่าลงนามก่อนหน้านั้น",
    ),
    Finding.EXPIRED: (
        "Its certificate had ended on {day}, before the signature.",
        "ใบรับรองหมดอายุตั้งแต่วันที่ {day_th} ก่อนลงนาม",
    ),
    Finding.NOT_YET_VALID: (
        "Its certificate was not valid before {day}, after the signature.",
        "ใบรับรองเริ่มใช้ได้วันที่ {day_th} หลังจากลงนาม",
    ),
    Finding.UNKNOWN_AUTHORITY: (
        "Its certificate leads to no authority trusted here.",
        "ใบรับรองไม่ได้มาจากผู้ออกใบรับรองที่ระบบนี้เชื่อถือ",
    ),
    Finding.NOT_FOR_SIGNING: (
        "Its certificate was not issued for signing papers.",
        "ใบรับรองไม่ได้ออกให้ใช้ลงลายมือชื่อในเอกสาร",
    ),
    Finding.UNTRUSTED: ("Its certificate does not stand up to a check.", "ใบรับรองไม่ผ่านการตรวจสอบ"),
    Finding.HOLDS: ("Unchanged since it was signed.", "ไม่ถูกแก้ไขตั้งแต่ลงนาม"),
}
