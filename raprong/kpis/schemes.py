"""The scoring scheme of a year's framework: chosen from the definitions, its settings changed with a reason."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from raprong.access.permissions import check_holds
from raprong.access.rules import Refused
from raprong.audit.models import Entry
from raprong.audit.queries import entries_about
from raprong.core.clock import day_of
from raprong.core.faults import Fault, Faults
from raprong.core.freshness import check_fresh
from raprong.kpis.locks import locked_framework
from raprong.kpis.models import Framework
from raprong.kpis.trail import tell
from raprong.lib.scoring.scheme import (
    Scheme,
    read_schemes,
    scheme_as_data,
    scheme_faults,
    scheme_from_data,
)
from raprong.organisation.models import Person
from raprong.processes.cards import ask
from raprong.processes.models import Run

NONE_SUBMITTED = "assessments.none_submitted"  # the card that tells whether scores rest on the scheme already


@cache
def available_schemes() -> dict[str, Scheme]:
    """Every scheme that can be chosen, by its code; one of an agency's own folder comes after the house's."""
    found: dict[str, Scheme] = {}
    for folder in settings.DEFINITION_DIRS:
        found |= read_schemes(Path(folder) / "scales")
    return found


@transaction.atomic
def set_scheme(
    run: Run, data: Mapping[str, Any], *, because: str, seen: int | None, by: Person, at: datetime
) -> Framework:
    """Let a year's KPIs be scored by a scheme, given as plain data, from now on; the reason is kept.

    For those who frame the year. Refused once a report of the run is submitted, because its scores rest on the scheme
    that was in force; and as faults, all at once: whatever contradicts itself, and no reason. A scheme that changes
    nothing is not written down again.
    """
    framework = locked_framework(run)
    check_may_set_scheme(by, run, at=at)
    check_fresh(framework, seen)
    if faults := faults_of_scheme(data, because):
        raise Faults(faults)
    scheme, before = scheme_from_data(data), scheme_from_data(framework.scheme)
    changed = changes_between(before, scheme)
    if not changed:
        return framework

    framework.scheme = scheme_as_data(scheme)
    framework.version += 1
    framework.save(update_fields=["scheme", "version"])

    tell("framework.scheme_set", framework, run, by, at, scheme=scheme.code, changed=changed, because=because.strip())
    return framework


def check_may_set_scheme(person: Person, run: Run, *, at: datetime) -> None:
    check_holds(person, "kpis.frame", run.unit, on=day_of(at))
    check_can_set_scheme(run)


def check_can_set_scheme(run: Run) -> None:
    """A scheme changes until the first report of the year is submitted."""
    if not ask(NONE_SUBMITTED, run).done:
        raise Refused(_("A report of this year is submitted. Its scores rest on this scheme, so it no longer changes."))


def faults_of_scheme(data: Mapping[str, Any], because: str) -> list[Fault]:
    """Everything that keeps a scheme from being used by a framework; the field is the path of the setting."""
    thai = (get_language() or "th").startswith("th")
    found = [Fault(fault.path, fault.sentence_th if thai else fault.sentence) for fault in scheme_faults(data)]
    if not because.strip():
        found.append(Fault("because", _("Say why the scheme is changed.")))
    return found


def changes_between(before: Scheme, after: Scheme) -> dict[str, list[Any]]:
    """The settings that say something else afterwards, with both."""
    was, will = scheme_as_data(before), scheme_as_data(after)
    return {
        setting.name: [was.get(setting.name), will.get(setting.name)]
        for setting in fields(Scheme)
        if getattr(before, setting.name) != getattr(after, setting.name)
    }


def changes_of_scheme(framework: Framework) -> list[Entry]:
    """Who changed the scheme and why, the latest first; each entry's facts hold `changed` and `because`."""
    return list(entries_about(framework).filter(kind="framework.scheme_set").order_by("-at", "-number"))
