"""What an SOP may ask about official scores and their announcement."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from raprong.assessments.rounds import final_round_of, round_title
from raprong.circulation.enums import LetterKind
from raprong.circulation.enums import State as LetterState
from raprong.evaluations.enums import State
from raprong.evaluations.queries import final_evaluation_of, letter_about
from raprong.organisation.models import Unit
from raprong.processes.cards import Card, CardAnswer
from raprong.processes.models import Run


def confirmed(run: Run, piece: Unit | None) -> CardAnswer:
    """Done when the scores of the round that counts for the year are confirmed and final."""
    evaluation = final_evaluation_of(run)
    words = {"round": round_title(final_round_of(run))}
    if evaluation is None:
        return CardAnswer(False, _("The report of the %(round)s is not being scored yet.") % words)
    if evaluation.state == State.CONFIRMED and not evaluation.is_final:
        return CardAnswer(
            False, _("The result of the %(round)s is preliminary: the unit accepts it or objects.") % words
        )
    if evaluation.state == State.CONFIRMED:
        return CardAnswer(
            True,
            _("Confirmed by %(person)s: %(total)s, over a weight of %(weight)s.")
            % {
                "person": evaluation.confirmed_by,
                "total": "–" if evaluation.total is None else f"{evaluation.total:f}",
                "weight": f"{evaluation.reported_weight:f}",
            },
        )
    if evaluation.state == State.SCORED:
        return CardAnswer(False, _("The scores of the %(round)s wait for a second person to confirm them.") % words)
    return CardAnswer(False, _("The report of the %(round)s is being scored.") % words)


def result_letter_sent(run: Run, piece: Unit | None) -> CardAnswer:
    """Done when the letter that announces the year's result was sent."""
    return _letter_answer(
        run,
        LetterKind.RESULT_LETTER,
        missing=_("The result letter is not drafted yet."),
        waiting=_("The result letter is drafted but not sent."),
        sent=_("The result letter %(number)s was sent."),
    )


def circular_sent(run: Run, piece: Unit | None) -> CardAnswer:
    """Done when the circular that passes the year's result on was sent."""
    return _letter_answer(
        run,
        LetterKind.CIRCULAR,
        missing=_("The circular is not drafted yet."),
        waiting=_("The circular is drafted but not sent."),
        sent=_("The circular %(number)s was sent."),
    )


def _letter_answer(run: Run, kind: LetterKind, *, missing: str, waiting: str, sent: str) -> CardAnswer:
    evaluation = final_evaluation_of(run)
    letter = letter_about(evaluation, kind) if evaluation else None
    if letter is None:
        return CardAnswer(False, missing)
    if letter.state != LetterState.SENT:
        return CardAnswer(False, waiting)
    return CardAnswer(True, sent % {"number": letter.number_text})


CARDS = [
    Card("evaluations.confirmed", gettext_lazy("Scores of the year confirmed"), confirmed),
    Card("evaluations.result_letter_sent", gettext_lazy("Result letter sent"), result_letter_sent),
    Card("evaluations.circular_sent", gettext_lazy("Circular with the result sent"), circular_sent),
]
