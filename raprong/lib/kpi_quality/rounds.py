"""What can be found in the criteria that rounds have of their own, beside those of the year."""

from collections.abc import Iterator
from itertools import pairwise

from raprong.lib.kpi_quality.desk import Desk, Remark, shown
from raprong.lib.kpi_quality.trend import is_better, more_is_better
from raprong.lib.scoring.criteria import Criteria, Ladder, Steps, levels_of
from raprong.lib.scoring.criteria_faults import criteria_faults


def faulty_rounds(desk: Desk) -> Iterator[Remark]:
    for months, criteria in desk.kpi.round_criteria:
        for fault in criteria_faults(criteria, desk.scheme.scores):
            yield _of_round(months, fault.sentence, fault.sentence_th)


def equal_neighbours_in_rounds(desk: Desk) -> Iterator[Remark]:
    for months, criteria in _usable(desk):
        if not isinstance(criteria, (Ladder, Steps)):
            continue
        for earlier, later in pairwise(levels_of(criteria)):
            if earlier.at == later.at:
                one, other, at = shown(earlier.score), shown(later.score), shown(later.at)
                yield _of_round(
                    months,
                    f"Levels {one} and {other} both ask for {at}. Reaching it earns level {other}.",
                    f"ระดับ {one} และระดับ {other} ใช้ค่า {at} เหมือนกัน เมื่อทำได้ถึงค่านี้จะได้ระดับ {other}",
                )


def round_against_year(desk: Desk) -> Iterator[Remark]:
    """A round that counts the other way, or asks more for a level than the whole year does."""
    against = [found for months, criteria in _usable(desk) if (found := _against(desk, months, criteria))]
    if against:
        first = against[0]
        yield Remark(first.field, first.sentence_en, first.sentence_th, {"rounds": " ".join(_facts(against))})


def _facts(against: list[Remark]) -> Iterator[str]:
    return (" ".join(remark.facts.values()) for remark in against)


def _against(desk: Desk, months: int, criteria: Criteria) -> Remark | None:
    more, own = desk.more, more_is_better(criteria)
    if more is None or own is None:
        return None
    if own is not more:
        way, way_th = ("more", "มาก") if own else ("less", "น้อย")
        return _of_round(
            months,
            f"Here {way} is better, and in the year's criteria the other way round. Correct one of the two.",
            f"เกณฑ์ของรอบบอกว่ายิ่ง{way_th}ยิ่งดี แต่เกณฑ์ของปีตรงกันข้าม ให้แก้ข้อใดข้อหนึ่ง",
            {"way": f"{months}:{way}"},
        )
    year = {rung.score: rung.at for rung in levels_of(desk.kpi.criteria)}
    for rung in levels_of(criteria):
        whole = year.get(rung.score)
        if whole is not None and is_better(rung.at, whole, more=more):
            level, at = shown(rung.score), shown(rung.at)
            return _of_round(
                months,
                f"Level {level} asks for {at}, and the whole year for {shown(whole)} only. Correct one of the two, or "
                "say why.",
                f"ระดับ {level} กำหนด {at} ท้าทายกว่าเกณฑ์ของทั้งปีที่ {shown(whole)} ให้แก้ข้อใดข้อหนึ่ง หรือระบุเหตุผล",
                {"level": f"{months}:{level}", "at": at, "year": shown(whole)},
            )
    return None


def _usable(desk: Desk) -> list[tuple[int, Criteria]]:
    """The rounds whose criteria can be read, where those of the year can be."""
    rounds = desk.kpi.round_criteria if desk.usable else ()
    return [(months, criteria) for months, criteria in rounds if not criteria_faults(criteria, desk.scheme.scores)]


def _of_round(months: int, english: str, thai: str, facts: dict[str, str] | None = None) -> Remark:
    return Remark(f"round_{months}", f"Round of {months} months: {english}", f"รอบ {months} เดือน: {thai}", facts or {})
