"""Papers at their worst: long names, many signers, thirty KPIs, wordy levels, drafts, an emblem of the agency's own.

`make papers` prints them for the eye, and tests print them for faults. All names are invented.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, cast

from raprong.documents import Paper, sample
from raprong.documents.agreement.shape import AgreedKpi
from raprong.documents.circular.shape import Circular
from raprong.documents.committee_order.shape import CommitteeOrder, CommitteeSection, Member
from raprong.documents.manual.shape import Manual
from raprong.documents.monthly_report.shape import MonthlyReport
from raprong.documents.parts import Figure, Signatory, levels_from
from raprong.documents.result_letter.shape import ResultLetter
from raprong.documents.score_table.shape import ScoreTable
from raprong.documents.self_assessment.shape import EvidenceItem, SelfAssessment
from raprong.documents.signing_form.shape import SigningForm
from raprong.lib.rendering import SARABUN, PrintStyle

SIGNED = datetime(2026, 12, 15, 3, 30, tzinfo=UTC)
LONG_UNIT = "สำนักพัฒนาระบบบริการสุขภาพปฐมภูมิและการแพทย์ฉุกเฉินในพื้นที่ชายแดนและหมู่เกาะแบบบูรณาการครบวงจร"
LONG_POST = f"ผู้อำนวยการเชี่ยวชาญด้านนโยบาย ยุทธศาสตร์ และมาตรฐาน{LONG_UNIT}"
LONG_KPI = (
    "ระดับความสำเร็จของการพัฒนาระบบบริการดิจิทัลแบบเบ็ดเสร็จที่ประชาชนผู้สูงอายุและผู้พิการเข้าถึงได้อย่างเท่าเทียม "
    "ตามแผนแม่บทภายใต้ยุทธศาสตร์ชาติ ประเด็นที่ 20 การบริการประชาชนและประสิทธิภาพภาครัฐ"
)
WORDY = levels_from(
    [
        ("1", "มีแผนพัฒนาระบบบริการที่ผ่านความเห็นชอบของคณะกรรมการ"),
        ("2", "มีคณะทำงานและผู้รับผิดชอบชัดเจน พร้อมทั้งถ่ายทอดสู่ผู้ปฏิบัติทุกระดับ"),
        ("3", "ดำเนินการตามแผนไม่น้อยกว่าร้อยละ 80 ของกิจกรรมต่าง ๆ"),
        ("4", "ประเมินผลและรายงานผู้บริหารภายในรอบ 12 เดือน"),
        ("5", "ปรับปรุงและเผยแพร่เป็นแนวปฏิบัติที่ดี ฯลฯ"),
    ],
    note="แผนปี 2570 จำนวน 200 แห่ง",
)
OWN_EMBLEM = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 92 100">
<path d="M46 4 58 22 90 14 76 40 90 62 62 58 56 96 46 80 36 96 30 58 2 62 16 40 2 14 34 22Z"
 fill="none" stroke="black" stroke-width="3"/><circle cx="46" cy="40" r="11"/></svg>"""
WITH_EMBLEM = replace(SARABUN, garuda_svg=OWN_EMBLEM)


@dataclass(frozen=True)
class Case:
    """A paper to look at, and what it is printed with."""

    name: str
    paper: Paper
    style: PrintStyle = SARABUN


def worst_cases() -> Iterator[Case]:
    """Every case; those of one kind stand together."""
    yield from agreements()
    yield from letters()
    yield from tables()
    yield from books()


