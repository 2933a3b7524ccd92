"""Evidence in words and pictures. No queries here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from raprong.audit.models import Entry
from raprong.evidence.enums import HoleKind
from raprong.evidence.models import Credit, Evidence
from raprong.evidence.proof import Hole, KpiProof, PlaceProof
from raprong.files.enums import Standing
from raprong.files.models import FrozenLink, StoredFile
from raprong.lib.pictures import DRAWN
from raprong.web.evidence import words
from raprong.web.files.links import PILLS as LINK_PILLS
from raprong.web.shell.filters import NOTHING, digits, short_date


@dataclass(frozen=True)
class LinkView:
    """An address that was given as evidence, and what was found at it last."""

    link: FrozenLink

    @property
    def url(self) -> str:
        return reverse("files:link", args=[self.link.public_id])

    @property
    def pill(self) -> tuple[str, str]:
        return LINK_PILLS[Standing(self.link.standing)], str(self.link.get_standing_display())

    @property
    def is_as_kept(self) -> bool:
        return self.link.standing == Standing.SAME


def link_view(evidence: Evidence) -> LinkView | None:
    return LinkView(evidence.link) if evidence.link else None


@dataclass(frozen=True)
class CreditView:
    """A piece of evidence where it proves something."""

    credit: Credit
    withdraw_url: str = ""

    @property
    def number(self) -> str:
        return words.said_number(self.credit)

    @property
    def evidence(self) -> Evidence:
        return self.credit.evidence

    @property
    def url(self) -> str:
        return reverse("evidence:evidence", args=[self.evidence.public_id])

    @property
    def file_url(self) -> str:
        return reverse("files:file", args=[self.evidence.file.public_id])

    @property
    def picture(self) -> str:
        return picture_url(self.evidence.file)

    @property
    def link(self) -> LinkView | None:
        return link_view(self.evidence)

    @property
    def round(self) -> str:
        return words.round_words(self.credit.months)

    @property
    def place(self) -> str:
        return words.place_words(self.credit.kpi, self.credit.step)

    @property
    def facts(self) -> list[str]:
        """Type and its grade, period and note, as far as they are said."""
        piece = self.evidence
        said = (
            words.kind_title(piece.kind),
            words.grade_title(piece.kind),
            words.period_words(piece.starts_on, piece.ends_on),
            piece.note,
        )
        return [one for one in said if one]


@dataclass(frozen=True)
class PlaceView:
    """A step or level with its proof, and one word on how it stands."""

    proof: PlaceProof
    credits: list[CreditView]

    @property
    def title(self) -> str:
        return words.place_title(self.proof.place)

    @property
    def pill(self) -> tuple[str, str]:
        if self.proof.is_hole:
            return "late", _("Proof is missing")
        if self.proof.is_thin:
            return "provisional", _("Less than is asked for")
        if self.proof.is_weak:
            return "provisional", words.weak_words(self.proof.credits)
        if self.credits:
            return "done", _("Proven")
        return ("now", _("Reported as reached")) if self.proof.claimed else ("wait", _("Not claimed"))

    @property
    def is_shown(self) -> bool:
        """Whether it says anything: a level that is not claimed and has nothing does not."""
        return bool(self.credits or self.proof.place.asked or not self.proof.place.is_level)


@dataclass(frozen=True)
class ProofView:
    """The evidence of a KPI beside what it claims and what its criteria ask for: for its group and for who assesses."""

    proof: KpiProof
    places: list[PlaceView]
    whole: list[CreditView]
    holes: list[str]

    @property
    def expected(self) -> str:
        """What the KPI's sheet expects as evidence, besides what its steps ask for."""
        return self.proof.kpi.evidence_expected

    @property
    def claim(self) -> str:
        """What is claimed, in one line."""
        proof = self.proof
        if proof.is_sum:
            return _("Reckoned and proven by its parts")
        if not proof.claims:
            return _("Nothing is claimed yet: there is no result.")
        claimed = [one.place for one in proof.places if one.claimed]
        if not claimed:
            return _("There is a result, below the first level.") if proof.places else _("There is a result.")
        return _("Claimed: %(place)s") % {"place": words.place_title(claimed[-1])}

    @property
    def pill(self) -> tuple[str, str]:
        if self.holes:
            return "late", _("Proof is missing")
        if not self.proof.claims:
            return "wait", _("Nothing claimed")
        if self.proof.is_weak:
            return "provisional", words.weak_words(self.proof.credits)
        return "done", _("Proven")


def proof_view(proof: KpiProof, *, may_withdraw: bool = False) -> ProofView:
    def views(credits: Sequence[Credit]) -> list[CreditView]:
        return [credit_view(credit, may_withdraw=may_withdraw) for credit in credits]

    places = [PlaceView(one, views(one.credits)) for one in proof.places]
    return ProofView(proof, places, views(proof.whole), [hole_words(hole) for hole in proof.holes])


def credit_view(credit: Credit, *, may_withdraw: bool = False) -> CreditView:
    return CreditView(credit, reverse("evidence:withdraw", args=[credit.public_id]) if may_withdraw else "")


def hole_words(hole: Hole) -> str:
    """What is missing, in a sentence that names the step and what it asks for."""
    if hole.kind == HoleKind.NOTHING or hole.place is None:
        return _("There is a result, and no evidence.")
    asked = ", ".join(hole.place.asked)
    return _("%(place)s asks for: %(asked)s.") % {"place": words.place_title(hole.place), "asked": asked}


def holes_words(count: int) -> str:
    return ngettext("%(count)s proof is missing", "%(count)s proofs are missing", count) % {"count": digits(count)}


def picture_url(file: StoredFile, size: str = "small", page: int = 1) -> str:
    """Where a picture of a page lies; empty where the kind of file is not drawn."""
    return reverse("files:picture", args=[file.public_id, size, page]) if file.media_type in DRAWN else ""


def page_urls(file: StoredFile, count: int) -> list[str]:
    """Where the large pictures of the first pages lie."""
    return [picture_url(file, "large", page) for page in range(1, count + 1)]


@dataclass(frozen=True)
class Happening:
    """One entry of a piece of evidence's history."""

    sentence: str
    by: str
    at: datetime
    note: str
    changes: list[tuple[str, str, str]]  # field, before, after


def history(entries: Iterable[Entry]) -> list[Happening]:
    return [
        Happening(str(entry.sentence), entry.by_name, entry.at, _note(entry.facts), _changes(entry.facts))
        for entry in entries
    ]


def _note(facts: Mapping[str, Any]) -> str:
    """Which KPI and number it is about; of a move both numbers."""
    if isinstance(facts.get("before"), dict):
        numbers = {"before": facts["before"].get("number", ""), "after": facts["after"].get("number", "")}
        return digits(_("from %(before)s to %(after)s") % numbers)
    if "number" in facts:
        return digits(_("KPI %(kpi)s, number %(number)s") % {"kpi": facts["kpi"], "number": facts["number"]})
    return ""


def _changes(facts: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    changed = facts.get("changed")
    if not isinstance(changed, dict):
        return []
    return [
        (str(label), _value(name, changed[name][0]), _value(name, changed[name][1]))
        for name, label in words.FACTS.items()
        if name in changed
    ]


def _value(name: str, value: Any) -> str:
    if not value:
        return NOTHING
    if name in ("starts_on", "ends_on"):
        return short_date(date.fromisoformat(value))
    return words.kind_title(value) if name == "kind" else str(value)
