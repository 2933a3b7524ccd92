"""Letters to begin with."""

from datetime import datetime
from typing import Any

from raprong.circulation import actions
from raprong.circulation.enums import LetterKind
from raprong.circulation.models import Letter
from raprong.circulation.queries import checkers_of
from raprong.cli.sample.organisation import SampleAgency
from raprong.core.clock import day_of
from raprong.records.actions import Storage
from tests.cast import FISCAL_YEAR, NEW_YEAR

CONTENT: dict[str, Any] = {
    "to": "ข้าราชการและเจ้าหน้าที่ทุกคน",
    "paragraphs": ["ผลการประเมินได้รับการยืนยันแล้ว", "จึงเรียนมาเพื่อทราบ"],
}


def checked(letter: Letter, *, at: datetime = NEW_YEAR) -> Letter:
    """A draft that was handed in by its drafter and passed on by a second person."""
    letter = actions.hand_in(letter, seen=None, by=letter.drafted_by, at=at)
    return actions.pass_on(letter, seen=None, by=checkers_of(letter, on=day_of(at))[0], at=at)


def draft_circular(
    cast: SampleAgency, *, subject: str = "แจ้งผลการประเมิน", at: datetime = NEW_YEAR, **content: Any
) -> Letter:
    return actions.draft(
        cast.office,
        kind=LetterKind.CIRCULAR,
        subject=subject,
        content={**CONTENT, **content},
        about=cast.office,
        fiscal_year=FISCAL_YEAR,
        to_unit=None,
        storage=Storage(years=5, place="ตู้เอกสาร"),
        by=cast.people["planner"],
        at=at,
    )
