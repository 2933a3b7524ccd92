"""The other parts of a final score: given with a reason, by those who score, and counted with the KPIs' total."""

import json
import subprocess
import sys
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from raprong.access.rules import Refused
from raprong.audit.models import Entry
from raprong.cli.sample.organisation import SampleAgency
from raprong.core.faults import Faults
from raprong.core.freshness import Stale
from raprong.evaluations import actions as evaluations
from raprong.evaluations import letters, part_scores
from raprong.evaluations.basis import basis_of_evaluation, document_bytes
from raprong.evaluations.models import Evaluation, PartScore
from raprong.evaluations.passport import score_passport
from raprong.evaluations.permissions import scorers_of
from raprong.evaluations.queries import card_of, points_given_in
from raprong.files.store import open_content
from raprong.kpis.models import Framework
from raprong.kpis.schemes import available_schemes
from raprong.lib.scoring.document import score_document
from raprong.lib.scoring.scheme import scheme_as_data
from tests.factories.assessments import IN_OCTOBER


@pytest.fixture
def composed(evaluation: Evaluation) -> Evaluation:
    """The evaluation, its report submitted under results 70 and competency 30."""
    scheme = scheme_as_data(available_schemes()["individual-70-30"])
    Framework.objects.filter(run=evaluation.run).update(scheme=scheme)
    evaluation.assessment.scheme = scheme
    evaluation.assessment.save(update_fields=["scheme"])
    return evaluation


def give(evaluation: Evaluation, cast: SampleAgency, **said: Any) -> PartScore:
    asked = {
        "part": "competency",
        "score": Decimal("4.25"),
        "because": "ผลการประเมินสมรรถนะ",
        "seen": None,
        "by": cast.people["assessor"],
        "at": IN_OCTOBER,
    }
    return part_scores.give_part_score(evaluation, **(asked | said))


def look_at_all(evaluation: Evaluation, cast: SampleAgency) -> None:
    for score in evaluation.scores.all():
        evaluations.keep_calculated(score, seen=None, by=cast.people["assessor"], at=IN_OCTOBER)


def confirm(evaluation: Evaluation, cast: SampleAgency) -> Evaluation:
    look_at_all(evaluation, cast)
    evaluations.finish_scoring(evaluation, by=cast.people["assessor"], at=IN_OCTOBER)
    return evaluations.confirm(evaluation, seen=None, by=cast.people["chief-assessor"], at=IN_OCTOBER)


def test_the_final_score_is_the_parts_together(composed: Evaluation, cast: SampleAgency) -> None:
    assert card_of(composed).final is None

    give(composed, cast)

    card = card_of(composed)
    # (50 × 2.95 + 30 × 4) ÷ 80 = 3.34; ÷ 5 × 70 = 46.76; 4.25 ÷ 5 × 30 = 25.50
    assert (card.total, card.final) == (Decimal("3.34"), Decimal("72.26"))


def test_it_is_written_down_and_given_again_both_stay_in_the_trail(composed: Evaluation, cast: SampleAgency) -> None:
    give(composed, cast)
    give(composed, cast, score=Decimal(4), because="ทบทวนแล้ว")

    first, second = Entry.objects.filter(kind="evaluation.part_scored").order_by("number")
    assert (first.facts["score"], second.facts["before"], second.facts["because"]) == ("4.25", "4.25", "ทบทวนแล้ว")
    made = PartScore.objects.get()
    assert (made.score, made.version) == (Decimal(4), 2)


def test_everything_wrong_is_told_at_once(composed: Evaluation, cast: SampleAgency) -> None:
    with pytest.raises(Faults) as refused:
        give(composed, cast, score=Decimal("5.01"), because=" ")

    assert [fault.field for fault in refused.value.faults] == ["score", "because"]
    assert not PartScore.objects.exists()


@pytest.mark.parametrize("score", ["-0.01", "4.255", "NaN"])
def test_points_off_the_scale_or_too_fine_are_refused(composed: Evaluation, cast: SampleAgency, score: str) -> None:
    with pytest.raises(Faults):
        give(composed, cast, score=Decimal(score))


@pytest.mark.parametrize("part", ["results", "unknown"])
def test_only_a_part_that_is_given_by_hand_is_given(composed: Evaluation, cast: SampleAgency, part: str) -> None:
    with pytest.raises(Refused):
        give(composed, cast, part=part)


def test_a_scheme_without_parts_takes_none(evaluation: Evaluation, cast: SampleAgency) -> None:
    with pytest.raises(Refused):
        give(evaluation, cast)


