"""What the sample assessors hear before they confirm: an external factor, and each other in a moderation meeting."""

from raprong.cli.rehearsal.proof import table_of_months
from raprong.cli.rehearsal.stage import Stage
from raprong.evaluations import external_factors, moderation
from raprong.evaluations.models import Evaluation, GivenScore, ModerationMeeting
from raprong.evaluations.moderation import Meeting
from raprong.organisation.models import Person
from raprong.organisation.queries import head_position_of, unit_of

MINUTES_TO_DECIDE = 60
MINUTES_OF_A_MEETING = 120


def hear_a_factor(stage: Stage, score: GivenScore, *, by: Person) -> None:
    """A group claims that something beyond its power kept a result down; the assessor accepts it, with the reason."""
    words, item = stage.words["factor"], score.item
    table = table_of_months(item.kpi, upto=stage.today), f"{words['file']} {item.kpi.code}.xlsx"
    writer = stage.who_may("assessments.write", item.kpi.group, besides=by)
    factor = external_factors.claim(item, words["text"], [table], by=writer, at=stage.at)
    stage.spend(MINUTES_TO_DECIDE)
    external_factors.decide(factor, accept=True, because=words["because"], seen=None, by=by, at=stage.at)


def moderate(stage: Stage, evaluation: Evaluation, *, by: Person) -> None:
    """A meeting of assessors looks at the lowest score and leaves it; its minutes go into the cabinet."""
    office, words = unit_of(by, on=stage.today), stage.words["moderation"]
    assert office is not None, "an assessor holds a post"
    unit, chair = office.office, head_position_of(office.office)
    held = ModerationMeeting.objects.filter(unit=unit, fiscal_year=stage.run.fiscal_year).count()
    said = Meeting(
        number=held + 1,
        held_on=stage.today,
        place=words["place"],
        chair=chair.title if chair else unit.name,
        present=words["present"],
        remarks=words["remarks"],
    )
    meeting = moderation.open_meeting(unit, stage.run.fiscal_year, said, by=by, at=stage.at)
    stage.spend(MINUTES_OF_A_MEETING)
    moderation.decide(
        meeting, lowest_of(evaluation), given=None, because=words["because"], seen=None, by=by, at=stage.at
    )
    moderation.close_meeting(meeting, by=by, at=stage.at)


def lowest_of(evaluation: Evaluation, number: int = 0) -> GivenScore:
    """The KPI with the lowest calculated score, or the one that comes so many after it."""
    scores = evaluation.scores.filter(calculated__isnull=False).order_by("calculated", "item__kpi__code")
    return scores.select_related("item__kpi__group", "item__assessment")[number]
