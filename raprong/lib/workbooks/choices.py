"""Words of a workbook that are chosen from a list, with the codes they stand for."""

from dataclasses import dataclass

from raprong.lib.scoring.criteria import Kind, Side
from raprong.lib.workbooks.cells import matching


@dataclass(frozen=True)
class ChoiceOf:
    """A code with its word in the sheet; ``also`` are other words that people write for it."""

    code: str
    word: str
    also: tuple[str, ...] = ()


LEVELS = (
    ChoiceOf("ministry", "กระทรวง", ("ระดับกระทรวง", "Ministry")),
    ChoiceOf("department", "กรม", ("ระดับกรม", "Department")),
    ChoiceOf("unit", "หน่วยงาน", ("ระดับหน่วยงาน", "สำนัก", "กอง", "Unit")),
    ChoiceOf("group", "กลุ่ม", ("ระดับกลุ่ม", "กลุ่มงาน", "Group")),
    ChoiceOf("person", "บุคคล", ("ระดับบุคคล", "Person")),
)
ORIGINS = (
    ChoiceOf("mandated", "ระดับบนกำหนด", ("กำหนดให้", "บังคับ", "Mandated")),
    ChoiceOf("own", "หน่วยงานกำหนดเอง", ("กำหนดเอง", "Own", "The unit's own")),
)
NATURES = (
    ChoiceOf("input", "ปัจจัยนำเข้า", ("Input",)),
    ChoiceOf("activity", "กิจกรรม", ("กระบวนการ", "Activity", "Process")),
    ChoiceOf("output", "ผลผลิต", ("Output",)),
    ChoiceOf("outcome", "ผลลัพธ์", ("Outcome",)),
    ChoiceOf("qualitative", "เชิงคุณภาพ", ("Qualitative",)),
)
COUNTINGS = (
    ChoiceOf("cumulative", "ผลสะสม", ("สะสม", "ผลสะสมตั้งแต่เดือนตุลาคม", "Cumulative")),
    ChoiceOf("monthly", "ผลเฉพาะเดือน", ("รายเดือน", "ผลเฉพาะของแต่ละเดือน", "Monthly")),
    ChoiceOf("annual", "ผลครั้งเดียวของทั้งปี", ("รายปี", "Annual")),
)
FRACTIONS = "fractions"  # steps of which a part may be done
KINDS = (
    ChoiceOf(Kind.LADDER, "ระดับตัวเลข", ("ตัวเลขห้าระดับ", "Ladder")),
    ChoiceOf(Kind.BANDS, "ช่วงตัวเลข", ("ช่วง", "Bands")),
    ChoiceOf(Kind.STEPS, "ขั้นตอน", ("ระดับความสำเร็จ", "Steps")),
    ChoiceOf(FRACTIONS, "ขั้นตอนคิดเศษ", ("Steps with fractions",)),
    ChoiceOf(Kind.YES_NO, "ใช่หรือไม่ใช่", ("ใช่/ไม่ใช่", "Yes or no")),
    ChoiceOf(Kind.CHOICE, "เลือกคำตอบ", ("ตัวเลือก", "Choice")),
    ChoiceOf(Kind.MILESTONES, "หมุดหมายตามรอบ", ("Milestones",)),
    ChoiceOf(f"{Kind.DEVIATION}-{Side.BOTH}", "เบี่ยงเบนจากแผน", ("Deviation",)),
    ChoiceOf(f"{Kind.DEVIATION}-{Side.OVER}", "เกินจากแผน", ("Deviation over",)),
    ChoiceOf(f"{Kind.DEVIATION}-{Side.UNDER}", "ต่ำกว่าแผน", ("Deviation under",)),
)
YES, NO = "ใช่", "ไม่ใช่"


def code_for(written: str, choices: tuple[ChoiceOf, ...]) -> str | None:
    """The code that a word stands for; none where it is no word of the list."""
    wanted = matching(written)
    for choice in choices:
        if wanted in {matching(word) for word in (choice.word, choice.code, *choice.also)}:
            return choice.code
    return None


def word_for(code: str, choices: tuple[ChoiceOf, ...]) -> str:
    """The word that the sheet has for a code; nothing for no code."""
    return next((choice.word for choice in choices if choice.code == code), "")
