"""What waits for a person about preliminary results and objections."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from raprong.access.rules import refusal
from raprong.assessments.rounds import round_title
from raprong.objections import permissions
from raprong.objections.enums import ProposalState
from raprong.objections.models import Objection, Preliminary, members_of
from raprong.web.home.desk import Desk, Waiting
from raprong.web.objections.presenters import clock_words, subject_words
from raprong.web.processes.panel import unit_name


def results(desk: Desk) -> Iterator[Waiting]:
    """Results to open, to accept or object to, to make final, and panels to name."""
    for found in Preliminary.objects.visible_to(desk.person, on=desk.on).open().with_story():
        words = {"unit": unit_name(found.run.unit), "round": round_title(found.evaluation.assessment.months)}
        known: dict[str, Any] = {
            "url": reverse("objections:result", args=[found.public_id]),
            "place": found.run.unit,
            "run": found.run,
        }
        sentence, asked = clock_words(found, on=desk.on), (desk.person, found)
        if not refusal(permissions.check_may_open, *asked, at=desk.at):
            yield Waiting(
                title=_("Open the result of %(unit)s, %(round)s") % words,
                sentence=sentence,
                due_on=found.counts_from_on,
                label=_("Open"),
                primary=True,
                key=f"result {found.public_id}",
                **known,
            )
        elif not refusal(permissions.check_may_accept, *asked, at=desk.at):
            late = refusal(permissions.check_may_object, *asked, at=desk.at)
            title = (
                _("Accept the result of %(unit)s, %(round)s")
                if late
                else _("Accept the result of %(unit)s or object, %(round)s")
            )
            yield Waiting(
                title=title % words,
                sentence=sentence,
                due_on=found.closes_on,
                label=_("Read the result"),
                primary=True,
                key=f"object {found.public_id}",
                **known,
            )
        if not refusal(permissions.check_may_close, *asked, at=desk.at):
            yield Waiting(
                title=_("Make the result of %(unit)s final, %(round)s") % words,
                sentence=sentence,
                due_on=None,
                label=_("Look at it"),
                primary=True,
                key=f"final {found.public_id}",
                asked_at=found.shown_at,
                **known,
            )
        yield from _panel_to_name(desk, found, words)


def _panel_to_name(desk: Desk, found: Preliminary, words: dict[str, str]) -> Iterator[Waiting]:
    oldest = found.objections.open().order_by("filed_at").first()
    if oldest is None or members_of(found).count() >= found.panel_size:
        return
    if not refusal(permissions.check_may_name, desk.person, found, at=desk.at):
        yield Waiting(
            title=_("Name the panel for the objections of %(unit)s") % words,
            sentence=subject_words(oldest),
            due_on=None,
            url=reverse("objections:panel", args=[found.public_id]),
            label=_("Name the panel"),
            primary=True,
            key=f"panel {found.public_id}",
            asked_at=oldest.filed_at,
            place=found.run.unit,
            run=found.run,
        )


def decisions(desk: Desk) -> Iterator[Waiting]:
    """Objections on which this person's panel decides: the chair proposes, the others vote."""
    mine = Objection.objects.open().filter(
        preliminary__members__person=desk.person, preliminary__members__aside_at__isnull=True
    )
    for objection in mine.with_story().distinct():
        words = {"unit": unit_name(objection.preliminary.run.unit)}
        known: dict[str, Any] = {
            "sentence": subject_words(objection),
            "due_on": None,
            "url": reverse("objections:objection", args=[objection.public_id]),
            "primary": True,
            "place": objection.preliminary.run.unit,
            "run": objection.preliminary.run,
        }
        voting = objection.proposals.filter(state=ProposalState.VOTING).first()
        if voting and not refusal(permissions.check_may_vote, desk.person, voting, at=desk.at):
            yield Waiting(
                title=_("Vote on the objection of %(unit)s") % words,
                label=_("Read and vote"),
                key=f"vote {voting.public_id}",
                asked_at=voting.proposed_at,
                **known,
            )
        elif not refusal(permissions.check_may_propose, desk.person, objection, at=desk.at):
            yield Waiting(
                title=_("Propose a decision on the objection of %(unit)s") % words,
                label=_("Read and propose"),
                key=f"decide {objection.public_id}",
                asked_at=objection.filed_at,
                **known,
            )
