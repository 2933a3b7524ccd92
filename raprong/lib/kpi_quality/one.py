"""What can be found in one KPI by itself."""

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import pairwise

from raprong.lib.formula import FormulaRefused, denominators_in, parse
from raprong.lib.kpi_quality.desk import Desk, Remark, shown
from raprong.lib.kpi_quality.rounds import equal_neighbours_in_rounds, faulty_rounds, round_against_year
from raprong.lib.kpi_quality.settings import QualityRules
from raprong.lib.kpi_quality.shape import Finding, KpiSheet, Severity
from raprong.lib.kpi_quality.trend import expected, is_better
from raprong.lib.scoring.criteria import Bands, Criteria, Ladder, Milestones, Steps, levels_of
from raprong.lib.scoring.criteria_faults import criteria_faults
from raprong.lib.scoring.ladder import Segment
from raprong.lib.scoring.scheme import Scheme

Looks = Callable[[Desk], Iterator[Remark]]


def findings_of(kpi: KpiSheet, scheme: Scheme, year: int, rules: QualityRules) -> list[Finding]:
    """Everything found in one KPI of a fiscal year (พ.ศ.), the gravest first.

    A KPI whose score comes from its parts has no result of its own, and is not asked how that would be scored.
    """
    desk = Desk(kpi, scheme, year, rules, usable=not criteria_faults(kpi.criteria, scheme.scores))
    looks = {code: look for code, look in LOOKS.items() if not kpi.has_parts or code in ASKED_OF_A_WHOLE}
    return gravest_first([one for code, look in looks.items() for one in judged(code, kpi, rules, look(desk))])


def judged(code: str, kpi: KpiSheet, rules: QualityRules, remarks: Iterator[Remark]) -> Iterator[Finding]:
    """Remarks as findings of a rule, with its severity; none where the rule is off or does not count yet."""
    rule = rules.rule(code)
    if rule.severity == "off" or (rule.since == "selected" and not kpi.selected):
        return
    for remark in remarks:
        yield Finding(
            code,
            Severity(rule.severity),
            kpi.code,
            remark.field,
            remark.sentence_en,
            remark.sentence_th,
            remark.facts,
        )


def gravest_first(findings: list[Finding]) -> list[Finding]:
    order = list(Severity)
    return sorted(findings, key=lambda finding: order.index(finding.severity))


# --- the criteria


def _criteria_faulty(desk: Desk) -> Iterator[Remark]:
    for fault in criteria_faults(desk.kpi.criteria, desk.scheme.scores):
        yield Remark(fault.path, fault.sentence, fault.sentence_th)
    yield from faulty_rounds(desk)


def _equal_neighbours(desk: Desk) -> Iterator[Remark]:
    yield from equal_neighbours_in_rounds(desk)
    if not (desk.usable and isinstance(desk.kpi.criteria, (Ladder, Steps, Milestones))):
        return
    for earlier, later in pairwise(levels_of(desk.kpi.criteria)):
        if earlier.at == later.at:
            one, other, at = shown(earlier.score), shown(later.score), shown(later.at)
            yield Remark(
                f"level_{other}",
                f"Levels {one} and {other} both ask for {at}. Reaching it earns level {other}.",
                f"ระดับ {one} และระดับ {other} ใช้ค่า {at} เหมือนกัน เมื่อทำได้ถึงค่านี้จะได้ระดับ {other}",
                {"levels": f"{one} {other}", "at": at},
            )


def _step_texts_missing(desk: Desk) -> Iterator[Remark]:
    """Steps and milestones need a text each; so do the levels of what is measured in levels."""
    measure = desk.rules.measure_of(desk.kpi.measure)
    in_levels = isinstance(desk.kpi.criteria, Ladder) and measure is not None and measure.code == "level"
    if not desk.usable or not (in_levels or isinstance(desk.kpi.criteria, (Steps, Milestones))):
        return
    own = (criteria for _months, criteria in desk.kpi.round_criteria)
    needed = int(max(rung.at for criteria in (desk.kpi.criteria, *own) for rung in levels_of(criteria)))
    told = sum(bool(title.strip()) for title in desk.kpi.step_titles)
    if told < needed:
        yield Remark(
            "steps",
            f"{told} of {needed} steps say what is to be done. Write the others, with the evidence each asks for.",
            f"มีคำอธิบายแล้ว {told} จาก {needed} ขั้น ให้เขียนขั้นที่เหลือพร้อมหลักฐานที่ต้องใช้",
            {"told": str(told), "needed": str(needed)},
        )


# --- the target


