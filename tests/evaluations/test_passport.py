"""The passport: one page, and a file from which anybody reckons the same numbers without this system."""

import json
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from pypdf import PdfReader

from raprong.assessments.models import AssessmentItem, SelfAssessment
from raprong.cli.sample.organisation import SampleAgency
from raprong.documents import render
from raprong.evaluations import actions as evaluations
from raprong.evaluations import adjustments
from raprong.evaluations.basis import (
    Basis,
    basis_of_evaluation,
    basis_of_report,
    code_of,
    document_bytes,
    notes_of,
    running_basis,
)
from raprong.evaluations.models import Evaluation
from raprong.evaluations.passport import score_passport
from raprong.kpis.models import Kpi, KpiYear
from raprong.processes.models import Run
from tests.evaluations.test_adjustments import RULES, finish, ruled, score_of
from tests.factories.assessments import IN_OCTOBER

__all__ = ["ruled"]

KINDS: list[tuple[str, dict[str, Any], str]] = [
    ("ladder", {"levels": [["1", "20"], ["3", "60"], ["5", "100"]]}, "59"),
    ("bands", {"bands": [{"score": "1", "from": "0", "to": "9"}, {"score": "5", "from": "9", "to": None}]}, "9"),
    ("steps", {"levels": [["1", "1"], ["3", "3"], ["5", "6"]]}, "4"),
    ("yes_no", {"yes": "5", "no": "1"}, "1"),
    ("choice", {"options": [{"score": "2", "title": "น้อย"}, {"score": "4", "title": "มาก"}]}, "2"),
    ("milestones", {"rounds": [{"months": 12, "levels": [["1", "1"], ["5", "5"]]}]}, "5"),
    ("deviation", {"plan": "100", "side": "both", "levels": [["1", "20"], ["5", "10"]]}, "87"),
]


@pytest.fixture
def of_every_kind(evaluation: Evaluation) -> Evaluation:
    """An evaluation with a KPI of every kind, one cancelled, one that nothing applies to, and rules to adjust by."""
    report, first = evaluation.assessment, evaluation.scores.get(item__kpi__code="1.1").item.kpi
    for number, (kind, criteria, result) in enumerate(KINDS, start=1):
        kpi = KpiYear.objects.create(
            kpi=Kpi.objects.create(unit=evaluation.run.unit),
            framework=first.framework,
            dimension=first.dimension,
            group=first.group,
            code=f"3.{number}",
            sort_code=f"3.{number}",
            title=f"ตัวชี้วัดแบบ {kind}",
            measure="หน่วย",
            criteria_kind=kind,
            criteria={"kind": kind, **criteria},
            weight=Decimal(number),
            state="selected",
        )
        add(evaluation, kpi, Decimal(result), "reported")
    for code, status in (("4.1", "cancelled"), ("4.2", "not_applicable"), ("4.3", "missing")):
        add(evaluation, another(KpiYear.objects.get(code="3.1"), code), None, status)
    parent = another(KpiYear.objects.get(code="3.1"), "5", weight=Decimal(9))
    add(evaluation, parent, None, "reported")
    for number, result in ((1, "59"), (2, "80"), (3, None)):
        part = another(parent, f"5.{number}", parent=parent, weight=None, weight_inside=Decimal(number * 10))
        add(evaluation, part, result and Decimal(result), "reported" if result else "not_applicable")
    report.scheme = report.scheme | {"rules": RULES}
    report.save(update_fields=["scheme"])
    return evaluation


def another(kpi: KpiYear, code: str, **changed: Any) -> KpiYear:
    """The same KPI once more, under another code."""
    made = KpiYear.objects.get(pk=kpi.pk)
    made.pk, made.public_id, made.code, made._state.adding = None, f"x{code}", code, True
    made.kpi = Kpi.objects.create(unit=kpi.kpi.unit)
    for name, value in changed.items():
        setattr(made, name, value)
    made.save()
    return made


def add(evaluation: Evaluation, kpi: KpiYear, result: Decimal | None, status: str) -> None:
    item = AssessmentItem.objects.create(assessment=evaluation.assessment, kpi=kpi, result=result, status=status)
    evaluation.scores.create(item=item)


def decide(evaluation: Evaluation, cast: SampleAgency) -> Evaluation:
    """Give one score, adjust another and the total, and confirm."""
    assessor = cast.people["assessor"]
    by = {"seen": None, "by": assessor, "at": IN_OCTOBER}
    adjustments.adjust(evaluation, rule="missed", score=score_of(evaluation, "3.1"), count=2, because="ขาดส่ง", **by)
    adjustments.adjust(evaluation, rule="award", score=None, count=1, because="ได้รับรางวัล", **by)
    finish(evaluation, cast)
    evaluation.refresh_from_db()
    back = evaluations.send_back(evaluation, because="ดู 1.2", by=cast.people["chief-assessor"], at=IN_OCTOBER)
    evaluations.set_score(score_of(back, "1.2"), given=Decimal("3.5"), because="หลักฐานไม่ครบ", **by)
    finished = evaluations.finish_scoring(back, by=assessor, at=IN_OCTOBER)
    return evaluations.confirm(finished, by=cast.people["chief-assessor"], at=IN_OCTOBER)


