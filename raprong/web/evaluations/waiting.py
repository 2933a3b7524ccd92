"""What of external factors and recommendations waits for a person."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from raprong.access.rules import refusal
from raprong.evaluations import permissions
from raprong.evaluations.enums import AdviceState
from raprong.evaluations.models import ExternalFactor, GivenScore, Recommendation
from raprong.web.home.desk import Desk, Waiting
from raprong.web.processes.panel import unit_name
from raprong.web.shell.filters import digits


def external_factors(desk: Desk) -> Iterator[Waiting]:
    """Claims of external factors that this person may decide about."""
    waiting = ExternalFactor.objects.visible_to(desk.person, on=desk.on).undecided().with_story()
    scores = {
        score.item_id: score
        for score in GivenScore.objects.filter(item__in=[one.item_id for one in waiting]).select_related(
            "item__kpi", "evaluation__assessment__run__unit", "evaluation__assessment__run__sop"
        )
    }
    for factor in waiting:
        score = scores.get(factor.item_id)
        if refusal(permissions.check_may_decide_factor, desk.person, factor, score, at=desk.at):
            continue
        kpi = factor.item.kpi
        yield Waiting(
            _("Decide about an external factor for %(code)s") % {"code": digits(kpi.code)},
            unit_name(kpi.group),
            None,
            reverse("evaluations:factor", kwargs={"factor": factor.public_id}),
            _("Decide"),
            True,
            key=f"factor {factor.public_id}",
            asked_at=factor.claimed_at,
            place=kpi.group,
        )


def recommendations(desk: Desk) -> Iterator[Waiting]:
    """Recommendations that are this person's to follow, and own ones about which something was done."""
    followed = Recommendation.objects.followed().with_story()
    for advice in followed.filter(owner=desk.person, state=AdviceState.OPEN):
        yield _advice(advice, _("Act on a recommendation"), _("Say what was done"), f"follow {advice.public_id}", True)
    for advice in followed.filter(made_by=desk.person, state=AdviceState.DONE):
        if not refusal(permissions.check_may_judge_advice, desk.person, advice, at=desk.at):
            title = _("Look at what was done about a recommendation")
            yield _advice(advice, title, _("Look"), f"followed {advice.public_id}", False)


def _advice(advice: Recommendation, title: str, label: str, key: str, due: bool) -> Waiting:
    last = advice.steps.last()
    return Waiting(
        title,
        advice.text,
        advice.due_on if due else None,
        reverse("evaluations:advice", kwargs={"recommendation": advice.public_id}),
        label,
        key=key,
        asked_at=last.at if last else advice.made_at,
        place=advice.kpi.group if advice.kpi else advice.evaluation.run.unit,
    )
