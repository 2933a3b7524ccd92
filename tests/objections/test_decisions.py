"""A panel without a part in the result decides with reasons, and a score changes by that alone."""

from decimal import Decimal
from typing import Any

import pytest

from raprong.access.rules import Refused
from raprong.audit.models import Entry
from raprong.cli.sample.organisation import SampleAgency
from raprong.core.faults import Faults
from raprong.core.references import reference
from raprong.evaluations.basis import Through, basis_of_evaluation, notes_of
from raprong.evaluations.finality import change_by_decision
from raprong.evaluations.models import Conflict, Evaluation
from raprong.evaluations.passport import score_passport
from raprong.objections import actions as objections
from raprong.objections import decisions, panels
from raprong.objections.documents import decision_paper
from raprong.objections.enums import Outcome, ProposalState, State
from raprong.objections.models import Objection, Proposal, members_of
from raprong.objections.precedents import shelf
from raprong.objections.queries import objections_that_changed
from raprong.organisation.models import Person
from raprong.records.models import Record
from raprong.web.files.guards import is_visible
from tests.factories.assessments import IN_OCTOBER

WHY = "หลักฐานที่ส่งไว้แสดงผลร้อยละ ๖๐"
LESSON = "เมื่อหลักฐานเดิมแสดงตัวเลขครบ ให้ใช้ตัวเลขตามหลักฐาน"


def propose(objection: Objection, chair: Person, **changed: Any) -> Proposal:
    said: dict[str, Any] = {"outcome": Outcome.UPHELD, "because": WHY, "precedent": LESSON, "seen": None}
    if "scores" not in changed and changed.get("outcome") != Outcome.REFUSED:
        said["scores"] = [(objection.score, Decimal("3"))]
    return decisions.propose(objection, **{**said, **changed}, by=chair, at=IN_OCTOBER)


def vote(proposal: Proposal, by: Person, *, agrees: bool = True, remark: str = "") -> Proposal:
    return decisions.vote(proposal, agrees=agrees, remark=remark, by=by, at=IN_OCTOBER)


@pytest.mark.parametrize("name", ["assessor", "chief-assessor", "staff", "director", "records", "planner"])
def test_nobody_with_a_part_in_the_result_sits_on_the_panel(
    objection: Objection, panel: list[Person], cast: SampleAgency, name: str
) -> None:
    with pytest.raises(Faults) as refused:
        panels.name_panel(
            objection.preliminary, [*panel, cast.people[name]], chair=panel[0], by=panel[0], at=IN_OCTOBER
        )

    assert [fault.field for fault in refused.value.faults] == ["people"]
    assert cast.people[name] not in panels.candidates(objection.preliminary, at=IN_OCTOBER)


def test_who_declared_a_conflict_while_scoring_does_not_sit_either(
    objection: Objection, panel: list[Person], cast: SampleAgency
) -> None:
    run, host = objection.preliminary.run, cast.people["host"]
    Conflict.objects.create(run=run, person=host, because="เป็นญาติ", declared_at=IN_OCTOBER)

    with pytest.raises(Faults, match="declared a conflict"):
        panels.name_panel(objection.preliminary, panel, chair=panel[0], by=panel[0], at=IN_OCTOBER)


def test_a_stranger_does_not_sit_on_the_panel(objection: Objection, panel: list[Person], outsider: Person) -> None:
    with pytest.raises(Faults, match="another agency"):
        panels.name_panel(objection.preliminary, [*panel, outsider], chair=panel[0], by=panel[0], at=IN_OCTOBER)


def test_a_panel_has_its_size_and_a_chair(objection: Objection, panel: list[Person]) -> None:
    with pytest.raises(Faults) as refused:
        panels.name_panel(objection.preliminary, panel[:2], chair=panel[2], by=panel[0], at=IN_OCTOBER)

    assert [fault.field for fault in refused.value.faults] == ["people", "chair"]


@pytest.mark.parametrize("name", ["director", "assessor", "host", "planner"])
def test_only_who_names_panels_names_one(
    objection: Objection, panel: list[Person], cast: SampleAgency, name: str
) -> None:
    with pytest.raises(Refused):
        panels.name_panel(objection.preliminary, panel, chair=panel[0], by=cast.people[name], at=IN_OCTOBER)