def reckoned_offline(basis: Basis, folder: Path) -> dict[str, Any]:
    """What the command makes of the file that is offered."""
    file, said = folder / "score.json", StringIO()
    file.write_bytes(document_bytes(basis))
    call_command("score", str(file), "--json", stdout=said)
    answer: dict[str, Any] = json.loads(said.getvalue())
    return answer


def test_the_file_comes_to_the_same_numbers_offline(
    of_every_kind: Evaluation, cast: SampleAgency, tmp_path: Path
) -> None:
    confirmed = decide(of_every_kind, cast)
    basis = basis_of_evaluation(confirmed)

    answer = reckoned_offline(basis, tmp_path)

    assert Decimal(answer["total"]) == confirmed.total == basis.card.total
    assert {kpi["code"]: kpi["score"] for kpi in answer["kpis"]} == {
        kpi.code: None if kpi.score is None else f"{kpi.score:f}" for kpi in basis.card.kpis
    }
    assert len([kpi for kpi in answer["kpis"] if kpi["score"] is not None]) == 12
    assert json.loads(document_bytes(basis))["comes_to"]["total"] == answer["total"]


def test_the_units_own_and_the_running_total_have_files_too(
    submitted: SelfAssessment, run: Run, tmp_path: Path
) -> None:
    for basis in (basis_of_report(submitted), running_basis(run)):
        assert reckoned_offline(basis, tmp_path)["total"] == "3.3438"


def test_the_same_score_has_the_same_code(confirmed: Evaluation) -> None:
    once, again = (document_bytes(basis_of_evaluation(confirmed)) for _ in range(2))

    assert once == again
    assert code_of(once) == code_of(again)
    assert code_of(once) != code_of(once.replace(b"2.9500", b"2.9600"))


def test_it_is_one_page_with_code_total_and_decisions(of_every_kind: Evaluation, cast: SampleAgency) -> None:
    basis = basis_of_evaluation(decide(of_every_kind, cast))

    paper = score_passport(basis, on=IN_OCTOBER.date())
    pages = PdfReader(BytesIO(render(paper))).pages

    text = pages[0].extract_text()
    assert len(pages) == 1
    assert paper.code in text
    assert [decision.about for decision in paper.decisions][:2] == ["คะแนนรวม", "1.2"]
    assert all(decision.entry for decision in paper.decisions if decision.by)
    assert paper.provisional == ""


@pytest.mark.parametrize("count", [20])
def test_a_year_of_twenty_kpis_still_fits_one_page(submitted: SelfAssessment, run: Run, count: int) -> None:
    first = KpiYear.objects.get(code="1.1")
    for number in range(count - 3):
        kpi = another(first, f"9.{number}")
        AssessmentItem.objects.create(assessment=submitted, kpi=kpi, result=Decimal(59), status="reported")

    paper = score_passport(basis_of_report(submitted), on=IN_OCTOBER.date())

    assert len(PdfReader(BytesIO(render(paper))).pages) == 1


def test_a_reason_of_any_length_still_prints(ruled: Evaluation, cast: SampleAgency) -> None:
    assessor = cast.people["assessor"]
    by = {"seen": None, "by": assessor, "at": IN_OCTOBER}
    adjustments.adjust(ruled, rule="missed", score=score_of(ruled, "1.1"), count=1, because="ขาดส่งรายงาน " * 150, **by)
    adjustments.adjust(ruled, rule="award", score=None, count=1, because="ได้รับรางวัล " * 150, **by)

    confirmed = evaluations.confirm(finish(ruled, cast), by=cast.people["chief-assessor"], at=IN_OCTOBER)

    paper = score_passport(basis_of_evaluation(confirmed), on=IN_OCTOBER.date())
    assert len(PdfReader(BytesIO(render(paper))).pages) == 1
    assert paper.decisions[0].words.endswith("…")


def test_who_stands_behind_each_line_is_named_with_the_trail(of_every_kind: Evaluation, cast: SampleAgency) -> None:
    notes = notes_of(basis_of_evaluation(decide(of_every_kind, cast)))

    decided, taken_off = notes["kpi/1.2/decision"][0], notes["kpi/3.1/adjustment/1"][0]
    reported = notes["kpi/1.1/result"][0]
    assert decided.by == taken_off.by == cast.people["assessor"].name
    assert decided.entry
    assert taken_off.entry
    assert (reported.by, reported.month and reported.month.month) == (cast.people["staff"].name, 9)
