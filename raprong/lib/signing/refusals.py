"""Why somebody cannot sign, in words that the person signing can act on: one table, in English and in Thai."""

from enum import StrEnum


class Why(StrEnum):
    """What stands in the way of a signature. Doors may show each in its own way; the code never changes."""

    NO_PKCS12 = "no-pkcs12"
    PKCS12_TOO_HEAVY = "pkcs12-too-heavy"
    WRONG_PASSWORD = "wrong-password"
    NO_KEY = "no-key"
    NO_CERTIFICATE = "no-certificate"
    KEY_OF_ANOTHER = "key-of-another"
    EXPIRED = "expired"
    NOT_YET_VALID = "not-yet-valid"
    NOT_FOR_SIGNING = "not-for-signing"
    WEAK_KEY = "weak-key"
    UNKNOWN_KEY = "unknown-key"
    NO_MODULE = "no-module"
    NO_TOKEN = "no-token"
    TOKEN_GONE = "token-gone"
    WRONG_PIN = "wrong-pin"
    PIN_LOCKED = "pin-locked"
    FILE_CHANGED = "file-changed"
    NO_PDF = "no-pdf"
    FIELD_TAKEN = "field-taken"
    NO_TIMESTAMP = "no-timestamp"
    CLOCK_WRONG = "clock-wrong"
    NO_REVOCATION_DATA = "no-revocation-data"
    REVOKED = "revoked"
    NO_AUTHORITY = "no-authority"
    UNKNOWN_AUTHORITY = "unknown-authority"


