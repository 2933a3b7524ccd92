"""What people type about what is found in a KPI."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from raprong.kpis.quality.actions import MOST_LETTERS


class WhyForm(forms.Form):
    """Why a KPI stays as it is. The verb finds what is wrong with it."""

    because = forms.CharField(
        label=_("Why it stays as it is"),
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": MOST_LETTERS}),
        required=False,
        help_text=_("Whoever selects, signs or audits will read this."),
    )