def _target_missing(desk: Desk) -> Iterator[Remark]:
    if desk.kpi.target is None:
        yield Remark("target", "There is no target. Give the result to be reached.", "ยังไม่มีค่าเป้าหมาย ให้ระบุผลที่ต้องการ")


def _target_off_level(desk: Desk) -> Iterator[Remark]:
    placing, target = desk.target_placing, desk.kpi.target
    if placing is None or target is None:
        return
    if placing.segment is Segment.BETWEEN and placing.lower and placing.upper:
        low, high = placing.lower, placing.upper
        yield Remark(
            "target",
            f"The target {shown(target)} lies between level {shown(low.score)} ({shown(low.at)}) and level "
            f"{shown(high.score)} ({shown(high.at)}). Put it on a level, or say why it lies there.",
            f"ค่าเป้าหมาย {shown(target)} อยู่ระหว่างระดับ {shown(low.score)} ({shown(low.at)}) กับระดับ "
            f"{shown(high.score)} ({shown(high.at)}) ให้ปรับให้ตรงระดับ หรือระบุเหตุผล",
            {"target": shown(target)},
        )
    elif placing.segment is Segment.AT_LEVEL and not _is_usual(placing.raw, desk.rules):
        usual = ", ".join(map(shown, desk.rules.target_levels))
        yield Remark(
            "target",
            f"The target {shown(target)} lies on level {shown(placing.raw)}; targets lie on level {usual}. Move the "
            "target or the levels, or say why.",
            f"ค่าเป้าหมาย {shown(target)} อยู่ที่ระดับ {shown(placing.raw)} แต่แนวทางให้ตั้งเป้าที่ระดับ {usual} "
            "ให้ปรับค่าเป้าหมายหรือเกณฑ์ หรือระบุเหตุผล",
            {"target": shown(target), "level": shown(placing.raw)},
        )


def _is_usual(score: Fraction, rules: QualityRules) -> bool:
    return not rules.target_levels or score in {Fraction(level) for level in rules.target_levels}


def _target_outside_levels(desk: Desk) -> Iterator[Remark]:
    placing, target = desk.target_placing, desk.kpi.target
    if placing is None or target is None or placing.segment not in (Segment.PAST_LAST, Segment.BELOW_FIRST):
        return
    past = placing.segment is Segment.PAST_LAST
    end = placing.lower if past else placing.upper
    if end is None:
        return
    level, at = shown(end.score), shown(end.at)
    way, way_th = ("beyond the highest", "เกินระดับสูงสุด") if past else ("short of the lowest", "ต่ำกว่าระดับต่ำสุด")
    yield Remark(
        "target",
        f"The target {shown(target)} lies {way} level, {level} ({at}). Bring the two together, or say why.",
        f"ค่าเป้าหมาย {shown(target)} {way_th} คือระดับ {level} ({at}) ให้ปรับให้สอดคล้องกัน หรือระบุเหตุผล",
        {"target": shown(target), "level": level, "at": at},
    )


def _top_reached_already(desk: Desk) -> Iterator[Remark]:
    """The latest known result would earn the highest level already. Steps begin anew each year, and are not asked."""
    if desk.more is None or not isinstance(desk.kpi.criteria, (Ladder, Bands)):
        return
    past = {year: at for year, at in desk.kpi.baseline.items() if year < desk.year}
    if not past:
        return
    year = max(past)
    placing, top = desk.placing(past[year]), levels_of(desk.kpi.criteria)[-1]
    if placing is not None and placing.raw >= Fraction(top.score):
        yield Remark(
            f"baseline_{year}",
            f"The result of {year} was {shown(past[year])}: it would earn level {shown(top.score)} "
            f"({shown(top.at)}) without doing better. Raise the levels, or say why they stay.",
            f"ผลปี {year} ทำได้ {shown(past[year])} ซึ่งได้ระดับ {shown(top.score)} ({shown(top.at)}) แล้วโดยไม่ต้องทำให้ดีขึ้น "
            "ให้ปรับเกณฑ์ หรือระบุเหตุผลที่คงไว้",
            {"year": str(year), "result": shown(past[year]), "at": shown(top.at)},
        )


def _target_below_trend(desk: Desk) -> Iterator[Remark]:
    target, more = desk.kpi.target, desk.more
    trend = expected(desk.kpi.baseline, desk.year, past_years=desk.rules.past_years, line_needs=desk.rules.line_needs)
    if target is None or more is None or trend is None:
        return
    trend = _possible(trend, desk)
    if is_better(trend, target, more=more):
        yield Remark(
            "target",
            f"The past years lead to {shown(trend)}, and the target {shown(target)} asks for less than that. Raise it, "
            "or say why it is lower.",
            f"ผลย้อนหลังชี้แนวโน้มที่ {shown(trend)} แต่ค่าเป้าหมาย {shown(target)} ท้าทายน้อยกว่า ให้ปรับขึ้น หรือระบุเหตุผล",
            {"target": shown(target), "trend": shown(trend)},
        )


