"""Seeds to publish before a round's reports, and letters about rounds within the year."""

from datetime import timedelta

from raprong.assessments.models import SelfAssessment
from raprong.cli.sample.organisation import SampleAgency
from raprong.evaluations import samples
from raprong.evaluations.models import Evaluation
from raprong.processes.models import Run
from raprong.web.evaluations import waiting
from raprong.web.home.desk import Desk
from tests.factories.assessments import IN_MARCH, IN_OCTOBER


def test_a_seed_waits_for_the_assessors_until_it_is_published(run: Run, cast: SampleAgency) -> None:
    assessor, planner = cast.people["assessor"], cast.people["planner"]
    before = list(waiting.seeds(Desk.of(assessor, IN_MARCH - timedelta(days=31))))

    [seed] = waiting.seeds(Desk.of(assessor, IN_MARCH))
    others = list(waiting.seeds(Desk.of(planner, IN_MARCH)))
    samples.publish_seed(run.unit.agency, fiscal_year=2570, months=6, per_hundred=10, by=assessor, at=IN_MARCH)

    assert seed.due_on == IN_MARCH.date()
    assert before == others == list(waiting.seeds(Desk.of(assessor, IN_MARCH))) == []


def test_who_joins_in_scoring_is_told_that_another_confirms(evaluation: Evaluation, cast: SampleAgency) -> None:
    assessor, chief = cast.people["assessor"], cast.people["chief-assessor"]

    [own] = waiting.evaluations(Desk.of(assessor, IN_OCTOBER))
    [joining] = waiting.evaluations(Desk.of(chief, IN_OCTOBER))

    assert (own.primary, joining.primary) == (True, False)
    assert assessor.name in joining.sentence
    assert assessor.name not in own.sentence


def test_a_final_result_within_the_year_waits_for_its_letters(confirmed: Evaluation, cast: SampleAgency) -> None:
    assessor, planner, director = (cast.people[name] for name in ("assessor", "planner", "director"))
    of_last_round = list(waiting.letters_to_draft(Desk.of(assessor, IN_OCTOBER)))

    SelfAssessment.objects.filter(pk=confirmed.assessment_id).update(months=6)
    people = (assessor, planner, director, cast.people["head1"])
    kinds = [[one.key.split()[-1] for one in waiting.letters_to_draft(Desk.of(who, IN_OCTOBER))] for who in people]

    assert of_last_round == []
    assert kinds == [["result_letter"], ["circular"], ["circular"], []]
