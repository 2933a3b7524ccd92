"""Putting papers together: choose, leave out, watch, stop, take the ZIP; all without scripts."""

from collections.abc import Callable
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse

from raprong.circulation.models import Letter
from raprong.kpis.models import KpiYear
from raprong.processes.models import Run
from raprong.records import batch_making
from raprong.records.bundle import HASHES, LIST
from raprong.records.enums import BatchState
from raprong.records.models import Batch
from raprong.web.batches.sources import SOURCES
from tests.cast import FISCAL_YEAR
from tests.web.papers.conftest import sign_in, year

__all__ = ["year", "sign_in"]

SignIn = Callable[[str], Client]
CHOOSE = "batches:choose"


def order(client: Client, kind: str, papers: list[str]) -> Batch:
    response = client.post(reverse(CHOOSE), {"kind": kind, "year": FISCAL_YEAR, "office": "", "papers": papers})
    assert response.status_code == 302, response.text
    return Batch.objects.latest("pk")


def zip_of(response: Any) -> ZipFile:
    return ZipFile(BytesIO(b"".join(response.streaming_content)))


def test_every_kind_can_be_looked_for(sign_in: SignIn) -> None:
    director = sign_in("director")

    for kind in SOURCES:
        assert director.get(reverse(CHOOSE), {"kind": kind, "year": FISCAL_YEAR}).status_code == 200


def test_all_sheets_of_a_year_are_printed_into_one_file(sign_in: SignIn, year: Run) -> None:
    client = sign_in("planner")
    kpis = KpiYear.objects.of_run(year).selected()
    page = client.get(reverse(CHOOSE), {"kind": "kpi_detail"}).text
    assert all(kpi.public_id in page for kpi in kpis)

    batch = order(client, "kpi_detail", [kpi.public_id for kpi in kpis])
    waiting = client.get(reverse("batches:batch", args=[batch.public_id])).text
    batch_making.make(batch.pk)
    done = client.get(reverse("batches:batch", args=[batch.public_id])).text
    packed = zip_of(client.get(reverse("batches:download", args=[batch.public_id])))

    assert 'hx-trigger="every 2s"' in waiting
    assert 'hx-trigger="every 2s"' not in done
    assert reverse("batches:download", args=[batch.public_id]) in done
    assert len(packed.namelist()) == len(kpis) + 2
    assert packed.namelist()[-2:] == [HASHES, LIST]


def test_a_paper_that_is_missing_is_told_on_the_page(sign_in: SignIn, year: Run) -> None:
    client = sign_in("planner")
    good, faulty = KpiYear.objects.of_run(year).selected()[:2]
    batch = order(client, "kpi_detail", [good.public_id, faulty.public_id])
    row = batch.contents.get(number=2)
    row.data = row.data.replace('"unit": "', '"unit": "\N{GRINNING FACE}')
    row.save()

    batch_making.make(batch.pk)
    page = client.get(reverse("batches:batch", args=[batch.public_id])).text

    assert "๑ ฉบับพิมพ์ไม่ได้ และไม่อยู่ในไฟล์" in page
    assert "อักขระที่แบบอักษรพิมพ์ไม่ได้" in page


def test_a_sealed_letter_comes_as_it_was_sealed(sign_in: SignIn) -> None:
    letter = Letter.objects.get(kind="result_letter")
    client = sign_in("director")

    batch = order(client, "result_letter", [letter.public_id])
    batch_making.make(batch.pk)

    assert letter.sealed is not None
    packed = zip_of(client.get(reverse("batches:download", args=[batch.public_id])))
    assert packed.read(HASHES).decode().startswith(letter.sealed.sha256)


def test_what_was_not_ticked_stays_out(sign_in: SignIn, year: Run) -> None:
    first = KpiYear.objects.of_run(year).selected()[0]

    batch = order(sign_in("planner"), "kpi_detail", [first.public_id, "unknown"])

    assert batch.papers == 1


def test_choosing_nothing_is_told_on_the_page(sign_in: SignIn) -> None:
    response = sign_in("planner").post(reverse(CHOOSE), {"kind": "kpi_detail", "year": FISCAL_YEAR})

    assert response.status_code == 422
    assert "อย่างน้อย" in response.text


def test_stopping_leaves_no_file_to_take(sign_in: SignIn, year: Run) -> None:
    client = sign_in("planner")
    batch = order(client, "kpi_detail", [KpiYear.objects.of_run(year).selected()[0].public_id])

    client.post(reverse("batches:cancel", args=[batch.public_id]))

    batch.refresh_from_db()
    assert batch.state == BatchState.CANCELLED
    assert client.get(reverse("batches:download", args=[batch.public_id])).status_code == 404


def test_progress_alone_is_answered_to_htmx(sign_in: SignIn, year: Run) -> None:
    client = sign_in("planner")
    batch = order(client, "kpi_detail", [KpiYear.objects.of_run(year).selected()[0].public_id])

    part = client.get(reverse("batches:batch", args=[batch.public_id]), headers={"HX-Request": "true"}).text

    assert 'id="standing"' in part
    assert "<html" not in part


def test_another_person_finds_no_batch(sign_in: SignIn, year: Run) -> None:
    batch = order(sign_in("planner"), "kpi_detail", [KpiYear.objects.of_run(year).selected()[0].public_id])

    for name in ("director", "planner.pa"):
        client = sign_in(name)
        assert client.get(reverse("batches:batch", args=[batch.public_id])).status_code == 404
        assert client.post(reverse("batches:cancel", args=[batch.public_id])).status_code == 404
        assert batch.title not in client.get(reverse("batches:list")).text


def test_an_outsider_finds_no_paper_of_the_year(sign_in: SignIn) -> None:
    outsider = sign_in("planner.pa")

    for kind in SOURCES:
        assert 'name="papers"' not in outsider.get(reverse(CHOOSE), {"kind": kind, "year": FISCAL_YEAR}).text


@pytest.mark.parametrize("page", ["records:list", "agreements:list", "circulation:list"])
def test_lists_lead_to_many_papers_at_once(sign_in: SignIn, page: str) -> None:
    assert "/records/batches/" in sign_in("director").get(reverse(page)).text