def agreements() -> Iterator[Case]:
    paper: Any = sample("agreement")
    yield Case("agreement-emblem", paper, WITH_EMBLEM)
    yield Case("agreement-unsigned", replace(paper, receivers=unsigned(paper.receivers), makers=unsigned(paper.makers)))
    yield Case("agreement-one-each", replace(paper, makers=paper.makers[:1], kpis=paper.kpis[:1]))
    crowd = replace(paper, unit=LONG_UNIT, receivers=people(3, signed=SIGNED), makers=people(9))
    yield Case("agreement-crowd", crowd)
    yield Case("agreement-thirty-kpis", replace(paper, kpis=tuple(many_kpis(30))))
    approved = tuple(replace(each, act="เห็นชอบเมื่อ") for each in people(4, signed=SIGNED))
    yield Case("agreement-approved", replace(crowd, makers=paper.makers, approvers=approved))
    addendum: Any = sample("addendum")
    wordy = tuple(replace(each, about=LONG_KPI, after=WORDY.two) for each in addendum.changes)
    person = {"unit": f"{paper.makers[0].name} {LONG_UNIT}", "kpis": tuple(many_kpis(30)), "approvers": approved}
    yield Case("addendum-person", replace(addendum, changes=wordy * 5, makers=unsigned(addendum.makers[:1]), **person))
    form = cast(SigningForm, sample("signing_form"))
    yield Case(
        "signing_form-crowd", replace(form, unit=LONG_UNIT, receivers=people(3, signed=SIGNED), makers=people(9))
    )


def letters() -> Iterator[Case]:
    letter = cast(ResultLetter, sample("result_letter"))
    long_subject = f"{letter.subject} ของ{LONG_UNIT} และการส่งคืนหลักฐานที่ไม่ครบถ้วน"
    for form in ("external", "memo"):
        shaped = replace(letter, form=cast(Any, form))
        yield Case(f"result_letter-{form}", shaped, WITH_EMBLEM)
        yield Case(
            f"result_letter-{form}-draft", replace(shaped, number="", signatory=unsigned((letter.signatory,))[0])
        )
        wordy = replace(
            shaped, subject=long_subject, unit=LONG_UNIT, to=LONG_POST, signatory=people(1, signed=SIGNED)[0]
        )
        paragraphs = (
            *letter.paragraphs[:-1],
            *letter.paragraphs * 4,
            "จึงเรียนมาเพื่อโปรดทราบ และแจ้งผู้เกี่ยวข้องในหน่วยงานต่อไป",
        )
        figures = (*letter.figures, Figure(LONG_KPI, "4.0163"))
        yield Case(f"result_letter-{form}-long", replace(wordy, paragraphs=paragraphs, figures=figures))
    circular = cast(Circular, sample("circular"))
    recipients = tuple(f"กลุ่มงานที่ {number} {LONG_UNIT if number % 7 == 0 else ''}".strip() for number in range(1, 61))
    yield Case("circular-sixty", replace(circular, recipients=recipients, unit=LONG_UNIT), WITH_EMBLEM)
    order = cast(CommitteeOrder, sample("committee_order"))
    yield Case(
        "committee_order-draft", replace(order, number="", signatory=unsigned((order.signatory,))[0]), WITH_EMBLEM
    )
    yield Case("committee_order-forty", replace(order, unit=LONG_UNIT, sections=tuple(crowded(order.sections))))


def tables() -> Iterator[Case]:
    scores = cast(ScoreTable, sample("score_table"))
    rows = tuple(
        replace(scores.rows[number % len(scores.rows)], code=f"{number // 10 + 1}.{number % 10 + 1}", name=LONG_KPI)
        for number in range(30)
    )
    yield Case("score_table-thirty", replace(scores, rows=rows, unit=LONG_UNIT))
    yield Case("score_table-wordy", replace(scores, rows=tuple(replace(row, levels=WORDY) for row in rows)))
    monthly = cast(MonthlyReport, sample("monthly_report"))
    months = tuple(replace(monthly.rows[number % 4], code=f"{number + 1}", name=LONG_KPI) for number in range(30))
    full = tuple(replace(row, values=("1250000.25",) * 12 if row.target == "1250000" else row.values) for row in months)
    yield Case("monthly_report-thirty", replace(monthly, rows=full, unit=LONG_UNIT))
    passport: Any = sample("score_passport")
    yield Case(
        "score_passport-thirty", replace(passport, rows=tuple(passport.rows[number % 3] for number in range(30)))
    )
    minutes: Any = sample("selection_minutes")
    wide = tuple(replace(each, rows=each.rows * 10) for each in minutes.dimensions)
    yield Case("selection_minutes-many", replace(minutes, dimensions=wide, draft=True))
    moderated: Any = sample("moderation_minutes")
    yield Case("moderation_minutes-many", replace(moderated, kpis=moderated.kpis * 20, unit=LONG_UNIT, draft=True))
    decided: Any = sample("objection_decision")
    yield Case(
        "objection_decision-total",
        replace(decided, heard=decided.heard * 20, scores=decided.scores * 20, panel=decided.panel * 3, unit=LONG_UNIT),
    )


