"""A moderation meeting: assessors' scores of one KPI side by side across units, and decisions that are minuted (F64).

A score that a meeting decided about changes by another decision of a meeting only. Who enters a change is one of those
who scored, and does not confirm.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from raprong.audit.actions import record
from raprong.core.faults import FaultList, Faults, all_at_once
from raprong.core.freshness import check_fresh
from raprong.evaluations import notices, permissions, policies
from raprong.evaluations.locks import locked_evaluation, mark_changed
from raprong.evaluations.models import GivenScore, ModerationDecision, ModerationMeeting
from raprong.evaluations.moderation_minutes import minutes_paper, posts_present
from raprong.evaluations.totals import rule_of
from raprong.lib.scoring.rounding import half_up
from raprong.organisation.models import Person, Unit
from raprong.processes.queries import storage_of
from raprong.records.models import Record
from raprong.records.papers import seal_and_deposit

TITLE = "รายงานการประชุมพิจารณาคะแนน ครั้งที่ "  # in the cabinet words are Thai in every language
MOST_LETTERS = {"place": 200, "chair": 200, "present": 10_000, "remarks": 10_000}
LARGEST_NUMBER = 999
LONGEST_REASON = 2_000


@dataclass(frozen=True)
class Meeting:
    """What a meeting says of itself. `chair` is a post, `present` the posts that came, one a line."""

    number: int
    held_on: date
    place: str
    chair: str
    present: str = ""
    remarks: str = ""


@transaction.atomic
def open_meeting(unit: Unit, fiscal_year: int, meeting: Meeting, *, by: Person, at: datetime) -> ModerationMeeting:
    """Open a meeting that a unit holds about the scores of a year. Refused with every fault at once."""
    unit = Unit.objects.select_for_update(of=("self",)).select_related("agency").get(pk=unit.pk)
    permissions.check_may_hold_meeting(by, unit.agency, at=at)
    _check(unit, fiscal_year, meeting)

    opened = ModerationMeeting.objects.create(
        unit=unit, fiscal_year=fiscal_year, **asdict(meeting), opened_at=at, opened_by=by
    )

    notices.tell_of_meeting("evaluation.moderation_opened", opened, by=by, at=at)
    _record("evaluation.moderation_opened", opened, by, at, number=meeting.number, held_on=meeting.held_on)
    return opened


@transaction.atomic
def revise_meeting(
    held: ModerationMeeting, meeting: Meeting, *, seen: int | None, by: Person, at: datetime
) -> ModerationMeeting:
    """Change what an open meeting says of itself, such as who came."""
    held = _locked(held)
    permissions.check_may_keep_meeting(by, held, at=at)
    check_fresh(held, seen)
    _check(held.unit, held.fiscal_year, meeting, this=held)

    said = asdict(meeting)
    changed = {name: [getattr(held, name), now] for name, now in said.items() if getattr(held, name) != now}
    for name, now in said.items():
        setattr(held, name, now)
    held.version += 1
    held.save(update_fields=[*said, "version"])

    _record("evaluation.moderation_revised", held, by, at, changed=changed)
    return held


@transaction.atomic
def decide(
    meeting: ModerationMeeting,
    score: GivenScore,
    *,
    given: Decimal | None,
    because: str,
    seen: int | None,
    by: Person,
    at: datetime,
) -> ModerationDecision:
    """Enter what the meeting decided about a score: another one, or None where it stays; always with the reason.

    The evaluation stays in its state; it gets a new version, so whoever confirms reads it first. A score that waited
    for another's look has had it.
    """
    meeting, evaluation = _locked(meeting), locked_evaluation(score.evaluation)
    score = GivenScore.objects.select_for_update(of=("self",)).select_related("item__kpi").get(pk=score.pk)
    score.evaluation = evaluation
    permissions.check_may_moderate(by, meeting, score, at=at)
    check_fresh(score, seen)
    before = score.decided
    _check_decision(score, given, because)

    if given is not None:
        score.given, score.because = half_up(given, rule_of(evaluation).places), because.strip()
    score.doubted = None
    score.version += 1
    score.save(update_fields=["given", "because", "doubted", "version"])
    mark_changed(evaluation)
    made = ModerationDecision.objects.create(
        meeting=meeting,
        score=score,
        before=before,
        after=score.decided,
        because=because.strip(),
        decided_at=at,
        decided_by=by,
    )

    notices.tell_scorer_of_moderation(made, by=by, at=at)
    run = evaluation.run
    facts: dict[str, Any] = {
        "meeting": str(meeting),
        "kpi": score.item.kpi.code,
        "before": before,
        "after": score.decided,
    }
    place: dict[str, Any] = {"place": run.unit, "fiscal_year": run.fiscal_year}
    record("evaluation.moderated", about=score, by=by, at=at, **place, **facts, because=because.strip())
    return made


@transaction.atomic
def close_meeting(held: ModerationMeeting, *, seen: int | None = None, by: Person, at: datetime) -> Record:
    """Close a meeting for good: its minutes are sealed and put into the cabinet of the unit that held it.

    Refused until it says who came, and without a decision.
    """
    held = _locked(held)
    permissions.check_may_keep_meeting(by, held, at=at)
    check_fresh(held, seen)
    decided = held.decisions.select_related("score__evaluation__assessment__run").first()
    with all_at_once() as found:
        if not posts_present(held):
            found.add("present", _("Write down who was present, one post a line."))
        if decided is None:
            found.add("", _("Nothing was decided in this meeting."))
    assert decided is not None

    held.closed_at, held.closed_by = at, by
    held.version += 1
    held.save(update_fields=["closed_at", "closed_by", "version"])
    kept = seal_and_deposit(
        minutes_paper(held, at=at),
        title=f"{TITLE}{held} {held.unit.name}",
        about=held,
        unit=held.unit,
        fiscal_year=held.fiscal_year,
        storage=storage_of(decided.score.evaluation.run),
        by=by,
        at=at,
        which=f"{held.fiscal_year}-{held.number}",
    )
    held.sealed = kept.file
    held.save(update_fields=["sealed"])

    notices.tell_of_meeting("evaluation.moderation_closed", held, by=by, at=at)
    _record("evaluation.moderation_closed", held, by, at, decisions=held.decisions.count(), sha256=kept.sha256)
    return kept


@dataclass(frozen=True)
class Compared:
    """A unit's score of the KPI, and how far it lies from the middle of all units."""

    score: GivenScore
    from_middle: Decimal | None

    @property
    def distance(self) -> Decimal:
        return abs(self.from_middle) if self.from_middle is not None else Decimal(-1)


