"""Papers in Word and as workbooks: to whoever may read them, with the words and figures of the paper."""

import json
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.http import FileResponse
from django.test import Client
from django.urls import reverse
from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook

from raprong.agreements.models import Agreement
from raprong.assessments.models import SelfAssessment
from raprong.circulation.models import Letter
from raprong.documents.registry import sample
from raprong.evaluations.models import Evaluation
from raprong.files import actions as files
from raprong.processes.models import Run, SopEdition
from raprong.processes.queries import storage_of
from raprong.records.actions import deposit
from raprong.records.models import Record
from raprong.web.papers.files import WORD, WORKBOOK

SignIn = Callable[[str], Client]


def content_of(response: Any) -> bytes:
    assert isinstance(response, FileResponse)
    return b"".join(response.streaming_content)  # type: ignore[arg-type]


def words_of(response: Any) -> str:
    body = Document(BytesIO(content_of(response))).element.body
    return "".join("".join(text.text or "" for text in body.iter(qn("w:t"))).split())


def cells_of(response: Any) -> list[Any]:
    sheets = load_workbook(BytesIO(content_of(response))).worksheets
    return [cell for sheet in sheets for row in sheet.iter_rows(values_only=True) for cell in row]


@pytest.mark.parametrize("kind", ["result_letter", "circular"])
def test_a_letter_opens_in_word_with_its_number(sign_in: SignIn, kind: str) -> None:
    letter = Letter.objects.filter(kind=kind).first()
    assert letter is not None

    response = sign_in("director").get(reverse("papers:letter", args=[letter.public_id]))

    assert response["Content-Type"] == WORD
    assert response["Content-Disposition"].startswith(f'attachment; filename="{kind}-')
    assert "".join(letter.number_text.split()) in words_of(response)


def test_a_submitted_report_opens_in_word(sign_in: SignIn) -> None:
    report = SelfAssessment.objects.order_by("months").last()
    assert report is not None

    response = sign_in("planner").get(reverse("papers:report", args=[report.public_id]))

    assert "รายงานการประเมินตนเอง" in words_of(response)


def test_the_table_of_an_agreement_is_a_workbook_with_figures(sign_in: SignIn) -> None:
    agreement = Agreement.objects.of_units().get()

    response = sign_in("director").get(reverse("papers:agreement", args=[agreement.public_id]))

    assert response["Content-Type"] == WORKBOOK
    assert 100 in cells_of(response)


def test_a_confirmed_score_table_is_a_workbook_with_its_total(sign_in: SignIn) -> None:
    evaluation = Evaluation.objects.order_by("confirmed_at").last()
    assert evaluation is not None
    assert evaluation.total is not None

    cells = cells_of(sign_in("director").get(reverse("papers:scores", args=[evaluation.public_id])))

    assert float(evaluation.total) in cells


def test_the_register_of_numbers_is_a_workbook(sign_in: SignIn) -> None:
    cells = cells_of(sign_in("director").get(reverse("papers:register")))

    numbered = Letter.objects.filter(unit__agency__code="hss").exclude(number_text="")
    assert {letter.number_text for letter in numbered} <= set(cells)


def test_the_cabinet_is_a_workbook_of_what_one_may_read(sign_in: SignIn, year: Run) -> None:
    cells = cells_of(sign_in("records").get(reverse("papers:cabinet")))

    assert set(Record.objects.filter(unit=year.unit).values_list("sha256", flat=True)) <= set(cells)


@pytest.mark.parametrize("kind, name", [("circular", "record-word"), ("monthly_report", "record-workbook")])
def test_a_record_is_made_into_another_format_from_its_own_data(sign_in: SignIn, kind: str, name: str) -> None:
    record = Record.objects.filter(kind=kind).first()
    assert record is not None
    client = sign_in("records")
    address = reverse(f"papers:{name}", args=[record.public_id])

    assert address in client.get(reverse("records:record", args=[record.public_id])).text
    assert client.get(address).status_code == 200


def test_a_record_has_only_the_formats_of_its_kind(sign_in: SignIn) -> None:
    circular = Record.objects.filter(kind="circular").first()
    assert circular is not None

    response = sign_in("records").get(reverse("papers:record-workbook", args=[circular.public_id]))

    assert response.status_code == 404


def test_a_paper_kept_without_its_data_is_refused_in_words(sign_in: SignIn, year: Run) -> None:
    run, by, at = year, year.started_by, year.started_at
    file = files.keep(b"%PDF-1.7", "circular.pdf", media_type="application/pdf", unit=run.unit, by=by, at=at)
    old = deposit(
        file,
        kind="circular",
        title=sample("circular").title,
        about=run,
        unit=run.unit,
        fiscal_year=run.fiscal_year,
        storage=storage_of(run),
        by=by,
        at=at,
    )

    response = sign_in("records").get(reverse("papers:record-word", args=[old.public_id]))

    assert response.status_code == 403
    assert "เปิดได้เฉพาะ PDF" in response.text


def test_pages_offer_the_formats_of_their_papers(sign_in: SignIn) -> None:
    director = sign_in("director")
    letter, agreement = Letter.objects.filter(kind="circular").first(), Agreement.objects.of_units().get()
    assert letter is not None
    offered = {
        reverse("circulation:letter", args=[letter.public_id]): reverse("papers:letter", args=[letter.public_id]),
        reverse("circulation:register"): reverse("papers:register"),
        reverse("records:list"): reverse("papers:cabinet"),
        reverse("agreements:agreement", args=[agreement.run.public_id]): reverse(
            "papers:agreement", args=[agreement.public_id]
        ),
    }

    for page, address in offered.items():
        assert address in director.get(page).text


def test_somebody_of_another_department_gets_no_format(sign_in: SignIn) -> None:
    outsider = sign_in("planner.pa")

    assert outsider.get(reverse("papers:register")).status_code == 404
    assert set(Record.objects.values_list("sha256", flat=True)).isdisjoint(
        cells_of(outsider.get(reverse("papers:cabinet")))
    )


def test_an_sop_is_handed_out_in_word_as_a_year_was_pinned_to_it(year: Run, sign_in: SignIn) -> None:
    client = sign_in("staff")
    step = year.definition.steps[0].title
    changed = json.loads(json.dumps(year.sop.content, ensure_ascii=False).replace(step, f"{step} อย่างเดิม"))
    kept = SopEdition.objects.create(
        code=year.sop.code, edition="0", digest="0" * 64, title=year.sop.title, content=changed
    )
    Run.objects.filter(pk=year.pk).update(sop=kept)

    pinned = words_of(client.get(reverse("papers:run-sop", args=[year.public_id])))
    today = words_of(client.get(reverse("papers:sop", args=[year.definition.code])))

    assert "อย่างเดิม" in pinned
    assert "อย่างเดิม" not in today
    printed = client.get(reverse("processes:run-sop", args=[year.public_id]))
    assert printed.headers["Content-Type"] == "application/pdf"


def test_the_table_of_a_round_is_handed_out_in_word(year: Run, sign_in: SignIn) -> None:
    report = SelfAssessment.objects.filter(run=year).latest("months")

    words = words_of(sign_in("planner").get(reverse("papers:round", args=[report.public_id])))

    assert "รายงานผลการดำเนินงาน" in words


def test_the_sop_of_somebody_elses_year_is_not_there(year: Run, sign_in: SignIn) -> None:
    client = sign_in("planner.pa")

    assert client.get(reverse("papers:run-sop", args=[year.public_id])).status_code == 404
    assert client.get(reverse("processes:run-sop", args=[year.public_id])).status_code == 404
