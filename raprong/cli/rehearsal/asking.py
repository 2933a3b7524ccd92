"""How the sample assessor asks a group for more while scoring: it answers with a file, and the thread is closed."""

from raprong.cli.rehearsal.proof import table_of_months
from raprong.cli.rehearsal.stage import Stage
from raprong.evaluations import inquiries
from raprong.evaluations.models import GivenScore
from raprong.organisation.models import Person

DAYS_TO_ANSWER = 3
MINUTES_TO_ANSWER = 120


def ask_for_more(stage: Stage, score: GivenScore, *, by: Person) -> None:
    """One question about a KPI, answered on the same working day or the next; its score stays as calculated."""
    words, kpi = stage.words["inquiry"], score.item.kpi
    due_on = stage.calendar.add_working_days(stage.today, DAYS_TO_ANSWER)
    inquiry = inquiries.ask(score, words["question"], due_on=due_on, by=by, at=stage.at)
    stage.spend(MINUTES_TO_ANSWER)
    table = table_of_months(kpi, upto=stage.today), f"{words['file']} {kpi.code}.xlsx"
    writer = stage.who_may("assessments.write", kpi.group, besides=by)
    inquiry = inquiries.answer(inquiry, words["answer"], [table], seen=None, by=writer, at=stage.at)
    inquiries.close(inquiry, because=words["because"], seen=None, by=by, at=stage.at)
