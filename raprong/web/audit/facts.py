"""What an entry of the trail says, in words: the names of its facts, days as days, and before → after.

A fact without a name here is shown under its own name, so that nothing in a trail is ever hidden; what is empty says
nothing and is left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from raprong.kpis.trail import ALL_FIELDS
from raprong.kpis.words import field_name, value_words
from raprong.web.shell.filters import long_date

A_DAY = re.compile(r"\d{4}-\d\d-\d\d")
NAMES: dict[str, str | Promise] = {
    "about_what": gettext_lazy("About what"),
    "adjustments": gettext_lazy("Adjustments"),
    "after": gettext_lazy("After"),
    "answer": gettext_lazy("Answer"),
    "because": gettext_lazy("Reason"),
    "before": gettext_lazy("Before"),
    "bindings": gettext_lazy("Who is who"),
    "calculated": gettext_lazy("Calculated score"),
    "changed": gettext_lazy("What changed"),
    "code": gettext_lazy("Code"),
    "codes": gettext_lazy("KPIs"),
    "control": gettext_lazy("Control point"),
    "count": gettext_lazy("How many"),
    "decisions": gettext_lazy("Decisions"),
    "digest": gettext_lazy("Fingerprint (SHA-256)"),
    "dimensions": gettext_lazy("Dimensions"),
    "duty": gettext_lazy("Duty"),
    "edition": gettext_lazy("Edition"),
    "file": gettext_lazy("File"),
    "fingerprint": gettext_lazy("Fingerprint (SHA-256)"),
    "from_round": gettext_lazy("From the round of (months)"),
    "from_year": gettext_lazy("From fiscal year"),
    "given": gettext_lazy("Given score"),
    "held_on": gettext_lazy("Day of the meeting"),
    "in_force_from": gettext_lazy("In force from"),
    "kpi": gettext_lazy("KPI"),
    "letter_kind": gettext_lazy("Kind of letter"),
    "level": gettext_lazy("Level of the signature"),
    "meeting": gettext_lazy("Meeting"),
    "method": gettext_lazy("How identity was shown"),
    "month": gettext_lazy("Month"),
    "months": gettext_lazy("Round (months)"),
    "newer": gettext_lazy("Code of the newer paper"),
    "not_reported": gettext_lazy("Not reported"),
    "note": gettext_lazy("Note"),
    "number": gettext_lazy("Number"),
    "on": gettext_lazy("Day"),
    "order": gettext_lazy("Order"),
    "parties": gettext_lazy("Parties"),
    "person": gettext_lazy("Person"),
    "piece": gettext_lazy("Piece of"),
    "post": gettext_lazy("Post"),
    "reached": gettext_lazy("Result of the year before"),
    "recipients": gettext_lazy("Recipients"),
    "remark": gettext_lazy("Remark"),
    "reported_weight": gettext_lazy("Weight reported"),
    "retain_until": gettext_lazy("Kept until"),
    "role": gettext_lazy("Role"),
    "says": gettext_lazy("Fingerprint of what it says"),
    "seen_sha256": gettext_lazy("What was seen (SHA-256)"),
    "sha256": gettext_lazy("File (SHA-256)"),
    "signatories": gettext_lazy("Signers"),
    "signing_on": gettext_lazy("Day of signing"),
    "sop": gettext_lazy("SOP"),
    "status": gettext_lazy("Status"),
    "step": gettext_lazy("Step"),
    "subject": gettext_lazy("Subject"),
    "total": gettext_lazy("Total score"),
    "unit": gettext_lazy("Unit"),
    "username": gettext_lazy("User name"),
    "value": gettext_lazy("Figure"),
    "venue": gettext_lazy("Place"),
    "warning": gettext_lazy("Finding"),
}


def facts_in_words(facts: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The facts of an entry, each with its name; empty ones are left out."""
    return [(name_of(name), said(name, value)) for name, value in facts.items() if not _is_empty(value)]


def name_of(name: str) -> str:
    if name in ALL_FIELDS:
        return field_name(name)
    return str(NAMES.get(name, name.replace("_", " ")))


def said(name: str, value: Any) -> str:
    """A fact as a person reads it."""
    if name in ALL_FIELDS:
        return value_words(name, value)
    match value:
        case bool():
            return _("yes") if value else _("no")
        case dict() if name == "changed":
            return "; ".join(f"{name_of(field)}: {_change(field, pair)}" for field, pair in value.items())
        case dict():
            return "; ".join(f"{name_of(inner)}: {said(inner, told)}" for inner, told in value.items() if told != "")
        case list():
            return ", ".join(said("", one) for one in value)
        case str() if A_DAY.fullmatch(value):
            return long_date(date.fromisoformat(value))
        case _:
            return "" if value is None else str(value)


def _change(field: str, pair: Sequence[Any]) -> str:
    before, after = pair
    return f"{said(field, before) or '–'} → {said(field, after) or '–'}"


def _is_empty(value: Any) -> bool:
    return value in ("", None) or value == [] or value == {}