def _possible(trend: Fraction, desk: Desk) -> Fraction:
    """A trend is not held against a target where the unit cannot go: over its most, or under nought."""
    measure = desk.rules.measure_of(desk.kpi.measure)
    if measure is not None and measure.most is not None:
        trend = min(trend, Fraction(measure.most))
    return max(trend, Fraction(0)) if all(at >= 0 for at in desk.kpi.baseline.values()) else trend


def _target_follows_last_year(desk: Desk) -> Iterator[Remark]:
    """Raised no further than last year's result, which alone of the known years reaches it, after a target exceeded."""
    target, more = desk.kpi.target, desk.more
    before = desk.kpi.last_year.target if desk.kpi.last_year else None
    reached = desk.kpi.baseline.get(desk.year - 1)
    if target is None or before is None or reached is None or more is None:
        return
    exceeded = is_better(reached, before, more=more)
    raised = is_better(target, before, more=more) and not is_better(target, reached, more=more)
    earlier = [
        at for year, at in desk.kpi.baseline.items() if desk.year - desk.rules.past_years <= year < desk.year - 1
    ]
    alone = all(is_better(target, at, more=more) for at in earlier)
    if exceeded and raised and alone:
        yield Remark(
            "target",
            f"The target moves from {shown(before)} to {shown(target)}, and only the result of {desk.year - 1} "
            f"({shown(reached)}) speaks for it. One good year is little to go by: say why it can be held.",
            f"ค่าเป้าหมายขยับจาก {shown(before)} เป็น {shown(target)} โดยมีเพียงผลปี {desk.year - 1} ({shown(reached)}) รองรับ "
            "ผลดีปีเดียวอาจยังไม่พอ ให้ระบุเหตุผลว่ารักษาไว้ได้อย่างไร",
            {"before": shown(before), "target": shown(target), "reached": shown(reached)},
        )


# --- words, units and formula


def _measure_and_name_differ(desk: Desk) -> Iterator[Remark]:
    named, used = desk.rules.measure_named_in(desk.kpi.title), desk.rules.measure_of(desk.kpi.measure)
    if named is None or named == used or not desk.kpi.measure:
        return
    if (used is None and not named.strict) or (used is not None and used.code in named.also):
        return
    word = next(word for word in named.begins if desk.rules.measure_named_in(word) == named)
    yield Remark(
        "measure",
        f"The name speaks of “{word}”, and it is measured in “{desk.kpi.measure}”. Change one of the two, or say why.",
        f"ชื่อตัวชี้วัดกล่าวถึง “{word}” แต่หน่วยวัดคือ “{desk.kpi.measure}” ให้แก้ให้ตรงกัน หรือระบุเหตุผล",
        {"named": named.code, "measure": desk.kpi.measure},
    )


def _figure_beyond_measure(desk: Desk) -> Iterator[Remark]:
    measure = desk.rules.measure_of(desk.kpi.measure)
    if measure is None or measure.most is None or not desk.usable or not _has_figures(desk.kpi.criteria):
        return
    figures = [(f"level_{shown(rung.score)}", rung.at) for rung in levels_of(desk.kpi.criteria)]
    figures += [("target", desk.kpi.target)] if desk.kpi.target is not None else []
    rounds = desk.kpi.round_criteria
    figures += [(f"round_{months}", rung.at) for months, own in rounds for rung in levels_of(own)]
    beyond = [(name, at) for name, at in figures if at > measure.most]
    if beyond:
        name, at = beyond[0]
        yield Remark(
            name,
            f"It is measured in “{desk.kpi.measure}”, which ends at {shown(measure.most)}, and {shown(at)} stands "
            "here. Correct the figure, or say why it can be more.",
            f"หน่วยวัดคือ “{desk.kpi.measure}” ซึ่งไม่เกิน {shown(measure.most)} แต่มีค่า {shown(at)} "
            "ให้แก้ตัวเลข หรือระบุเหตุผลที่เกินได้",
            {"figures": " ".join(shown(at) for _name, at in beyond)},
        )


def _has_figures(criteria: Criteria) -> bool:
    return isinstance(criteria, (Ladder, Bands))


def _formula_missing(desk: Desk) -> Iterator[Remark]:
    """Steps, milestones, yes or no and choices are counted and not reckoned; they need no formula."""
    if _has_figures(desk.kpi.criteria) and not (desk.kpi.formula.strip() or desk.kpi.expression.strip()):
        yield Remark(
            "formula",
            "There is no formula. Write how the result is reckoned.",
            "ยังไม่มีสูตรการคำนวณ ให้เขียนวิธีคิดผล",
        )