SENTENCES: dict[Why, tuple[str, str]] = {
    Why.NO_PKCS12: (
        "This is not a certificate file. Choose the .p12 or .pfx file that your certification authority gave you.",
        "แฟ้มนี้ไม่ใช่แฟ้มใบรับรองอิเล็กทรอนิกส์ โปรดเลือกแฟ้ม .p12 หรือ .pfx ที่ท่านได้รับจากผู้ออกใบรับรอง",
    ),
    Why.PKCS12_TOO_HEAVY: (
        "This certificate file is larger, or locked more heavily, than a certificate file ever is. Export it again.",
        "แฟ้มใบรับรองนี้ใหญ่หรือเข้ารหัสซ้ำมากกว่าที่แฟ้มใบรับรองพึงเป็น โปรดส่งออกแฟ้มใหม่",
    ),
    Why.WRONG_PASSWORD: (
        "The password does not open this certificate file. Type the password that you set when the file was made.",
        "รหัสผ่านเปิดแฟ้มใบรับรองนี้ไม่ได้ โปรดพิมพ์รหัสผ่านที่ท่านตั้งไว้เมื่อสร้างแฟ้ม",
    ),
    Why.NO_KEY: (
        "The key to sign with is missing from {where}. Choose the one that holds the private key too.",
        "ไม่พบกุญแจสำหรับลงลายมือชื่อใน{where_th} โปรดเลือกที่มีกุญแจส่วนตัวอยู่ด้วย",
    ),
    Why.NO_CERTIFICATE: (
        "The certificate that belongs to the key is missing from {where}.",
        "ไม่พบใบรับรองที่คู่กับกุญแจใน{where_th}",
    ),
    Why.KEY_OF_ANOTHER: (
        "The key does not belong to the certificate of {name}. Export the file again.",
        "กุญแจไม่คู่กับใบรับรองของ {name} โปรดส่งออกแฟ้มใหม่",
    ),
    Why.EXPIRED: (
        "The certificate of {name} ended on {day}. Ask your certification authority for a new one.",
        "ใบรับรองของ {name} หมดอายุเมื่อวันที่ {day_th} โปรดขอใบรับรองใหม่จากผู้ออกใบรับรอง",
    ),
    Why.NOT_YET_VALID: (
        "The certificate of {name} is not valid before {day}. Sign on or after that day.",
        "ใบรับรองของ {name} เริ่มใช้ได้วันที่ {day_th} โปรดลงลายมือชื่อตั้งแต่วันนั้นเป็นต้นไป",
    ),
    Why.NOT_FOR_SIGNING: (
        "The certificate of {name} was not issued for signing documents. Choose your signing certificate.",
        "ใบรับรองของ {name} ไม่ได้ออกให้ใช้ลงลายมือชื่อในเอกสาร โปรดเลือกใบรับรองสำหรับลงลายมือชื่อ",
    ),
    Why.WEAK_KEY: (
        "The certificate of {name} is too weak to be trusted today ({kind}). At least RSA 2048 or P-256 with SHA-256 "
        "is needed.",
        "ใบรับรองของ {name} อ่อนเกินกว่าจะเชื่อถือได้ในปัจจุบัน ({kind}) ต้องใช้อย่างน้อย RSA 2048 หรือ P-256 ที่ลงด้วย SHA-256",
    ),
    Why.UNKNOWN_KEY: (
        "The certificate of {name} has a kind of key that papers cannot be signed with ({kind}). Use RSA or P-256.",
        "ใบรับรองของ {name} ใช้กุญแจชนิดที่ลงลายมือชื่อในเอกสารไม่ได้ ({kind}) โปรดใช้ RSA หรือ P-256",
    ),
    Why.NO_MODULE: (
        "The driver of the token could not be loaded. Ask the administrator to correct its place in the settings.",
        "เปิดโปรแกรมควบคุมอุปกรณ์เก็บกุญแจไม่ได้ โปรดแจ้งผู้ดูแลระบบให้แก้ที่อยู่ของโปรแกรมในการตั้งค่า",
    ),
    Why.NO_TOKEN: (
        "The token “{label}” was not found. Plug it in and try again.",
        "ไม่พบอุปกรณ์เก็บกุญแจ “{label}” โปรดเสียบอุปกรณ์แล้วลองใหม่",
    ),
    Why.TOKEN_GONE: (
        "The token stopped answering in the middle of signing. Nothing was signed. Plug it in and sign again.",
        "อุปกรณ์เก็บกุญแจหยุดตอบระหว่างลงลายมือชื่อ ยังไม่มีการลงลายมือชื่อ โปรดเสียบอุปกรณ์แล้วลงลายมือชื่ออีกครั้ง",
    ),
    Why.WRONG_PIN: (
        "The PIN is wrong. Check it before you try again: a token locks itself after a few wrong PINs.",
        "รหัส PIN ไม่ถูกต้อง โปรดตรวจสอบก่อนลองใหม่ เพราะอุปกรณ์จะล็อกเมื่อใส่ผิดหลายครั้ง",
    ),
    Why.PIN_LOCKED: (
        "The token has locked itself after too many wrong PINs. Ask whoever issued it to unlock it.",
        "อุปกรณ์ล็อกแล้วเพราะใส่รหัส PIN ผิดเกินกำหนด โปรดติดต่อผู้ออกอุปกรณ์เพื่อปลดล็อก",
    ),
    Why.FILE_CHANGED: (
        "The paper has changed since it was shown to you. Nothing was signed. Read it again, then sign.",
        "เอกสารเปลี่ยนไปหลังจากที่แสดงให้ท่านอ่าน ยังไม่มีการลงลายมือชื่อ โปรดอ่านอีกครั้งแล้วจึงลงลายมือชื่อ",
    ),
    Why.NO_PDF: (
        "This file cannot be signed: it cannot be read as an open PDF.",
        "ลงลายมือชื่อในแฟ้มนี้ไม่ได้ เพราะอ่านเป็น PDF ที่เปิดได้โดยไม่ใช้รหัสผ่านไม่ได้",
    ),
    Why.FIELD_TAKEN: (
        "The place “{field}” in this paper is signed already.",
        "ตำแหน่ง “{field}” ในเอกสารนี้มีผู้ลงลายมือชื่อแล้ว",
    ),
    Why.NO_TIMESTAMP: (
        "The timestamp server does not answer as it should. Try again later, or tell the administrator.",
        "เครื่องให้บริการประทับรับรองเวลาไม่ตอบตามที่ควร โปรดลองใหม่ภายหลังหรือแจ้งผู้ดูแลระบบ",
    ),
    Why.CLOCK_WRONG: (
        "The clocks disagree: it is {ours} here, and {theirs} at the timestamp server. Nothing was signed. Ask the "
        "administrator to set this server's clock.",
        "นาฬิกาไม่ตรงกัน เครื่องนี้บอกเวลา {ours} แต่เครื่องให้บริการประทับรับรองเวลาบอก {theirs} ยังไม่มีการลงนาม "
        "โปรดแจ้งผู้ดูแลระบบให้ตั้งนาฬิกาของเครื่องนี้",
    ),
    Why.NO_REVOCATION_DATA: (
        "What is needed to check the certificate for decades could not be had from its authority.",
        "ขอข้อมูลสำหรับตรวจใบรับรองในระยะยาวจากผู้ออกใบรับรองไม่ได้",
    ),
    Why.REVOKED: (
        "The certificate of {name} was revoked on {day}. Ask your certification authority for a new one.",
        "ใบรับรองของ {name} ถูกเพิกถอนเมื่อวันที่ {day_th} โปรดขอใบรับรองใหม่จากผู้ออกใบรับรอง",
    ),
    Why.NO_AUTHORITY: (
        "This is not the root certificate of an authority. Choose the file, PEM or DER, that the authority publishes.",
        "แฟ้มนี้ไม่ใช่ใบรับรองหลักของผู้ออกใบรับรอง โปรดเลือกแฟ้มชนิด PEM หรือ DER ที่ผู้ออกใบรับรองเผยแพร่",
    ),
    Why.UNKNOWN_AUTHORITY: (
        "The certificate of {name} was issued by {issuer}, which leads to no authority that your agency trusts. Choose "
        "another certificate, or ask the administrator to trust that authority.",
        "ใบรับรองของ {name} ออกโดย {issuer} ซึ่งไม่ได้อยู่ในสายของผู้ออกใบรับรองที่หน่วยงานของท่านเชื่อถือ "
        "โปรดใช้ใบรับรองอื่น หรือขอให้ผู้ดูแลระบบเพิ่มผู้ออกใบรับรองนั้น",
    ),
}


class SigningRefused(Exception):
    """Nothing was signed, and the file is as it was. `english` and `thai` say why and what to do."""

    def __init__(self, why: Why, **words: str) -> None:
        english, thai = (sentence.format(**words) for sentence in SENTENCES[why])
        super().__init__(english)
        self.why, self.english, self.thai = why, english, thai
