"""Sample data of the gallery. Every name and figure is made up."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from raprong.documents import sample
from raprong.kpis.criteria_words import texts_of
from raprong.kpis.models import KpiYear
from raprong.lib.scoring.criteria import Choice, Criteria, Ladder, Option, Steps
from raprong.lib.scoring.ladder import Rung
from raprong.lib.scoring.scheme import Scheme
from raprong.lib.thai.proofreading import Expected, Passage, proofread
from raprong.stationery.queries import PaperStyle
from raprong.web.evidence.cards import HoleLine, HolesCard
from raprong.web.kpis.curves import CurveView, curves_of
from raprong.web.stationery.looking import Look, look_at
from raprong.web.stationery.proofs import Proof, proof_of

TODAY = date(2027, 1, 25)
SCORE, TARGET_SCORE = Decimal("3.5000"), Decimal(4)
SIGNED_AT = datetime(2026, 12, 12, 3, 15, tzinfo=UTC)


def stats() -> list[dict[str, str]]:
    return [
        {
            "label": _("Steps done"),
            "value": _("%(done)s of %(all)s") % {"done": "๕", "all": "๑๐"},
            "note": "กำลังทำขั้นที่ ๖",
        },
        {
            "label": _("Time used / standard"),
            "value": "๘๙๐ / ๘๔๐",
            "unit": "นาที",
            "note": "เกิน ๕๐ นาที ที่ขั้น ๒",
            "state": "late",
        },
        {"label": _("Next due date"), "value": "๓๑ ม.ค. ๒๕๗๐", "note": "อีก ๖ วันทำการ"},
        {
            "label": _("Weight reported"),
            "value": _("%(done)s of %(all)s") % {"done": "๖๕", "all": "๑๐๐"},
            "note": "คะแนนชั่วคราว ๓.๕๙๐๐",
        },
    ]


def tasks() -> list[dict[str, Any]]:
    return [
        {
            "title": "กรอกผลเดือนธันวาคม: ๔ ตัวชี้วัดของกลุ่มแผนงานฯ",
            "note": "ใช้เวลาราว ๕ นาที · เดือนก่อนกรอกครบ",
            "due": date(2027, 1, 23),
            "href": "#",
            "label": "กรอกผล",
            "primary": True,
        },
        {
            "title": "ตรวจรายละเอียดตัวชี้วัดของกลุ่มที่ ๒",
            "note": "๓ ตัวชี้วัด · ส่งมาเมื่อวันศุกร์",
            "due": date(2027, 1, 27),
            "href": "#",
            "label": "ตรวจ",
        },
        {
            "title": "รับทราบตัวชี้วัดที่ท่านรับผิดชอบ",
            "note": "๒ ตัวชี้วัด จากคำรับรองที่ลงนามแล้ว",
            "due": date(2027, 2, 26),
            "href": "#",
            "label": "อ่านและรับทราบ",
        },
    ]


def kpis() -> list[dict[str, Any]]:
    return [
        {
            "code": "1.1",
            "name": "ร้อยละความสำเร็จของแผนงาน",
            "weight": Decimal("30"),
            "score": Decimal("4.2500"),
            "state": "done",
        },
        {
            "code": "2.1",
            "name": "ร้อยละการเบิกจ่ายงบประมาณรายจ่ายภาพรวม",
            "weight": Decimal("20"),
            "score": Decimal("3.5000"),
            "state": "provisional",
        },
        {
            "code": "2.2",
            "name": "ระยะเวลาเฉลี่ยของการให้บริการ (วัน)",
            "weight": Decimal("15"),
            "score": Decimal("1.0000"),
            "state": "late",
        },
        {
            "code": "3.1",
            "name": "ระดับความสำเร็จของการพัฒนาบุคลากร",
            "weight": Decimal("35"),
            "score": None,
            "state": "wait",
        },
    ]


def curves() -> list[CurveView]:
    """A ladder with two equal neighbours, a table of steps, and answers to choose from."""
    answers = [(1, "ไม่มีแผน"), (3, "มีแผน"), (5, "ทำตามแผน")]
    drawn: list[tuple[Criteria, int, str]] = [
        (Ladder(_rungs(40, 50, 60, 60, 70)), 65, "ร้อยละ"),
        (Steps(_rungs(1, 2, 3, 5, 6)), 5, "ข้อ"),
        (Choice(tuple(Option(Decimal(score), title) for score, title in answers)), 3, "คำตอบ"),
    ]
    return [
        curves_of(criteria, Scheme(), target=Decimal(target), measure=measure, texts=texts_of(criteria)).views[0]
        for criteria, target, measure in drawn
    ]


def _rungs(*figures: int) -> tuple[Rung, ...]:
    return tuple(Rung(Decimal(at), Decimal(level)) for level, at in enumerate(figures, start=1))


def months() -> list[dict[str, Any]]:
    names = ["ต.ค.", "พ.ย.", "ธ.ค.", "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย."]
    results: list[str | None] = [
        "89.10",
        "89.90",
        "90.40",
        "91.00",
        "91.20",
        None,
        "92.40",
        "92.80",
        "93.10",
        "94.00",
        "94.50",
        None,
    ]
    return [{"label": name, "result": result} for name, result in zip(names, results, strict=True)]


def proof() -> Proof:
    """A text with a slip of every gravity."""
    words = {"subject": "", "paragraphs": "แจ้งกลุ่มต่างๆ ว่าประชุมวันที่ ๓๐ กุมภาพันธ์ ๒๕๗๐"}
    passages = [Passage(place, text, required=True) for place, text in words.items()]
    labels = {"subject": _("Subject"), "paragraphs": _("Text")}
    return proof_of(proofread(passages, Expected()), labels, anchors=False)


def paper() -> Look:
    return look_at(sample("circular"), PaperStyle())


def sop_panel() -> dict[str, Any]:
    return {
        "number": 6,
        "title": "จัดทำรายละเอียดตัวชี้วัด",
        "words": "ทุกกลุ่มงานจัดทำรายละเอียดตัวชี้วัดตามคำรับรองฯ ส่งให้กลุ่มแผนงานรวบรวม ตรวจสอบความครบถ้วน ถูกต้อง ตามเกณฑ์",
        "document": "คู่มือตัวอย่าง ฉบับที่ ๑",
        "source": "หน้า ๕ แถว ๖",
        "standard_minutes": 1540,
        "used_minutes": 890,
        "done_by": "ทุกกลุ่มงาน",
        "control_points": [
            {"text": "น้ำหนักรวมเท่ากับ ๑๐๐", "ok": True, "note": "ระบบตรวจแล้ว"},
            {"text": "กลุ่มที่ ๓ ส่งรายละเอียดตัวชี้วัด", "ok": False, "note": "เหลือ ๒ ตัวชี้วัด"},
            {"text": "ครบถ้วน ถูกต้อง ทันตามระยะเวลาที่กำหนด", "ok": None, "note": "ผู้ตรวจ: หัวหน้ากลุ่มแผนงาน"},
        ],
    }


def steps() -> list[dict[str, str]]:
    return [
        {"label": "ร่าง", "state": "done", "note": "๑ ต.ค. ๒๕๖๙"},
        {"label": "ตรวจ", "state": "done", "note": "๑๕ ต.ค. ๒๕๖๙"},
        {"label": "ลงนาม", "state": "now", "note": "รอผู้รับคำรับรอง ๑ คน"},
        {"label": "มีผลใช้บังคับ", "state": "wait"},
    ]


def evidence() -> list[dict[str, Any]]:
    at = datetime(2027, 1, 22, 7, 30, tzinfo=UTC)
    return [
        {
            "name": "รายงานการเบิกจ่าย ธันวาคม ๒๕๖๙.pdf",
            "href": "#",
            "size": 482_113,
            "by": "นักวิเคราะห์นโยบายและแผน",
            "at": at,
            "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        },
        {"name": "สรุปผลรายเดือน.xlsx", "href": "#", "size": 18_204, "by": "เจ้าหน้าที่ธุรการ", "at": at},
    ]


def holes() -> HolesCard:
    kpi = KpiYear(code="2.1", title="ร้อยละของผู้รับบริการที่พึงพอใจ")
    weak = HoleLine(KpiYear(code="2.2", title="ร้อยละของผู้ผ่านการอบรม"), "#", ["มีเฉพาะหลักฐานประกอบ"])
    lines = [HoleLine(kpi, "#", ["ขั้นตอนที่ ๒ ยังไม่มีรายงานการประชุม", "ระดับ ๔ ยังไม่มีหลักฐาน"])]
    return HolesCard(lines, 2, "#", [weak])
