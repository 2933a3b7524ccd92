"""The sentences of an explanation, each in Thai and in English."""

from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from raprong.lib.scoring.card import ScoredKpi, Status, Treatment, spoken
from raprong.lib.scoring.criteria import (
    Bands,
    Choice,
    Criteria,
    Deviation,
    Ladder,
    Milestones,
    Range,
    Side,
    Steps,
    YesNo,
)
from raprong.lib.scoring.ladder import Below, Placing, Rung, Segment
from raprong.lib.scoring.scheme import AdjustmentKind, AdjustmentRule, Scheme


class Words(NamedTuple):
    """One sentence in both languages."""

    th: str
    en: str


STATUS = {
    Status.REPORTED: Words("มีผลการดำเนินงานที่รายงานแล้ว", "A result has been reported"),
    Status.NOT_REPORTED: Words("ถึงกำหนดแล้วแต่ยังไม่รายงาน", "Due, and nobody has reported"),
    Status.MISSING: Words("ไม่มีข้อมูลสำหรับคำนวณ", "The data do not exist"),
    Status.NOT_APPLICABLE: Words("ไม่เกี่ยวข้องกับหน่วยงานในรอบนี้", "Not applicable"),
    Status.CANCELLED: Words("ยกเลิกตัวชี้วัด", "Cancelled"),
    Status.NOT_STARTED: Words("เริ่มวัดผลในรอบถัดไป", "Begins in a later round"),
}

TREATMENT = {
    Treatment.EXCLUDED: Words("ไม่นำน้ำหนักมาคิดเป็นตัวหาร", "its weight is left out of the denominator"),
    Treatment.ZERO: Words("คิดเป็น 0 คะแนน", "it counts as 0"),
    Treatment.FLOOR: Words("คิดเป็นคะแนนของระดับแรก", "it counts as the score of the first level"),
}

BELOW = {
    Below.FLOOR: Words("ได้คะแนนของระดับแรก", "the score of the first level"),
    Below.ZERO: Words("ได้ 0 คะแนน", "0"),
    Below.PROPORTIONAL: Words("ได้คะแนนตามสัดส่วนของระดับแรก", "the first level's score in proportion"),
}

_SIDE = {
    Side.BOTH: Words("คิดทั้งสูงกว่าและต่ำกว่าแผน", "above and below the plan both count"),
    Side.OVER: Words("คิดเฉพาะที่สูงกว่าแผน", "only what is above the plan counts"),
    Side.UNDER: Words("คิดเฉพาะที่ต่ำกว่าแผน", "only what is below the plan counts"),
}


def status_words(status: Status, treatment: Treatment | None) -> Words:
    """A status and what the scheme does with it."""
    says = STATUS[status]
    if treatment is None:
        return Words(says.th, f"{says.en}.")
    then = TREATMENT[treatment]
    return Words(f"{says.th} ตามเกณฑ์จึง{then.th}", f"{says.en}: by the scheme {then.en}.")


def result_words(criteria: Criteria | None, result: Decimal, months: int | None) -> Words:
    """A result as it was reported, read by the kind of its criteria."""
    number = spoken(result)
    match criteria:
        case Steps():
            return Words(f"ดำเนินการได้ {number} ขั้นตอน", f"{number} steps are done.")
        case Milestones():
            by_th, by_en = (f"ภายในรอบ {months} เดือน", f" by month {months}") if months else ("", "")
            return Words(f"บรรลุ {number} หมุดหมาย{by_th}", f"{number} milestones are reached{by_en}.")
        case YesNo():
            return Words("ผลคือ ใช่", "The answer is yes.") if result else Words("ผลคือ ไม่ใช่", "The answer is no.")
        case Choice(options):
            title = options[int(result) - 1].title
            return Words(f"เลือกข้อ {number}: {title}", f"Option {number} is chosen: {title}")
        case Deviation():
            plan = spoken(criteria.plan_in(months))
            return Words(f"ผลจริง {number} จากแผน {plan}", f"The actual value is {number}, the plan {plan}.")
        case _:
            return Words(f"ผลการดำเนินงาน {number}", f"The result is {number}.")