def test_the_second_of_two_with_the_same_form_is_told(composed: Evaluation, cast: SampleAgency) -> None:
    give(composed, cast, seen=part_scores.NOT_GIVEN)

    with pytest.raises(Stale):
        give(composed, cast, seen=part_scores.NOT_GIVEN)


@pytest.mark.parametrize("name", ["planner", "director", "staff", "executive", "auditor"])
def test_nobody_but_those_who_score_gives_it(composed: Evaluation, cast: SampleAgency, name: str) -> None:
    with pytest.raises(Refused):
        give(composed, cast, by=cast.people[name])


def test_another_department_gives_nothing(composed: Evaluation, cast: SampleAgency, other_cast: SampleAgency) -> None:
    with pytest.raises(Refused):
        give(composed, cast, by=next(iter(other_cast.people.values())))


def test_whoever_had_a_hand_in_the_report_gives_nothing(composed: Evaluation, cast: SampleAgency) -> None:
    composed.assessment.submitted_by = cast.people["assessor"]
    composed.assessment.save(update_fields=["submitted_by"])

    with pytest.raises(Refused):
        give(composed, cast)


def test_points_are_told_as_they_are_given_but_not_to_a_unit_that_opens_its_result(
    composed: Evaluation, cast: SampleAgency
) -> None:
    give(composed, cast)
    names, told = ("planner", "director", "executive", "auditor"), {"competency": Decimal("4.25")}
    runs, on = [composed.run], IN_OCTOBER.date()

    as_given = {name: points_given_in(runs, cast.people[name], on=on) for name in names}
    composed.assessment.scheme["result"] = {"objection_days": 10, "unopened_days": 5, "panel": 3, "ranked": False}
    composed.assessment.save(update_fields=["scheme"])
    with_window = {name: points_given_in(runs, cast.people[name], on=on) for name in names}

    assert as_given == {name: {composed.run.pk: told} for name in names}
    assert [name for name, points in with_window.items() if points] == ["executive", "auditor"]


def test_scoring_is_not_finished_while_a_part_has_no_score(composed: Evaluation, cast: SampleAgency) -> None:
    look_at_all(composed, cast)

    with pytest.raises(Refused, match="สมรรถนะ"):
        evaluations.finish_scoring(composed, by=cast.people["assessor"], at=IN_OCTOBER)


def test_finished_it_no_longer_changes(composed: Evaluation, cast: SampleAgency) -> None:
    give(composed, cast)
    look_at_all(composed, cast)
    evaluations.finish_scoring(composed, by=cast.people["assessor"], at=IN_OCTOBER)

    with pytest.raises(Refused):
        give(composed, cast)


def test_whoever_gave_a_part_does_not_confirm(composed: Evaluation, cast: SampleAgency) -> None:
    give(composed, cast)

    assert scorers_of(composed) == {cast.people["assessor"].pk}


def test_confirmed_the_final_score_stands_on_every_paper(composed: Evaluation, cast: SampleAgency) -> None:
    give(composed, cast)

    confirmed = confirm(composed, cast)

    assert confirmed.total == Decimal("72.26")
    assert score_document(confirmed.document)["final"] == "72.26"
    assert confirmed.sealed is not None
    with open_content(confirmed.sealed.sha256) as content:
        printed = " ".join(page.extract_text() for page in PdfReader(BytesIO(content.read())).pages)
    assert "๗๒.๒๖" in printed
    assert "๒๕.๕๐" in printed
    chief = cast.people["chief-assessor"]
    figures = letters.result_letter(confirmed, by=chief, at=IN_OCTOBER).content["figures"]
    assert figures[0]["value"] == "72.26 จาก 100 คะแนน"
    assert any(figure["label"] == "สมรรถนะ" and "25.50" in figure["value"] for figure in figures)
    passport = score_passport(basis_of_evaluation(confirmed), on=IN_OCTOBER.date())
    assert (passport.total, passport.highest) == (Decimal("72.26"), Decimal(100))


def test_the_command_reckons_the_passport_again(composed: Evaluation, cast: SampleAgency, tmp_path: Path) -> None:
    give(composed, cast)
    file = tmp_path / "score.json"
    file.write_bytes(document_bytes(basis_of_evaluation(confirm(composed, cast))))

    command = [Path(sys.executable).with_name("raprong"), "score", str(file), "--json"]
    answer = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)

    assert json.loads(answer.stdout)["final"] == json.loads(file.read_bytes())["comes_to"]["final"] == "72.26"