def _denominator_missing(desk: Desk) -> Iterator[Remark]:
    measure = desk.rules.measure_of(desk.kpi.measure)
    if measure is None or not measure.ratio or not _has_figures(desk.kpi.criteria):
        return
    kpi = desk.kpi
    written = (kpi.expression or kpi.formula).casefold()
    if kpi.inputs == 1 or _names_no_share(kpi, desk.rules):
        yield Remark(
            "formula",
            f"It is measured in “{kpi.measure}”, and the formula names nothing that it is a share of. Name the "
            "numerator and the denominator.",
            f"หน่วยวัดคือ “{kpi.measure}” แต่สูตรไม่มีตัวหาร ให้ระบุทั้งตัวตั้งและตัวหาร",
            {"formula": written, "inputs": str(kpi.inputs)},
        )


def _names_no_share(kpi: KpiSheet, rules: QualityRules) -> bool:
    """Whether what is written divides by nothing: a formula to reckon with is read, one in words looked through."""
    if not kpi.expression:
        written = kpi.formula.casefold()
        return bool(written) and not any(sign in written for sign in rules.divided)
    try:
        return not denominators_in(parse(kpi.expression))
    except FormulaRefused:  # its own form tells that
        return False


# --- who, what for, when


def _owner_missing(desk: Desk) -> Iterator[Remark]:
    for name, owner, words, words_th in (
        ("supervisor", desk.kpi.supervisor, "supervisor", "ผู้กำกับดูแลตัวชี้วัด"),
        ("collector", desk.kpi.collector, "collector of the data", "ผู้จัดเก็บข้อมูล"),
    ):
        if owner is None:
            yield Remark(name, f"It has no {words}. Choose a post.", f"ยังไม่มี{words_th} ให้เลือกตำแหน่ง", {"of": name})
            return


def _unaligned(desk: Desk) -> Iterator[Remark]:
    """Asked only where the framework has sources to choose from."""
    if desk.kpi.sources_to_choose and not desk.kpi.sources:
        yield Remark(
            "sources",
            "It answers to no policy source. Choose those it serves, or say why it stands alone.",
            "ยังไม่เชื่อมโยงกับนโยบายหรือยุทธศาสตร์ใด ให้เลือกที่มา หรือระบุเหตุผล",
        )


def _rounds_contradict(desk: Desk) -> Iterator[Remark]:
    starts, cancelled, rounds = desk.kpi.starts_in, desk.kpi.cancelled_from, desk.kpi.rounds
    if starts is not None and cancelled is not None and cancelled <= starts:
        yield Remark(
            "cancelled_from",
            f"It starts in round {starts} and is cancelled from round {cancelled} on, so no round is left. Correct one "
            "of the two.",
            f"เริ่มรายงานรอบ {starts} เดือน แต่ยกเลิกตั้งแต่รอบ {cancelled} เดือน จึงไม่เหลือรอบใดให้ประเมิน ให้แก้ข้อใดข้อหนึ่ง",
        )
    own = ((f"round_{months}", months) for months, _criteria in desk.kpi.round_criteria)
    for name, months in (("starts_in", starts), ("cancelled_from", cancelled), *own):
        if months is not None and rounds and months not in rounds:
            there = ", ".join(map(str, rounds))
            yield Remark(
                name,
                f"There is no round of {months} months this year; the rounds are {there}. Choose one of them.",
                f"ปีนี้ไม่มีรอบ {months} เดือน มีเฉพาะรอบ {there} เดือน ให้เลือกรอบที่มี",
            )


LOOKS: dict[str, Looks] = {
    "criteria-faulty": _criteria_faulty,
    "target-missing": _target_missing,
    "rounds-contradict": _rounds_contradict,
    "target-off-level": _target_off_level,
    "target-outside-levels": _target_outside_levels,
    "top-reached-already": _top_reached_already,
    "target-below-trend": _target_below_trend,
    "target-follows-last-year": _target_follows_last_year,
    "measure-and-name-differ": _measure_and_name_differ,
    "figure-beyond-measure": _figure_beyond_measure,
    "formula-missing": _formula_missing,
    "denominator-missing": _denominator_missing,
    "step-texts-missing": _step_texts_missing,
    "owner-missing": _owner_missing,
    "unaligned": _unaligned,
    "equal-neighbours": _equal_neighbours,
    "round-against-year": round_against_year,
}
ASKED_OF_A_WHOLE = ("rounds-contradict", "owner-missing", "unaligned")