def criteria_words(criteria: Criteria, months: int | None, scheme: Scheme | None = None) -> Words:
    """What each score asks for; levels by their names where the scheme has names for them."""
    match criteria:
        case Ladder(rungs):
            return Words(f"เกณฑ์: {_levels_th(rungs, scheme)}", f"Criteria: {_levels_en(rungs, scheme)}.")
        case Steps(rungs):
            return Words(
                f"เกณฑ์เป็นขั้นตอน: {_levels_th(rungs, scheme)}", f"Criteria in steps: {_levels_en(rungs, scheme)}."
            )
        case Milestones():
            rungs = criteria.rungs_in(months)
            return Words(
                f"เกณฑ์เป็นหมุดหมาย: {_levels_th(rungs, scheme)}", f"Criteria in milestones: {_levels_en(rungs, scheme)}."
            )
        case Bands(ranges):
            return Words(
                "เกณฑ์เป็นช่วง: " + ", ".join(f"{_range_th(r)} ได้ {spoken(r.score)}" for r in ranges),
                "Criteria in bands: " + ", ".join(f"{_range_en(r)} earns {spoken(r.score)}" for r in ranges) + ".",
            )
        case YesNo(yes, no):
            return Words(
                f"เกณฑ์: ใช่ ได้ {spoken(yes)} ไม่ใช่ ได้ {spoken(no)}", f"Yes earns {spoken(yes)}, no {spoken(no)}."
            )
        case Choice(options):
            return Words(
                "เกณฑ์: " + ", ".join(f"ข้อ {n} ได้ {spoken(o.score)}" for n, o in enumerate(options, start=1)),
                "Criteria: "
                + ", ".join(f"option {n} earns {spoken(o.score)}" for n, o in enumerate(options, start=1))
                + ".",
            )
        case Deviation(rungs=rungs, side=side):
            return Words(
                f"เกณฑ์เป็นร้อยละที่เบี่ยงเบนจากแผน ({_SIDE[side].th}): {_levels_th(rungs, scheme)}",
                f"Criteria in per cent of deviation from the plan ({_SIDE[side].en}): {_levels_en(rungs, scheme)}.",
            )


def working_words(kpi: ScoredKpi, scheme: Scheme) -> Words:
    """How a result becomes an exact score."""
    placing, criteria = kpi.placing, kpi.criteria
    if placing is None or kpi.result is None:
        return Words("", "")
    raw = spoken(placing.raw)
    match criteria:
        case YesNo() | Choice():
            return Words(f"ได้ {raw} คะแนน", f"That earns {raw}.")
        case Bands(ranges):
            return _in_bands(kpi.result, placing, ranges, scheme)
        case Deviation():
            off = spoken(placing.measured or Fraction(0))
            found = _on_levels(kpi, placing, off, scheme)
            return Words(f"เบี่ยงเบนร้อยละ {found.th}", f"The deviation is {off} %. {found.en}")
        case _:
            return _on_levels(kpi, placing, spoken(kpi.result), scheme)


def _on_levels(kpi: ScoredKpi, placing: Placing, placed: str, scheme: Scheme) -> Words:
    raw, lower, upper = spoken(placing.raw), placing.lower, placing.upper
    if placing.segment is Segment.BELOW_FIRST or lower is None:
        return _short_of_first(placing, placed, scheme)
    level, asks = spoken(lower.score), spoken(lower.at)
    if placing.segment is Segment.PAST_LAST:
        return Words(
            f"{placed} เลยระดับสุดท้าย ({asks}) คะแนนคงที่ {level}", f"{placed} is past the last level ({asks}): {level}."
        )
    if placing.segment is Segment.BETWEEN and upper is not None:
        higher = f"{spoken(upper.score)} ({spoken(upper.at)})"
        return Words(
            f"{placed} อยู่ระหว่างระดับ {level} ({asks}) กับระดับ {higher} เทียบบัญญัติไตรยางศ์ {kpi.working} = {raw}",
            f"{placed} lies between level {level} ({asks}) and level {higher}; on the line: {kpi.working} = {raw}.",
        )
    return Words(f"{placed} ถึงระดับ {level} ({asks}) ได้ {raw} คะแนน", f"{placed} reaches level {level} ({asks}): {raw}.")


def _short_of_first(placing: Placing, placed: str, scheme: Scheme) -> Words:
    first = spoken(placing.upper.at) if placing.upper is not None else ""
    rule, raw = BELOW[scheme.below], spoken(placing.raw)
    return Words(
        f"{placed} ไม่ถึงระดับแรก ({first}) ตามเกณฑ์{rule.th} = {raw}",
        f"{placed} is short of the first level ({first}); the scheme gives {rule.en}: {raw}.",
    )


def _in_bands(result: Decimal, placing: Placing, ranges: tuple[Range, ...], scheme: Scheme) -> Words:
    placed, raw = spoken(result), spoken(placing.raw)
    held = [band for band in ranges if band.holds(result) and band.score == placing.raw]
    if held:
        return Words(
            f"{placed} อยู่ในช่วง {_range_th(held[0])} ได้ {raw}", f"{placed} lies in {_range_en(held[0])}: {raw}."
        )
    if placing.segment is Segment.BELOW_FIRST:
        rule = BELOW[scheme.below]
        return Words(
            f"{placed} ไม่ถึงช่วงแรก ตามเกณฑ์{rule.th} = {raw}",
            f"{placed} is short of every band; the scheme gives {rule.en}: {raw}.",
        )
    if placing.segment is Segment.PAST_LAST:
        return Words(f"{placed} เลยช่วงที่ดีที่สุด คะแนนคงที่ {raw}", f"{placed} is past the best band: {raw}.")
    return Words(
        f"{placed} อยู่ระหว่างสองช่วง ใช้คะแนนของช่วงที่ต่ำกว่า {raw}",
        f"{placed} lies between two bands; the lower counts: {raw}.",
    )


