"""From a panel's proposal to the paper of its decision. Words on papers are Thai in every language."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from raprong.assessments.rounds import round_title_th
from raprong.core.clock import day_of
from raprong.documents.objection_decision.shape import ChangedScore, HeardKpi, ObjectionDecision, PanelVote
from raprong.documents.paper import printable
from raprong.documents.parts import Signatory
from raprong.kpis.documents import levels_text
from raprong.objections.enums import Outcome, ProposalState
from raprong.objections.grounds import grounds
from raprong.objections.models import Objection, PanelMember, Proposal, Vote, members_of
from raprong.organisation.models import Person
from raprong.signatures.posts import post_of

TOTAL = "คะแนนรวม"
OUTCOMES = {
    Outcome.UPHELD: "เห็นชอบตามข้อทักท้วง",
    Outcome.IN_PART: "เห็นชอบบางส่วน",
    Outcome.REFUSED: "ยกข้อทักท้วง",
}
AGREED, AGAINST = "ลงมติเห็นด้วยในระบบเมื่อ", "ลงมติไม่เห็นด้วยในระบบเมื่อ"  # a vote asks for no password


def decision_paper(proposal: Proposal, *, total_before: Decimal | None, at: datetime) -> ObjectionDecision:
    """The decision as it is taken, or while the panel votes the draft of it; who has voted stands under it."""
    objection = proposal.objection
    evaluation = objection.preliminary.evaluation
    run, taken = evaluation.run, proposal.state == ProposalState.TAKEN
    votes = {vote.person_id: vote for vote in proposal.votes.all()}
    seats = list(members_of(objection.preliminary).order_by("-chairs", "named_at", "pk"))
    return ObjectionDecision(
        agency=run.unit.agency.name,
        unit=run.unit.name,
        fiscal_year=run.fiscal_year,
        round_name=round_title_th(evaluation.assessment.months),
        dated_on=day_of(proposal.ended_at or at),
        subject=subject_on_paper(objection),
        ground=_ground(objection),
        filed_by=_named(objection.filed_by, objection.filed_at),
        filed_at=objection.filed_at,
        outcome=OUTCOMES[Outcome(proposal.outcome)],
        heard=tuple(_heard(objection, kpi) for kpi in objection.bundle["kpis"]),
        panel=tuple(_voted(seat, votes.get(seat.person_id)) for seat in seats),
        objection=printable(objection.text),
        because=printable(proposal.because),
        proofs=tuple(objection.proofs.order_by("pk").values_list("name", flat=True)),
        scores=tuple(
            ChangedScore(change.score.item.kpi.code, change.score.item.kpi.title, change.before, change.given)
            for change in proposal.scores.select_related("score__item__kpi")
        ),
        total_before=total_before,
        total_after=evaluation.total if taken else None,
        agreed=sum(vote.agrees for vote in votes.values()),
        against=sum(not vote.agrees for vote in votes.values()),
        aside=tuple(
            objection.preliminary.members.filter(aside_at__isnull=False)
            .exclude(aside_because="")
            .values_list("person__name", flat=True)
        ),
        draft=not taken,
    )


def subject_on_paper(objection: Objection) -> str:
    """What is objected to: the KPI with its code, or the total."""
    if objection.score is None:
        return TOTAL
    kpi = objection.score.item.kpi
    return f"ตัวชี้วัดที่ {kpi.code} {kpi.title}"


def _ground(objection: Objection) -> str:
    ground = grounds().get(objection.ground)
    return ground.title if ground else objection.ground


def _heard(objection: Objection, kpi: dict[str, Any]) -> HeardKpi:
    """A KPI of the bundle; its criteria are told where the objection is about it alone."""
    score = objection.score
    return HeardKpi(
        code=kpi["code"],
        name=kpi["title"],
        result=kpi["result"],
        own=_number(kpi["own"]),
        official=_number(kpi["official"]),
        levels=levels_text(score.item.kpi, months=score.item.assessment.months) if score else None,
        because=printable(kpi["because"]),
        evidence=tuple(f"{one['number']} {one['title']}" for one in kpi["evidence"]),
    )


def _voted(seat: PanelMember, vote: Vote | None) -> PanelVote:
    if vote is None:
        return PanelVote(Signatory(seat.person.name, ""), agrees=None, chairs=seat.chairs)
    post = post_of(seat.person, on=day_of(vote.at))
    signatory = Signatory(seat.person.name, post, signed=vote.at, act=AGREED if vote.agrees else AGAINST)
    return PanelVote(signatory, vote.agrees, seat.chairs, printable(vote.remark))


def _named(person: Person, at: datetime) -> str:
    return " ".join(filter(None, [person.name, post_of(person, on=day_of(at))]))


def _number(written: str) -> Decimal | None:
    return Decimal(written) if written else None
