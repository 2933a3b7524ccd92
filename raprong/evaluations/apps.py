from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from raprong.audit import kinds as audit_kinds
from raprong.notifications import kinds as notice_kinds
from raprong.processes.cards import register


class Evaluations(AppConfig):
    name = "raprong.evaluations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from raprong.evaluations.control_checks import CARDS
        from raprong.evaluations.notices import KINDS

        audit_kinds.register(
            {
                "evaluation.opened": _("began to score the report"),
                "evaluation.score_kept": _("kept the calculated score of a KPI"),
                "evaluation.score_given": _("gave a KPI another score, with a reason"),
                "evaluation.adjusted": _("adjusted a score by a rule of the scheme, with a reason"),
                "evaluation.adjustment_withdrawn": _("took an adjustment of a score back"),
                "evaluation.part_scored": _("gave a part of the final score its points, with what they rest on"),
                "evaluation.asked": _("asked the group for more about a KPI"),
                "evaluation.answered": _("answered a question about a KPI"),
                "evaluation.inquiry_closed": _("closed a question about a KPI, with what follows from it"),
                "evaluation.conflict_declared": _("declared a conflict, and judges it no more"),
                "evaluation.conflict_lifted": _("lifted a conflict, with the reason"),
                "evaluation.seed_published": _("published the seed of a round's random sample"),
                "evaluation.moderation_opened": _("opened a moderation meeting"),
                "evaluation.moderation_revised": _("changed what a moderation meeting says of itself"),
                "evaluation.moderated": _("entered what a moderation meeting decided about a score"),
                "evaluation.moderation_closed": _("closed a moderation meeting, and sealed its minutes"),
                "evaluation.factor_claimed": _("claimed an external factor for a KPI, with proof"),
                "evaluation.factor_withdrawn": _("took a claim of an external factor back"),
                "evaluation.factor_decided": _("decided about an external factor, with the reason"),
                "evaluation.recommended": _("recommended something to a unit"),
                "evaluation.advice_reported": _("said what was done about a recommendation"),
                "evaluation.advice_returned": _("asked for more about a recommendation"),
                "evaluation.advice_closed": _("closed a recommendation, with what came of it"),
                "evaluation.scoring_finished": _("finished scoring"),
                "evaluation.sent_back": _("sent the scores back to scoring"),
                "evaluation.confirmed": _("confirmed the scores"),
                "evaluation.made_final": _("made the result final and sealed the score table"),
                "evaluation.score_decided": _("changed the score of a KPI by the decision on an objection"),
                "evaluation.result_letter_drafted": _("drafted the result letter"),
                "evaluation.circular_drafted": _("drafted the circular"),
            }
        )
        notice_kinds.register(KINDS)
        for card in CARDS:
            register(card)
