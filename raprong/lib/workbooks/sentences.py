"""What a reader of a workbook is told, in English and in Thai: what is wrong, then what to do."""

from decimal import Decimal

from raprong.lib.workbooks.cells import MOST_DIGITS_BEFORE_POINT, MOST_PLACES
from raprong.lib.workbooks.limits import MOST_ROWS
from raprong.lib.workbooks.shape import KPI_SHEET

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
    f"This sheet has more than {MOST_ROWS:,} rows. Take out what is not a KPI of the year, or send it in parts.",
    f"แผ่นงานนี้มีมากกว่า {MOST_ROWS:,} แถว ให้นำแถวที่ไม่ใช่ตัวชี้วัดของปีออก หรือแบ่งส่งเป็นหลายไฟล์",
)
FORMULA_TEXT: Both = (
    "This begins like a formula. Write it as plain words, without =, +, - or @ at its head.",
    "ข้อความนี้ขึ้นต้นเหมือนสูตร ให้เขียนเป็นข้อความธรรมดา โดยไม่ขึ้นต้นด้วย = + - หรือ @",
)
FORMULA_CELL: Both = (
    "This cell holds a formula. Copy it and paste the value in its place.",
    "เซลล์นี้เป็นสูตร ให้คัดลอกแล้ววางเป็นค่า",
)
FROM_ELSEWHERE: Both = (
    "This figure is fetched from another file or address. Copy it and paste the value in its place.",
    "ตัวเลขนี้ดึงมาจากไฟล์หรือที่อยู่อื่น ให้คัดลอกแล้ววางเป็นค่า",
)
YES_AND_NO: Both = (
    "Write “ใช่” in the level that yes earns and “ไม่ใช่” in the one that no earns, once each.",
    "ให้กรอก “ใช่” ในระดับที่ได้เมื่อใช่ และ “ไม่ใช่” ในระดับที่ได้เมื่อไม่ใช่ อย่างละหนึ่งครั้ง",
)
NOT_A_ROUND: Both = (
    "Write the round in months from October, a whole number from 1 to 12.",
    "ให้กรอกรอบเป็นจำนวนเดือนนับจากเดือนตุลาคม เป็นจำนวนเต็ม 1 ถึง 12",
)
NOT_INPUTS: Both = (
    "Write each figure as name = title [unit], such as a = จำนวนที่สำเร็จ [คน]; b = จำนวนทั้งหมด [คน].",
    "ให้กรอกแต่ละตัวเป็น ชื่อ = คำอธิบาย [หน่วย] เช่น a = จำนวนที่สำเร็จ [คน]; b = จำนวนทั้งหมด [คน]",
)
NO_PLAN: Both = (
    "This way of scoring needs the plan. Write it in its column.",
    "วิธีให้คะแนนนี้ต้องมีค่าตามแผน ให้กรอกในคอลัมน์ค่าตามแผน",
)
PARENT_ITSELF: Both = (
    "A KPI is no part of itself. Write the code of the KPI above it, or leave the cell empty.",
    "ตัวชี้วัดเป็นส่วนย่อยของตนเองไม่ได้ ให้กรอกรหัสตัวชี้วัดหลัก หรือเว้นว่าง",
)
NOT_A_WORKBOOK: Both = (
    "This file is not an Excel workbook (.xlsx), or it is damaged. Open it in a spreadsheet program, save it as .xlsx "
    "and send it again.",
    "ไฟล์นี้ไม่ใช่สมุดงาน Excel (.xlsx) หรือไฟล์เสียหาย ให้เปิดด้วยโปรแกรมตารางคำนวณ บันทึกเป็น .xlsx แล้วส่งใหม่",
)
OLD_FORMAT: Both = (
    "This workbook is in an older or another format (.xls, .xlsb, .ods). Open it, save it as .xlsx and send it again.",
    "สมุดงานนี้เป็นรูปแบบเก่าหรือรูปแบบอื่น (.xls .xlsb หรือ .ods) ให้เปิดไฟล์ บันทึกเป็น .xlsx แล้วส่งใหม่",
)
LOCKED: Both = (
    "This workbook is protected with a password. Open it, take the password away, save it and send it again.",
    "สมุดงานนี้ตั้งรหัสผ่านไว้ ให้เปิดไฟล์ ยกเลิกรหัสผ่าน บันทึก แล้วส่งใหม่",
)
TOO_LARGE: Both = (
    "This file is too large for a KPI workbook. Keep the two sheets of KPIs and results, and take pictures and other "
    "sheets out.",
    "ไฟล์นี้ใหญ่เกินกว่าจะเป็นสมุดงานตัวชี้วัด ให้เหลือแผ่นงานตัวชี้วัดและผลการดำเนินงาน และนำรูปภาพและแผ่นงานอื่นออก",
)
UNKNOWN_LETTERS: Both = (
    "The letters of this file cannot be read. Save it as “CSV UTF-8” or as .xlsx and send it again.",
    "อ่านตัวอักษรในไฟล์นี้ไม่ได้ ให้บันทึกเป็น “CSV UTF-8” หรือ .xlsx แล้วส่งใหม่",
)
NOT_A_TABLE: Both = (
    "This file is no table of KPIs. Use the template, and save it as .xlsx or as CSV.",
    "ไฟล์นี้ไม่ใช่ตารางตัวชี้วัด ให้ใช้แบบฟอร์ม แล้วบันทึกเป็น .xlsx หรือ CSV",
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


def not_a_band(written: str) -> Both:
    shown = _clipped(written)
    return (
        f"“{shown}” is no band. Write it as 60–69.99, ไม่เกิน 60 or 90 ขึ้นไป.",
        f"“{shown}” ไม่ใช่ช่วง ให้กรอกเช่น 60–69.99 หรือ ไม่เกิน 60 หรือ 90 ขึ้นไป",
    )


def not_by_round(written: str) -> Both:
    shown = _clipped(written)
    return (
        f"“{shown}” does not say how many by which round. Write it as 6: 2; 12: 4.",
        f"“{shown}” ไม่ได้บอกจำนวนตามรอบ ให้กรอกเช่น 6: 2; 12: 4",
    )


def not_steps(line: str) -> Both:
    shown = _clipped(line)
    return (
        f"“{shown}” is no step. Write 1) and the step on a line, and beneath it - and what proves it.",
        f"“{shown}” ไม่ใช่ขั้นตอน ให้กรอก 1) ตามด้วยขั้นตอนหนึ่งบรรทัด แล้วกรอก - ตามด้วยหลักฐานในบรรทัดถัดไป",
    )


def not_a_round_of_criteria(line: str) -> Both:
    shown = _clipped(line)
    return (
        f"“{shown}” does not say what a round asks for. Write it as 6: 1 = 20 | 2 = 40 | 3 = 60.",
        f"“{shown}” ไม่ใช่เกณฑ์ของรอบ ให้กรอกเช่น 6: 1 = 20 | 2 = 40 | 3 = 60",
    )


def in_a_round(months: str, said: Both) -> Both:
    return (f"Round of {months} months: {said[0]}", f"รอบ {months} เดือน: {said[1]}")


def not_in_list(written: str, choices: list[str]) -> Both:
    shown, listed = _clipped(written), ", ".join(choices)
    return (
        f"“{shown}” is not in the list. Choose one of: {listed}.",
        f"“{shown}” ไม่อยู่ในรายการ ให้เลือกข้อใดข้อหนึ่ง: {listed}",
    )


def broken(written: str) -> Both:
    return (
        f"The sheet could not calculate this cell ({written}). Correct the formula, or write the value.",
        f"แผ่นงานคำนวณเซลล์นี้ไม่ได้ ({written}) ให้แก้สูตรหรือกรอกค่า",
    )


def _clipped(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60]}…"
