"""Which step of which year's SOP a letter belongs to: a letter itself knows its units, its year and its kind."""

from __future__ import annotations

from datetime import datetime

from raprong.circulation.enums import LetterKind
from raprong.circulation.models import Letter
from raprong.organisation.models import Person
from raprong.processes.models import Run
from raprong.web.processes.panel import Panel, sop_panel_for

WORK_OF_KIND = {
    LetterKind.RESULT_LETTER: "evaluations.result_letter_sent",
    LetterKind.CIRCULAR: "evaluations.circular_sent",
    LetterKind.COMMITTEE_ORDER: "agreements.order_issued",
    LetterKind.MANUAL: "agreements.manual_issued",
}


def panel_for(letter: Letter, person: Person, at: datetime) -> Panel | None:
    """The SOP's words for the step a letter serves; None where that year's SOP asks for no such letter."""
    unit = letter.to_unit or letter.unit
    run = Run.objects.with_sop().filter(unit=unit, fiscal_year=letter.fiscal_year).first()
    return sop_panel_for(run, WORK_OF_KIND[LetterKind(letter.kind)], person, at) if run else None
