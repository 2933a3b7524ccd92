"""Facts about KPIs that an SOP may ask about. Each answer says what is done or what is missing, with figures."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from raprong.kpis.details import missing_details
from raprong.kpis.models import KpiYear
from raprong.kpis.queries import (
    criteria_of,
    dimensions_weight,
    framework_of,
    kpis_of,
    latest_list,
    list_is_current,
    scheme_of,
    selected_kpis,
    selection_standing,
)
from raprong.kpis.selection import weight_sentence
from raprong.lib.scoring.criteria_faults import criteria_faults
from raprong.organisation.models import Unit
from raprong.processes.cards import Card, CardAnswer, register
from raprong.processes.models import Run


def policy_received(run: Run, piece: Unit | None) -> CardAnswer:
    framework = framework_of(run)
    if framework is None or framework.policy_received_at is None:
        return CardAnswer(False, _("The policy and the criteria are not entered yet."))
    count = framework.sources.count()
    if not count:
        return CardAnswer(False, _("No policy source is entered yet."))
    sentence = ngettext("%(count)s policy source is entered.", "%(count)s policy sources are entered.", count)
    return CardAnswer(True, sentence % {"count": count})


def framework_settled(run: Run, piece: Unit | None) -> CardAnswer:
    framework = framework_of(run)
    if framework is None or not framework.dimensions.exists():
        return CardAnswer(False, _("The framework has no dimensions yet."))
    figures = {"given": f"{dimensions_weight(framework):.2f}", "whole": f"{scheme_of(run).weight_base:.2f}"}
    if framework.settled_at is not None:
        return CardAnswer(True, _("The dimensions add up to %(given)s and are settled.") % figures)
    if figures["given"] != figures["whole"]:
        return CardAnswer(False, _("The dimensions add up to %(given)s, and %(whole)s is asked for.") % figures)
    return CardAnswer(False, _("The dimensions add up to %(given)s, but are not settled yet.") % figures)


def proposals_complete(run: Run, piece: Unit | None) -> CardAnswer:
    count = kpis_of(run, piece).count()
    if not count:
        return CardAnswer(False, _("No KPI is proposed yet."))
    return CardAnswer(
        True, ngettext("%(count)s KPI is proposed.", "%(count)s KPIs are proposed.", count) % {"count": count}
    )


def criteria_complete(run: Run, piece: Unit | None) -> CardAnswer:
    kpis = list(kpis_of(run, piece).candidates())
    return _all_of(
        kpis,
        [kpi for kpi in kpis if kpi.target is None or criteria_faults(criteria_of(kpi))],
        done=_("All %(count)s KPIs have levels and a target."),
        missing=_("These KPIs lack usable levels or a target: %(codes)s."),
    )


def sources_aligned(run: Run, piece: Unit | None) -> CardAnswer:
    kpis = list(kpis_of(run, piece).candidates())
    aligned = set(kpis_of(run, piece).filter(sources__isnull=False).values_list("pk", flat=True))
    return _all_of(
        kpis,
        [kpi for kpi in kpis if kpi.pk not in aligned],
        done=_("All %(count)s KPIs answer to a policy source."),
        missing=_("These KPIs answer to no policy source yet: %(codes)s."),
    )


def selection_settled(run: Run, piece: Unit | None) -> CardAnswer:
    standing = selection_standing(run)
    if not standing.selected:
        return CardAnswer(False, _("No KPI is selected yet."))
    if standing.undecided:
        sentence = ngettext(
            "%(count)s KPI is not decided about yet.", "%(count)s KPIs are not decided about yet.", standing.undecided
        )
        return CardAnswer(False, sentence % {"count": standing.undecided})
    if not standing.weight_is_whole:
        return weights_sum_to_hundred(run, piece)
    words = {"selected": standing.selected, "all": standing.candidates, "weight": f"{standing.weight:.2f}"}
    return CardAnswer(True, _("%(selected)s of %(all)s KPIs are selected; their weights are %(weight)s.") % words)


def weights_sum_to_hundred(run: Run, piece: Unit | None) -> CardAnswer:
    """The weights of the selected KPIs are the whole, and so are those of the parts inside each KPI that has parts."""
    standing = selection_standing(run)
    if standing.weight_is_whole:
        return CardAnswer(True, _("The weights add up to %(given)s.") % {"given": f"{standing.weight:.2f}"})
    return CardAnswer(False, weight_sentence(standing))


def sent_to_department(run: Run, piece: Unit | None) -> CardAnswer:
    sent = latest_list(run)
    if sent is None:
        return CardAnswer(False, _("The list is not sent to the department yet."))
    if not list_is_current(run, sent):
        return CardAnswer(False, _("The selection has changed since the list was sent. Send it again."))
    count = len(sent.content)
    sentence = ngettext("The list of %(count)s KPI is sent.", "The list of %(count)s KPIs is sent.", count)
    return CardAnswer(True, sentence % {"count": count})


def details_complete(run: Run, piece: Unit | None) -> CardAnswer:
    kpis = list(selected_kpis(run).filter(group=piece) if piece else selected_kpis(run))
    if piece and not kpis:
        return CardAnswer(True, _("This group answers for no KPI this year."))
    return _all_of(
        kpis,
        [kpi for kpi in kpis if missing_details(kpi)],
        done=_("The detail sheets of all %(count)s KPIs are complete."),
        missing=_("These detail sheets are not complete yet: %(codes)s."),
    )


def _all_of(kpis: list[KpiYear], lacking: Iterable[KpiYear], *, done: str, missing: str) -> CardAnswer:
    codes = ", ".join(kpi.code for kpi in lacking)
    if codes:
        return CardAnswer(False, missing % {"codes": codes})
    if not kpis:
        return CardAnswer(False, _("There is no KPI yet."))
    return CardAnswer(True, done % {"count": len(kpis)})


CARDS = (
    Card("kpis.policy_received", gettext_lazy("Policy and criteria are received"), policy_received),
    Card("kpis.framework_settled", gettext_lazy("The framework is settled"), framework_settled),
    Card("kpis.proposals_complete", gettext_lazy("KPIs are proposed"), proposals_complete),
    Card("kpis.criteria_complete", gettext_lazy("Every KPI has levels and a target"), criteria_complete),
    Card("kpis.sources_aligned", gettext_lazy("Every KPI answers to a policy source"), sources_aligned),
    Card("kpis.selection_settled", gettext_lazy("The selection is settled"), selection_settled),
    Card("kpis.weights_sum_to_hundred", gettext_lazy("The weights add up to the whole"), weights_sum_to_hundred),
    Card("kpis.sent_to_department", gettext_lazy("The list is sent to the department"), sent_to_department),
    Card("kpis.details_complete", gettext_lazy("The detail sheets are complete"), details_complete),
)


def register_cards() -> None:
    for card in CARDS:
        register(card)
