"""What a request asks about: which agreement, from which version, with what posted."""

from __future__ import annotations

from django.http import HttpRequest, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse

from raprong.agreements.enums import Tier
from raprong.agreements.models import Agreement
from raprong.core import clock
from raprong.web.agreements import presenters
from raprong.web.agreements.forms import VersionForm


def visible(request: HttpRequest, public_id: str) -> Agreement:
    readable = Agreement.objects.visible_to(request.person, on=clock.today()).with_run()
    return get_object_or_404(readable, public_id=public_id)


def seen(request: HttpRequest) -> int | None:
    """The version that the posted form was made from; a form without one cannot tell, and is refused as stale."""
    form = VersionForm(request.POST)
    return form.cleaned_data["version"] if form.is_valid() else 0


def page_of(agreement: Agreement) -> str:
    """The page of the agreement, or of the addendum."""
    if agreement.number:
        return reverse("agreements:addendum", kwargs={"agreement": agreement.public_id})
    if agreement.tier != Tier.UNIT:
        return reverse("agreements:tier", kwargs={"agreement": agreement.public_id})
    return reverse("agreements:agreement", kwargs={"run": agreement.run.public_id})


def beneath_of(agreement: Agreement) -> str:
    """The list of the agreements of groups and people among which one stands."""
    return reverse("agreements:beneath", kwargs={"run": agreement.run.public_id})


def crumbs_of(agreement: Agreement) -> list[tuple[str, str]]:
    return [(presenters.title_of(agreement), page_of(agreement))]


def posted(request: HttpRequest) -> QueryDict | None:
    """What was posted, even where every field was left empty; None for who is only looking."""
    return request.POST if request.method == "POST" else None
