"""What an SOP may ask about self-assessment reports."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from raprong.assessments.queries import rounds_standing
from raprong.assessments.rounds import round_title
from raprong.organisation.models import Unit
from raprong.processes.cards import Card, CardAnswer
from raprong.processes.models import Run


def rounds_submitted(run: Run, piece: Unit | None) -> CardAnswer:
    """Done when every round of the SOP, the one that sums up the year included, has a submitted report."""
    standings = rounds_standing(run)
    missing = [round_title(standing.months) for standing in standings if not standing.submitted]
    if missing:
        return CardAnswer(False, _("Not submitted yet: %(rounds)s.") % {"rounds": ", ".join(missing)})
    return CardAnswer(
        True,
        _("Submitted: %(rounds)s.") % {"rounds": ", ".join(round_title(standing.months) for standing in standings)},
    )


def none_submitted(run: Run, piece: Unit | None) -> CardAnswer:
    """Done while no report of the year is submitted: nothing rests on the scoring scheme yet."""
    submitted = [standing for standing in rounds_standing(run) if standing.submitted]
    if not submitted:
        return CardAnswer(True, _("No report is submitted yet."))
    rounds = ", ".join(round_title(standing.months) for standing in submitted)
    return CardAnswer(False, _("Submitted: %(rounds)s.") % {"rounds": rounds})


CARDS = [
    Card("assessments.none_submitted", gettext_lazy("No self-assessment report submitted yet"), none_submitted),
    Card(
        "assessments.rounds_submitted",
        gettext_lazy("Self-assessment reports of every round submitted"),
        rounds_submitted,
    ),
]