def books() -> Iterator[Case]:
    report = cast(SelfAssessment, sample("self_assessment"))
    prose = "ผลการดำเนินงานตามคำรับรองการปฏิบัติราชการบรรลุเป้าหมายร้อยละ 80 ภายในรอบ 12 เดือน " * 40
    evidence = tuple(
        EvidenceItem(
            f"1.2-{number}",
            LONG_KPI,
            file_name=f"evidence-{number:02}-{'long-name-' * 6}.pdf",
            sha256="0123456789ab" * 5 + "cdef",
        )
        for number in range(1, 31)
    )
    first = replace(report.kpis[0], name=LONG_KPI, narrative=prose, obstacles=prose, evidence=evidence, levels=WORDY)
    yield Case("self_assessment-long", replace(report, kpis=(first, *report.kpis * 8), unit=LONG_UNIT))
    manual = cast(Manual, sample("manual"))
    steps = tuple(replace(manual.steps[number % 3], number=str(number + 1)) for number in range(24))
    yield Case("manual-long", replace(manual, steps=steps, kpis=manual.kpis * 8, unit=LONG_UNIT))


def people(count: int, *, signed: datetime | None = None) -> tuple[Signatory, ...]:
    """Signers with long names and posts; every second one acts for another under an order."""
    return tuple(
        Signatory(
            name=f"ว่าที่ร้อยตรีหญิง กิตติ์ธนิษฐาพรรณ วัฒนานุกูลกิจไพศาล ณ ตัวอย่าง ที่{number}",
            post=LONG_POST if number % 2 else "หัวหน้ากลุ่มพัฒนามาตรฐาน",
            acting="" if number % 2 else f"รักษาราชการแทนหัวหน้ากลุ่มแผนงานและสารสนเทศ\nตามคำสั่ง{LONG_UNIT} ที่ {number}/2570",
            signed=signed,
        )
        for number in range(1, count + 1)
    )


def unsigned(signers: tuple[Signatory, ...]) -> tuple[Signatory, ...]:
    return tuple(replace(signer, signed=None) for signer in signers)


def many_kpis(count: int) -> Iterator[AgreedKpi]:
    """KPIs over several dimensions, every third one wordy, every tenth a part of the one before."""
    few = [replace(kpi, host=LONG_UNIT) for kpi in cast(Any, sample("agreement")).kpis]
    for number in range(count):
        kpi = replace(few[number % len(few)], code=f"{number // 10 + 1}.{number % 10 + 1}", weight=Decimal("3.33"))
        kpi = replace(kpi, levels=WORDY, name=LONG_KPI) if number % 3 == 0 else kpi
        yield replace(kpi, part_of=f"{number // 10 + 1}.{number % 10}") if number % 10 == 9 else kpi


def crowded(sections: tuple[CommitteeSection, ...]) -> Iterator[CommitteeSection]:
    for section in sections:
        members = [
            Member(signer.name if number % 3 else "", signer.post, "ผู้ช่วยเลขานุการและผู้จัดเก็บข้อมูลตัวชี้วัดที่ 1.1")
            for number, signer in enumerate(people(20))
        ]
        yield replace(section, members=tuple(members), duties=section.duties * 4)
