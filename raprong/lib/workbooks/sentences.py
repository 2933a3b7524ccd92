"""What a reader of a workbook is told, in English and in Thai: what is wrong, then what to do."""

from decimal import Decimal

from raprong.lib.workbooks.cells import MOST_DIGITS_BEFORE_POINT, MOST_PLACES
from raprong.lib.workbooks.shape import KPI_SHEET
from raprong.lib.workbooks.sheets import MOST_ROWS

Both = tuple[str, str]

EMPTY_SHEET: Both = (
    "There is no KPI in this sheet. Write one in each row.",
    "แผ่นงานนี้ไม่มีตัวชี้วัด ให้กรอกแถวละหนึ่งตัวชี้วัด",
)
EMPTY_CELL: Both = ("This cell is empty. Fill it in.", "เซลล์นี้ว่าง ให้กรอก")
EMPTY_NUMBER: Both = (
    "This cell is empty. Write a number; a formula must be calculated and saved.",
    "เซลล์นี้ว่าง ให้กรอกตัวเลข หากเป็นสูตรต้องคำนวณและบันทึกก่อน",
)
CODE_IS_A_DATE: Both = (
    "The sheet has made a date of this code. Format the cell as text and type the code again.",
    "โปรแกรมเปลี่ยนรหัสนี้เป็นวันที่ ให้กำหนดรูปแบบเซลล์เป็นข้อความแล้วพิมพ์รหัสใหม่",
)
TOO_MANY_ROWS: Both = (
    f"This sheet has more than {MOST_ROWS} rows. Take out what is not a KPI of the year.",
    f"แผ่นงานนี้มีมากกว่า {MOST_ROWS} แถว ให้นำแถวที่ไม่ใช่ตัวชี้วัดของปีออก",
)


def no_sheet(name: str) -> Both:
    return (
        f"There is no sheet “{name}”. Add it, or give the right sheet this name.",
        f"ไม่มีแผ่นงาน “{name}” ให้เพิ่ม หรือเปลี่ยนชื่อแผ่นงานให้ถูกต้อง",
    )


def no_column(heading: str, row: int) -> Both:
    return (
        f"There is no column “{heading}”. Add it, with this heading in row {row}.",
        f"ไม่มีคอลัมน์ “{heading}” ให้เพิ่มคอลัมน์ที่มีหัวข้อนี้ในแถว {row}",
    )


def code_used_above(code: str, row: int) -> Both:
    return (
        f"Code {code} is already used in row {row}. Give each KPI a code of its own.",
        f"รหัส {code} ใช้แล้วในแถว {row} ให้แต่ละตัวชี้วัดมีรหัสของตนเอง",
    )


def code_taken(code: str) -> Both:
    return (
        f"Code {code} is already used by a KPI of this year. Give this one another code, or take it out.",
        f"รหัส {code} มีตัวชี้วัดของปีนี้ใช้แล้ว ให้เปลี่ยนรหัสหรือนำแถวนี้ออก",
    )


def unknown_name(written: str, choices: list[str]) -> Both:
    listed = ", ".join(choices)
    return (
        f"“{written}” is not known here. Write one of: {listed}.",
        f"ไม่พบ “{written}” ให้ใช้ชื่อใดชื่อหนึ่งต่อไปนี้: {listed}",
    )


def weight_out_of_range(weight: Decimal) -> Both:
    return (
        f"The weight is {weight}. Write a number above 0, at most 100, with at most two decimal places.",
        f"น้ำหนักคือ {weight} ให้กรอกตัวเลขมากกว่า 0 ไม่เกิน 100 ทศนิยมไม่เกินสองตำแหน่ง",
    )


def weights_do_not_add_up(total: Decimal, *, all_read: bool) -> Both:
    which, which_th = ("The weights", "น้ำหนัก") if all_read else ("The weights that can be read", "น้ำหนักที่อ่านได้")
    return (
        f"{which} add up to {total:f}. Change them so that together they are exactly 100.",
        f"{which_th}รวมได้ {total:f} ให้แก้ให้รวมกันเท่ากับ 100 พอดี",
    )


def results_twice(code: str, row: int) -> Both:
    return (
        f"Code {code} already has its results in row {row}. Keep one row.",
        f"รหัส {code} มีผลในแถว {row} แล้ว ให้เหลือแถวเดียว",
    )


def results_of_no_kpi(code: str) -> Both:
    return (
        f"There is no KPI {code} in the sheet “{KPI_SHEET}”. Correct the code, or add the KPI.",
        f"ไม่มีตัวชี้วัด {code} ในแผ่นงาน “{KPI_SHEET}” ให้แก้รหัสหรือเพิ่มตัวชี้วัด",
    )


def too_long(letters: int, most: int) -> Both:
    return (
        f"This is {letters} letters long. Use at most {most}.",
        f"ข้อความยาว {letters} ตัวอักษร ให้ใช้ไม่เกิน {most}",
    )


def not_a_number(written: str) -> Both:
    shown = _clipped(written)
    return (
        f"“{shown}” is not a number. Write digits with at most one point, such as 94.5.",
        f"“{shown}” ไม่ใช่ตัวเลข ให้กรอกตัวเลขที่มีจุดทศนิยมไม่เกินหนึ่งจุด เช่น 94.5",
    )


def outsize_number(written: str) -> Both:
    shown = _clipped(written)
    return (
        f"{shown} has too many digits. Use at most {MOST_DIGITS_BEFORE_POINT} before the point and {MOST_PLACES} after "
        "it.",
        f"{shown} มีหลักมากเกินไป ให้ใช้ไม่เกิน {MOST_DIGITS_BEFORE_POINT} หลักหน้าจุด และ {MOST_PLACES} หลักหลังจุด",
    )


def _clipped(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60]}…"
