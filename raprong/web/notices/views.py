from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from raprong.access import administration
from raprong.access.queries import holds_in_agency
from raprong.access.rules import refusal
from raprong.core import clock
from raprong.core.read_only import reads_on_get
from raprong.notifications.channels import Channel, all_channels
from raprong.notifications.enums import Rhythm
from raprong.notifications.preferences import check_may_wish, rhythm_of, wish_for
from raprong.notifications.queries import standings_of_channels
from raprong.notifications.trial import try_channel
from raprong.web.notices import schedule as what_runs
from raprong.web.notices.forms import WishForm
from raprong.web.shell.current import today

PER_PAGE = 50


@dataclass(frozen=True)
class Way:
    """One channel on the page: its form, or why there is none."""

    channel: Channel
    form: WishForm
    refusal: str


@require_http_methods(["GET", "HEAD", "POST"])
@reads_on_get
def to_me(request: HttpRequest) -> HttpResponse:
    """Choose when each channel brings one's notices; inside the application they come always."""
    ways = [_way(request, channel) for channel in all_channels()]
    if request.method == "POST" and all(way.form.is_valid() for way in ways if way.form.is_bound):
        for way in ways:
            if way.form.is_bound:
                wish_for(way.channel, Rhythm(way.form.cleaned_data["rhythm"]), by=request.person)
        messages.success(request, _("Saved."))
        return redirect("notices:to-me")
    wrong = any(way.form.errors for way in ways)
    administers = holds_in_agency(request.person, administration.ADMINISTER, request.person.agency, on=today())
    context = {"title": _("Notices to me"), "ways": ways, "administers": administers}
    return render(request, "notices/to_me.html", context, status=422 if wrong else 200)


@require_safe
@reads_on_get
def sending(request: HttpRequest) -> HttpResponse:
    """What each channel has sent, sends next and could not send, for administrators. Nobody's words are shown."""
    agency = request.person.agency
    administration.check_may_administer(request.person, agency, at=clock.now())
    context = {
        "title": _("Sending of notices"),
        "subtitle": agency.name,
        "standings": [
            (standing, refusal(check_may_wish, request.person, standing.channel))
            for standing in standings_of_channels(agency)
        ],
    }
    return render(request, "notices/sending.html", context)


@require_POST
def try_out(request: HttpRequest, channel: str) -> HttpResponse:
    """Send oneself a notice over a channel, to see whether it arrives."""
    found = next((one for one in all_channels() if one.code == channel), None)
    if found is None:
        raise Http404
    try_channel(found, by=request.person, at=clock.now())
    messages.success(request, _("The trial left over %(channel)s. See whether it arrives.") % {"channel": found.title})
    return redirect("notices:sending")


@require_safe
@reads_on_get
def schedule(request: HttpRequest) -> HttpResponse:
    """What runs by itself and when, and whom reminders reach next, for administrators. Nobody's words are shown."""
    agency = request.person.agency
    administration.check_may_administer(request.person, agency, at=clock.now())
    planned = Paginator(what_runs.planned_for(agency), PER_PAGE)
    context = {
        "title": _("What runs when"),
        "subtitle": agency.name,
        "jobs": what_runs.jobs(),
        "rules": what_runs.rules(),
        "rule_titles": what_runs.rule_titles(),
        "thing": what_runs.thing,
        "page": planned.get_page(request.GET.get("page")),
    }
    return render(request, "notices/schedule.html", context)


def _way(request: HttpRequest, channel: Channel) -> Way:
    """The form of a channel is filled by a post that names it."""
    posted = request.POST if request.POST.get("channel") == channel.code else None
    form = WishForm(channel, posted, initial={"rhythm": rhythm_of(request.person, channel).value})
    return Way(channel, form, refusal(check_may_wish, request.person, channel))