def test_an_upheld_objection_changes_the_score_and_the_total(seated: Objection, panel: list[Person]) -> None:
    proposal = vote(propose(seated, panel[0]), panel[1])

    evaluation = Evaluation.objects.get(pk=seated.preliminary.evaluation_id)
    score = evaluation.scores.get(pk=seated.score_id)
    assert (proposal.state, Objection.objects.get(pk=seated.pk).state) == (ProposalState.TAKEN, State.DECIDED)
    assert (score.calculated, score.given, score.because) == (Decimal("2.95"), Decimal("3"), WHY)
    # (50 x 3 + 30 x 4) / 80 = 3.375, and the unit's own stays beside it
    assert (evaluation.total, evaluation.assessment.total) == (Decimal("3.3750"), Decimal("3.3438"))
    entry = Entry.objects.get(kind="evaluation.score_decided")
    assert (Decimal(entry.facts["before"]), Decimal(entry.facts["given"])) == (Decimal("2.95"), Decimal("3"))
    assert proposal.public_id in entry.facts["decision"]


def test_a_decision_is_sealed_with_its_votes_and_deposited(
    seated: Objection, panel: list[Person], cast: SampleAgency
) -> None:
    chair, host, auditor = panel
    proposal = propose(seated, chair, because="ผลคือร้อยละ ๖๐\x0bตามหลักฐาน")
    draft = decision_paper(proposal, total_before=None, at=IN_OCTOBER)
    vote(proposal, auditor, agrees=False, remark="ควรขอหลักฐานเพิ่ม")
    vote(proposal, host)

    kept = Record.objects.get(kind="objection_decision")
    taken = Proposal.objects.get(pk=proposal.pk)
    paper = decision_paper(taken, total_before=None, at=IN_OCTOBER)
    assert (kept.about, kept.file, kept.unit) == (reference(seated), taken.sealed, seated.preliminary.run.unit)
    assert Entry.objects.get(kind="objection.decided").facts["sha256"] == kept.sha256
    assert (draft.draft, draft.agreed, paper.draft, paper.agreed, paper.against) == (True, 1, False, 2, 1)
    assert [(one.before, one.after) for one in paper.scores] == [(Decimal("2.95"), Decimal("3"))]
    assert (paper.heard[0].official, paper.total_after) == (Decimal("2.95"), Decimal("3.3750"))
    assert [one.remark for one in paper.panel if one.agrees is False] == ["ควรขอหลักฐานเพิ่ม"]
    day = IN_OCTOBER.date()
    assert Record.objects.visible_to(cast.people["director"], on=day).filter(pk=kept.pk).exists()
    for name, sees in {"director": True, "head1": True, "host": True, "staff": False, "admin": False}.items():
        assert is_visible(kept.file, cast.people[name], on=day) is sees, name


def test_explanation_and_passport_name_the_panel_and_not_who_scored(seated: Objection, panel: list[Person]) -> None:
    taken = vote(propose(seated, panel[0]), panel[1])

    basis = basis_of_evaluation(Evaluation.objects.get(pk=seated.preliminary.evaluation_id))
    [note] = notes_of(basis)["kpi/1.1/decision"]
    [decision] = [one for one in score_passport(basis, on=IN_OCTOBER.date()).decisions if one.about == "1.1"]
    assert (note.through, note.by, note.at) == (Through.PANEL, panel[1].name, IN_OCTOBER)
    assert (decision.by, decision.entry) == ("ผู้วินิจฉัยข้อทักท้วง", str(note.entry))
    assert objections_that_changed(taken.objection.preliminary.evaluation) == {seated.score_id: seated}


def test_nothing_changes_before_more_than_half_agree(seated: Objection, panel: list[Person]) -> None:
    proposal = propose(seated, panel[0])

    assert proposal.state == ProposalState.VOTING
    assert Evaluation.objects.get(pk=seated.preliminary.evaluation_id).total == Decimal("3.3438")


def test_a_refused_objection_leaves_the_score(seated: Objection, panel: list[Person], cast: SampleAgency) -> None:
    vote(propose(seated, panel[0], outcome=Outcome.REFUSED), panel[2])

    settled = objections.accept(seated.preliminary, seen=None, by=cast.people["director"], at=IN_OCTOBER)

    evaluation = Evaluation.objects.get(pk=settled.evaluation_id)
    assert (evaluation.total, evaluation.is_final) == (Decimal("3.3438"), True)