@dataclass(frozen=True)
class Leaning:
    """How one assessor's scores lie beside what was calculated and beside what units gave themselves."""

    assessor: Person
    count: int
    from_calculated: Decimal
    from_own: Decimal


def side_by_side(scores: Sequence[GivenScore]) -> list[Compared]:
    """The scores of one KPI across units, those farthest from their median first; what nobody scored comes last."""
    decided = [score.decided for score in scores if score.looked_at is not None and score.decided is not None]
    middle = median_of(decided)
    compared = [
        Compared(
            score,
            score.decided - middle
            if middle is not None and score.looked_at is not None and score.decided is not None
            else None,
        )
        for score in scores
    ]
    return sorted(compared, key=lambda one: -one.distance)


def median_of(numbers: Sequence[Decimal]) -> Decimal | None:
    """The middle one, or half-way between the two in the middle; none of nothing."""
    if not numbers:
        return None
    ordered, half = sorted(numbers), len(numbers) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def leanings(scores: Sequence[GivenScore]) -> list[Leaning]:
    """Each assessor's mean difference from the calculated and from the own scores, over what they looked at."""
    by_person: dict[Person, list[GivenScore]] = {}
    for score in scores:
        if score.looked_at_by is not None and score.decided is not None:
            by_person.setdefault(score.looked_at_by, []).append(score)
    return [
        Leaning(
            person,
            len(some),
            _mean(_differences((score.decided, score.calculated) for score in some)),
            _mean(_differences((score.decided, score.item.score) for score in some)),
        )
        for person, some in by_person.items()
    ]


def _differences(pairs: Iterable[tuple[Decimal | None, Decimal | None]]) -> list[Decimal]:
    """How much more the first of each pair is; nought is a score, and what is missing is left out."""
    return [one - other for one, other in pairs if one is not None and other is not None]


def _mean(numbers: Sequence[Decimal]) -> Decimal:
    return half_up(sum(numbers, Decimal(0)) / len(numbers), 2) if numbers else Decimal(0)


def _check_decision(score: GivenScore, given: Decimal | None, because: str) -> None:
    faults = [] if given is None else policies.faults_of_given(score, given, because, rule_of(score.evaluation))
    found = FaultList([fault for fault in faults if fault.field != "because"])
    if not because.strip():
        found.add("because", _("Say why the meeting decided so."))
    elif len(because) > LONGEST_REASON:
        found.add("because", _("Use at most %(most)s letters.") % {"most": f"{LONGEST_REASON:,}"})
    if found.faults:
        raise Faults(found.faults)


def _check(unit: Unit, fiscal_year: int, meeting: Meeting, *, this: ModerationMeeting | None = None) -> None:
    with all_at_once() as found:
        others = ModerationMeeting.objects.filter(unit=unit, fiscal_year=fiscal_year)
        if not 1 <= meeting.number <= LARGEST_NUMBER:
            found.add("number", _("Number the meetings of a year from 1 on."))
        elif others.filter(number=meeting.number).exclude(pk=this.pk if this else 0).exists():
            found.add("number", _("Another meeting of this year has this number."))
        if not meeting.place.strip():
            found.add("place", _("Say where the meeting is held."))
        if not meeting.chair.strip():
            found.add("chair", _("Name the post that leads the meeting."))
        for name, most in MOST_LETTERS.items():
            if len(getattr(meeting, name)) > most:
                found.add(name, _("This is too long. Use at most %(most)s letters.") % {"most": most})


def _locked(meeting: ModerationMeeting) -> ModerationMeeting:
    return ModerationMeeting.objects.select_for_update(of=("self",)).select_related("unit__agency").get(pk=meeting.pk)


def _record(kind: str, meeting: ModerationMeeting, by: Person, at: datetime, **facts: Any) -> None:
    record(kind, about=meeting, by=by, at=at, place=meeting.unit, fiscal_year=meeting.fiscal_year, **facts)