def rounding_words(exact: str, rounded: str, places: int | None) -> Words:
    """How a number was rounded."""
    if places is None:
        return Words(f"ไม่ปัดเศษ: {exact}", f"Not rounded: {exact}.")
    return Words(
        f"ปัดเศษครึ่งขึ้นที่ทศนิยม {places} ตำแหน่ง: {exact} เป็น {rounded}",
        f"Rounded half-up at {places} places: {exact} is {rounded}.",
    )


def held_words(reached: Fraction, limit: Decimal) -> Words:
    """That a score does not pass the highest, or nought."""
    if reached < limit:
        return Words(f"{spoken(reached)} ต่ำกว่า 0 ใช้คะแนน 0", f"{spoken(reached)} is under 0: the score is 0.")
    highest = spoken(limit)
    return Words(
        f"{spoken(reached)} เกินคะแนนสูงสุด ใช้คะแนน {highest}",
        f"{spoken(reached)} passes the highest score: the score is {highest}.",
    )


def rule_words(rule: AdjustmentRule, count: int) -> Words:
    """What an adjustment rule does, each time."""
    amount = f"{'+' if rule.amount > 0 else '−'}{spoken(abs(rule.amount))}"
    percent = rule.kind is AdjustmentKind.PERCENT
    unit = Words("% ของคะแนน", " % of the score") if percent else Words(" คะแนน", " points")
    limit = (
        Words("", "") if rule.most is None else Words(f" ไม่เกิน {spoken(rule.most)}", f", at most {spoken(rule.most)}")
    )
    return Words(
        f"{rule.title_th or rule.code}: {amount}{unit.th} × {count} ครั้ง{limit.th}",
        f"{rule.title_en or rule.code}: {amount}{unit.en} × {count}{limit.en}",
    )


def scheme_words(scheme: Scheme) -> list[Words]:
    """The rules of a scheme that every score was made by."""
    places = [_places(places) for places in (scheme.places, scheme.weighted_places, scheme.total_places)]
    first = (
        Words("ถ่วงน้ำหนักจากคะแนนที่ปัดเศษแล้ว", "The rounded score is weighted.")
        if scheme.round_score_first
        else Words("ถ่วงน้ำหนักจากคะแนนที่ยังไม่ปัดเศษ", "The exact score is weighted.")
    )
    words = [
        Words(
            f"ทศนิยม: คะแนน {places[0].th} คะแนนถ่วงน้ำหนัก {places[1].th} คะแนนรวม {places[2].th}",
            f"Places: score {places[0].en}, weighted score {places[1].en}, total {places[2].en}.",
        ),
        first,
        Words(f"ผลไม่ถึงระดับแรก{BELOW[scheme.below].th}", f"Short of the first level: {BELOW[scheme.below].en}."),
        Words(f"คะแนนสูงสุด {spoken(scheme.highest)}", f"The highest score is {spoken(scheme.highest)}."),
    ]
    if not scheme.confirmed:
        words.append(Words("วิธีคิดคะแนนนี้ยังต้องยืนยันกับหน่วยงาน", "This scheme needs confirmation by the agency."))
    return words


def _places(places: int | None) -> Words:
    return Words("ไม่ปัดเศษ", "not rounded") if places is None else Words(f"{places} ตำแหน่ง", str(places))


def _levels_th(rungs: tuple[Rung, ...], scheme: Scheme | None) -> str:
    return ", ".join(f"ระดับ {spoken(r.score)}{_named(r, scheme).th} = {spoken(r.at)}" for r in rungs)


def _levels_en(rungs: tuple[Rung, ...], scheme: Scheme | None) -> str:
    return ", ".join(f"level {spoken(r.score)}{_named(r, scheme).en} = {spoken(r.at)}" for r in rungs)


def _named(rung: Rung, scheme: Scheme | None) -> Words:
    level = None if scheme is None else scheme.level_of(rung.score)
    if level is None:
        return Words("", "")
    return Words(*(f" ({title})" if title else "" for title in (level.title_th, level.title_en)))


def _range_th(band: Range) -> str:
    if band.lowest is None or band.highest is None:
        return f"ไม่เกิน {spoken(band.highest or Decimal(0))}" if band.lowest is None else f"ตั้งแต่ {spoken(band.lowest)}"
    return f"{spoken(band.lowest)} ถึง {spoken(band.highest)}"


def _range_en(band: Range) -> str:
    if band.lowest is None or band.highest is None:
        return f"up to {spoken(band.highest or Decimal(0))}" if band.lowest is None else f"from {spoken(band.lowest)}"
    return f"{spoken(band.lowest)} to {spoken(band.highest)}"
