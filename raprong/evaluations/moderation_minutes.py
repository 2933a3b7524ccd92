"""From a moderation meeting to its minutes. Words on papers are Thai in every language."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from raprong.assessments.rounds import round_title_th
from raprong.core.clock import day_of
from raprong.documents.moderation_minutes.shape import ModeratedKpi, ModeratedScore, ModerationMinutes
from raprong.documents.paper import printable
from raprong.documents.parts import Signatory
from raprong.evaluations.models import GivenScore, ModerationDecision, ModerationMeeting
from raprong.evaluations.queries import name_across_units
from raprong.signatures.posts import acting_for_head_of, post_of

CLOSED = "บันทึกและปิดการประชุมในระบบเมื่อ"  # closing asks for no password, so it is no signature


def posts_present(meeting: ModerationMeeting) -> tuple[str, ...]:
    """The posts that came besides the one that led the meeting, one a line as they were written."""
    return tuple(post for line in printable(meeting.present).splitlines() if (post := line.strip()))


def minutes_paper(meeting: ModerationMeeting, *, at: datetime) -> ModerationMinutes:
    """The minutes as the decisions stand now; who closes the meeting has written them."""
    made = list(
        meeting.decisions.select_related(
            "score__item__kpi__parent", "score__evaluation__assessment__run__unit"
        ).order_by("score__item__kpi__sort_code", "score__item__kpi__code", "decided_at", "pk")
    )
    moments = sorted(one.decided_at for one in made)
    return ModerationMinutes(
        agency=meeting.unit.agency.name,
        unit=meeting.unit.name,
        fiscal_year=meeting.fiscal_year,
        number=meeting.number,
        held_on=meeting.held_on,
        place=printable(meeting.place),
        dated_on=day_of(at),
        chair=printable(meeting.chair),
        present=posts_present(meeting),
        kpis=tuple(
            ModeratedKpi(
                codes_of([one.score for one in some]),
                some[0].score.item.kpi.title,
                tuple(_moderated(one) for one in some),
            )
            for some in _by_kpi(made)
        ),
        decided=len(made),
        changed=sum(one.changed for one in made),
        recorder=_recorder(meeting, at=at),
        checker=Signatory(name="", post=printable(meeting.chair)),
        first_at=moments[0] if moments else None,
        last_at=moments[-1] if moments else None,
        remarks=printable(meeting.remarks),
        draft=meeting.closed_at is None,
    )


def codes_of(scores: Sequence[GivenScore]) -> str:
    """The codes that units gave the same KPI, each once."""
    return ", ".join(dict.fromkeys(score.item.kpi.code for score in scores))


def _by_kpi(made: Iterable[ModerationDecision]) -> list[list[ModerationDecision]]:
    found: dict[tuple[str, str], list[ModerationDecision]] = {}
    for one in made:
        found.setdefault(name_across_units(one.score.item.kpi), []).append(one)
    return list(found.values())


def _moderated(made: ModerationDecision) -> ModeratedScore:
    report = made.score.evaluation.assessment
    return ModeratedScore(
        unit=report.run.unit.name,
        round_name=round_title_th(report.months),
        before=made.before,
        after=made.after,
        because=printable(made.because),
        changed=made.changed,
    )


def _recorder(meeting: ModerationMeeting, *, at: datetime) -> Signatory:
    """Who closed the meeting; before that, a line to sign on."""
    if meeting.closed_by is None:
        return Signatory(name="", post="")
    on = day_of(at)
    return Signatory(
        name=meeting.closed_by.name,
        post=post_of(meeting.closed_by, on=on),
        acting=acting_for_head_of(meeting.unit, meeting.closed_by, on=on),
        signed=meeting.closed_at,
        act=CLOSED,
    )
