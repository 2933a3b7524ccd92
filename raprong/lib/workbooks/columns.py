"""The columns of the sheet of KPIs: headings as officers give them, and the field each holds."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

from raprong.lib.workbooks import choices
from raprong.lib.workbooks.cells import matching
from raprong.lib.workbooks.choices import ChoiceOf

CODE, TITLE, DIMENSION, GROUP, MEASURE = "รหัส", "ตัวชี้วัด", "มิติ", "กลุ่มงานผู้รับผิดชอบ", "หน่วยวัด"
WEIGHT, TARGET = "น้ำหนัก", "ค่าเป้าหมาย"
FORMULA, DATA_SOURCE, FIGURE_SOURCE = "สูตรการคำนวณ", "แหล่งข้อมูล", "ที่มาของตัวเลข"
KIND, PLAN = "วิธีให้คะแนน", "ค่าตามแผน"
SCORES = tuple(Decimal(level) for level in range(1, 6))  # of a scale of five levels; another scale has other columns
MOST_LEVEL_COLUMNS = 12
BEFORE_LEVELS = (CODE, TITLE, DIMENSION, GROUP, MEASURE, WEIGHT)

_LEVEL = re.compile(r"(?:ระดับ|ระดับคะแนน|คะแนน|level)?(\d{1,3}(?:\.\d{1,2})?)")

LONG = 8000  # letters


@lru_cache(maxsize=200)
def level_heading(score: Decimal) -> str:
    """The heading of the column that says what a score asks for: ``ระดับ 1``."""
    return f"ระดับ {format(score.normalize() if score % 1 else score.quantize(Decimal(1)), 'f')}"


def score_in(plain_heading: str) -> Decimal | None:
    """The score that a column of levels stands for, by its heading as headings are compared; none for other columns."""
    found = _LEVEL.fullmatch(plain_heading)
    return Decimal(found[1]) if found else None


LEVELS = tuple((score, level_heading(score)) for score in SCORES)
REQUIRED = (*BEFORE_LEVELS, *(heading for _, heading in LEVELS), TARGET)


@dataclass(frozen=True)
class TextColumn:
    """A column of text: its field, heading, the most letters it holds; one line, or lines as they are typed."""

    field: str
    heading: str
    most: int
    long: bool = False
    choices: tuple[ChoiceOf, ...] = ()
    help: str = ""


NEEDED_TEXTS = (
    TextColumn("code", CODE, 20, help="ไม่ซ้ำกันในปี เช่น 1.1 ให้พิมพ์เป็นข้อความ"),
    TextColumn("title", TITLE, 300, help="ชื่อตัวชี้วัด"),
    TextColumn("dimension", DIMENSION, 200, help="ชื่อมิติตามกรอบการประเมินของปี"),
    TextColumn("group", GROUP, 200, help="ชื่อหรือชื่อย่อของกลุ่มงาน"),
    TextColumn("measure", MEASURE, 80, help="เช่น ร้อยละ วัน ระดับ"),
)
OPTIONAL_TEXTS = (
    TextColumn("formula", FORMULA, LONG, long=True, help="อธิบายวิธีคำนวณเป็นข้อความ"),
    TextColumn("data_source", DATA_SOURCE, 300, help="ระบบหรือเอกสารที่ใช้เป็นแหล่งข้อมูล"),
    TextColumn("figure_source", FIGURE_SOURCE, LONG, help="ที่มาของเกณฑ์หรือตัวเลข เก็บไว้ในหมายเหตุ"),
    TextColumn("level", "ระดับของตัวชี้วัด", 20, choices=choices.LEVELS, help="ตัวชี้วัดของใคร"),
    TextColumn("origin", "ผู้กำหนดตัวชี้วัด", 40, choices=choices.ORIGINS, help="ระดับบนกำหนดหรือกำหนดเอง"),
    TextColumn("nature", "ลักษณะตัวชี้วัด", 20, choices=choices.NATURES, help="วัดสิ่งใด"),
    TextColumn("counting", "ลักษณะการนับผล", 40, choices=choices.COUNTINGS, help="ตัวเลขของแต่ละเดือนบอกอะไร"),
    TextColumn("issue", "ประเด็น", 200, help="ประเด็นในมิติ"),
    TextColumn("strategy", "ความเชื่อมโยงกับยุทธศาสตร์", LONG, long=True),
    TextColumn("definition", "คำนิยาม", LONG, long=True),
    TextColumn("scope", "ขอบเขตการประเมิน", LONG, long=True),
    TextColumn("expression", "นิพจน์การคำนวณ", 200, help="ใช้ชื่อในคอลัมน์ข้อมูลตั้งต้น เช่น a / b * 100"),
    TextColumn("collection_method", "วิธีการเก็บข้อมูล", LONG, long=True),
    TextColumn("supervisor", "ผู้กำกับดูแลตัวชี้วัด", 200, help="ชื่อตำแหน่งในหน่วยงาน"),
    TextColumn("supervisor_phone", "โทรศัพท์ผู้กำกับดูแล", 50),
    TextColumn("collector", "ผู้จัดเก็บข้อมูล", 200, help="ชื่อตำแหน่งในหน่วยงาน"),
    TextColumn("collector_phone", "โทรศัพท์ผู้จัดเก็บข้อมูล", 50),
    TextColumn("conditions", "เงื่อนไข", LONG, long=True),
    TextColumn("evidence_expected", "เอกสารหลักฐาน", LONG, long=True),
    TextColumn("cancelled_because", "เหตุผลที่ยกเลิก", LONG, long=True),
    TextColumn("notes", "หมายเหตุ", LONG, long=True),
)
PARENT, WEIGHT_INSIDE = "รหัสตัวชี้วัดหลัก", "น้ำหนักในตัวชี้วัดหลัก"
SOURCES, INPUTS = "นโยบายที่สอดคล้อง", "ข้อมูลตั้งต้น"
ROUND_CRITERIA, STEPS = "เกณฑ์รายรอบ", "ขั้นตอนและหลักฐาน"
STARTS_IN, CANCELLED_FROM = "เริ่มรอบ (เดือน)", "ยกเลิกตั้งแต่รอบ (เดือน)"
OTHER_COLUMNS = {
    "kind": (KIND, "เลือกจากรายการ ว่างคือระดับตัวเลข"),
    "plan": (PLAN, "ใช้กับวิธีให้คะแนนแบบเบี่ยงเบนจากแผน เช่น 100 หรือ 100; 6: 40"),
    "round_criteria": (ROUND_CRITERIA, "รอบที่มีเกณฑ์ของตนเอง บรรทัดละรอบ เช่น 6: 1 = 20 | 2 = 40 | 3 = 60"),
    "steps": (STEPS, "บรรทัดละขั้นตอน เช่น 1) จัดทำแผน หลักฐานอยู่บรรทัดถัดไป เช่น - แผนที่อนุมัติแล้ว"),
    "parent": (PARENT, "ใส่เมื่อเป็นตัวชี้วัดย่อย"),
    "weight_inside": (WEIGHT_INSIDE, "น้ำหนักของตัวชี้วัดย่อยในตัวชี้วัดหลัก"),
    "sources": (SOURCES, "ชื่อนโยบายตามกรอบการประเมิน คั่นด้วย ;"),
    "inputs": (INPUTS, "เช่น a = จำนวนที่สำเร็จ [คน]; b = จำนวนทั้งหมด [คน]"),
    "starts_in": (STARTS_IN, "รอบแรกที่ประเมิน เช่น 6"),
    "cancelled_from": (CANCELLED_FROM, "รอบที่ยกเลิก เช่น 12"),
}
# In the order of the written sheet, after the columns that must be there and the past years.
OPTIONAL = (
    FORMULA,
    DATA_SOURCE,
    FIGURE_SOURCE,
    KIND,
    PLAN,
    ROUND_CRITERIA,
    PARENT,
    WEIGHT_INSIDE,
    "ระดับของตัวชี้วัด",
    "ผู้กำหนดตัวชี้วัด",
    "ลักษณะตัวชี้วัด",
    "ลักษณะการนับผล",
    "ประเด็น",
    SOURCES,
    "ความเชื่อมโยงกับยุทธศาสตร์",
    "คำนิยาม",
    "ขอบเขตการประเมิน",
    INPUTS,
    "นิพจน์การคำนวณ",
    "วิธีการเก็บข้อมูล",
    "ผู้กำกับดูแลตัวชี้วัด",
    "โทรศัพท์ผู้กำกับดูแล",
    "ผู้จัดเก็บข้อมูล",
    "โทรศัพท์ผู้จัดเก็บข้อมูล",
    "เงื่อนไข",
    "เอกสารหลักฐาน",
    STEPS,
    STARTS_IN,
    CANCELLED_FROM,
    "เหตุผลที่ยกเลิก",
    "หมายเหตุ",
)
FOUND = "ตรวจแล้วพบ"  # the column in which a workbook that comes back says what is wrong

# Other headings that people write for the same.
ALSO = {
    CODE: ("ตัวชี้วัดที่", "รหัสตัวชี้วัด", "KPI", "Code"),
    TITLE: ("ชื่อตัวชี้วัด", "ตัวชี้วัดผลงาน"),
    DIMENSION: ("มิติการประเมิน",),
    GROUP: ("กลุ่มงาน", "กลุ่ม", "ผู้รับผิดชอบ", "หน่วยงานรับผิดชอบ", "กลุ่มงานที่รับผิดชอบ"),
    MEASURE: ("หน่วย", "หน่วยนับ"),
    WEIGHT: ("ค่าน้ำหนัก",),
    TARGET: ("เป้าหมาย",),
    "คำนิยาม": ("คำอธิบาย", "คำนิยาม/คำอธิบาย"),
    "วิธีการเก็บข้อมูล": ("วิธีการจัดเก็บข้อมูล", "วิธีเก็บข้อมูล"),
    "เอกสารหลักฐาน": ("หลักฐาน", "เอกสาร/หลักฐาน"),
    "ขอบเขตการประเมิน": ("ขอบเขต",),
}


@cache
def known_headings() -> frozenset[str]:
    """Every heading that is known, in the form in which headings are compared."""
    named = (*REQUIRED, *OPTIONAL, *(other for others in ALSO.values() for other in others))
    return frozenset(matching(heading) for heading in named)