def test_a_proposal_that_half_reject_comes_back_to_the_chair(seated: Objection, panel: list[Person]) -> None:
    first = propose(seated, panel[0])
    with pytest.raises(Faults, match="why you do not agree"):
        vote(first, panel[1], agrees=False)
    vote(first, panel[1], agrees=False, remark="ตัวเลขยังไม่ตรง")
    vote(first, panel[2], agrees=False, remark="ขอดูต้นฉบับก่อน")

    second = propose(seated, panel[0], outcome=Outcome.REFUSED)

    first.refresh_from_db()
    assert (first.state, second.state) == (ProposalState.REJECTED, ProposalState.VOTING)


def test_nobody_votes_twice_and_no_stranger_votes(seated: Objection, panel: list[Person], cast: SampleAgency) -> None:
    proposal = propose(seated, panel[0])

    with pytest.raises(Refused, match="voted already"):
        vote(proposal, panel[0])
    with pytest.raises(Refused, match="members of the panel"):
        vote(proposal, cast.people["director"])


def test_a_member_with_a_conflict_stands_aside_and_is_not_named_again(seated: Objection, panel: list[Person]) -> None:
    proposal = propose(seated, panel[0])
    with pytest.raises(Faults, match="what the conflict is"):
        panels.stand_aside(seated.preliminary, because=" ", by=panel[1], at=IN_OCTOBER)

    panels.stand_aside(seated.preliminary, because="เป็นญาติกับผู้อำนวยการ", by=panel[1], at=IN_OCTOBER)

    proposal.refresh_from_db()
    assert proposal.state == ProposalState.REJECTED
    assert panel[1] not in [member.person for member in members_of(seated.preliminary)]
    with pytest.raises(Refused, match="members of the panel"):
        vote(proposal, panel[1])
    with pytest.raises(Refused, match="2 of 3"):
        propose(seated, panel[0])
    with pytest.raises(Faults, match="declared a conflict"):
        panels.name_panel(seated.preliminary, panel, chair=panel[0], by=panel[0], at=IN_OCTOBER)


@pytest.mark.parametrize(
    "said, fields",
    [
        ({"because": " "}, ["because"]),
        ({"precedent": ""}, ["precedent"]),
        ({"precedent": "คุณวิชาญส่งหลักฐานครบ"}, ["precedent"]),
        ({"scores": []}, ["given"]),
        ({"outcome": Outcome.REFUSED, "scores": "same"}, ["given", "given"]),
        ({"scores": "off"}, ["given"]),
    ],
)
def test_what_a_decision_lacks_is_told_at_its_field(
    seated: Objection, panel: list[Person], said: dict[str, Any], fields: list[str]
) -> None:
    given = {"same": "2.95", "off": "9"}
    if isinstance(said.get("scores"), str):
        said = {**said, "scores": [(seated.score, Decimal(given[said["scores"]]))]}

    with pytest.raises(Faults) as refused:
        propose(seated, panel[0], **said)

    assert [fault.field for fault in refused.value.faults] == fields


def test_a_decided_objection_is_decided_for_good(seated: Objection, panel: list[Person], cast: SampleAgency) -> None:
    vote(propose(seated, panel[0]), panel[1])

    with pytest.raises(Refused, match="decided"):
        propose(seated, panel[0])
    with pytest.raises(Refused, match="decided"):
        objections.withdraw(seated, seen=None, by=cast.people["director"], at=IN_OCTOBER)


@pytest.mark.parametrize("name", ["assessor", "chief-assessor", "staff"])
def test_no_score_changes_by_the_hand_of_who_has_a_part(seated: Objection, cast: SampleAgency, name: str) -> None:
    assert seated.score is not None

    with pytest.raises(Refused):
        change_by_decision(
            seated.score, given=Decimal(5), because=WHY, decision=seated, by=cast.people[name], at=IN_OCTOBER
        )


def test_the_shelf_answers_by_ground_and_kind(seated: Objection, panel: list[Person], cast: SampleAgency) -> None:
    vote(propose(seated, panel[0]), panel[1])

    assert [one.precedent for one in shelf(cast.agency, ground="wrong-figure", kind="ladder", words="หลักฐาน")] == [
        LESSON
    ]
    assert not shelf(cast.agency, ground="procedure")
    assert not shelf(cast.agency, kind="total")
