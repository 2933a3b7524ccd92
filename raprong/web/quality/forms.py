"""What people type about what is found in a KPI."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from raprong.kpis.quality.actions import MOST_LETTERS
from raprong.lib.kpi_quality.shape import KpiSheet
from raprong.web.kpis.forms import ProposalForm


class WhyForm(forms.Form):
    """Why a KPI stays as it is. The verb finds what is wrong with it."""

    because = forms.CharField(
        label=_("Why it stays as it is"),
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": MOST_LETTERS}),
        error_messages={"required": _("Say why the KPI stays as it is.")},
        help_text=_("Whoever selects, signs or audits will read this."),
    )


def sheet_typed(form: ProposalForm) -> KpiSheet:
    """What stands in the form of a KPI, right or wrong; what cannot be read is left out."""
    form.is_valid()
    typed = form.cleaned_data
    return KpiSheet(
        code=typed.get("code") or "–",
        title=typed.get("title", ""),
        measure=typed.get("measure", ""),
        criteria=form.criteria.standing,
        target=form.criteria.target_meant(typed.get("target")),
        baseline={year: at for year in form.years if (at := typed.get(f"baseline_{year}")) is not None},
        formula=typed.get("formula", ""),
        expression=typed.get("expression", ""),
        sources=len(typed.get("sources", ())),
        starts_in=typed.get("starts_in"),
        has_parts=form.scored_by_parts,
    )
