from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from raprong.cli.sample.organisation import SampleAgency
from raprong.files import actions as files
from raprong.organisation.models import Person
from raprong.processes.models import Run
from raprong.processes.queries import storage_of
from raprong.records.actions import deposit
from raprong.records.models import Record

AT = datetime(2026, 10, 6, 3, 0, tzinfo=UTC)
LIST = "records:list"


def seat(person: Person) -> Client:
    client = Client()
    client.force_login(person.user)
    return client


def put(run: Run, by: Person, *, kind: str, title: str) -> Record:
    file = files.keep(title.encode(), f"{kind}.pdf", media_type="application/pdf", unit=run.unit, by=by, at=AT)
    storage = storage_of(run)
    return deposit(
        file, kind=kind, title=title, about=run, unit=run.unit, fiscal_year=2570, storage=storage, by=by, at=AT
    )


@pytest.fixture
def agreement(run: Run, cast: SampleAgency) -> Record:
    return put(run, cast.people["planner"], kind="agreement", title="คำรับรองของสำนัก")


@pytest.fixture
def letter(run: Run, cast: SampleAgency) -> Record:
    return put(run, cast.people["planner"], kind="circular", title="หนังสือเวียนแจ้งผล")


def test_records_are_narrowed_by_kind_and_year(agreement: Record, letter: Record, cast: SampleAgency) -> None:
    director = seat(cast.people["director"])

    page = director.get(reverse(LIST), {"kind": "circular", "year": "2570"}).text

    assert letter.title in page
    assert agreement.title not in page
    assert agreement.title in director.get(reverse(LIST)).text


def test_a_kind_that_there_is_not_shows_the_whole_list(agreement: Record, cast: SampleAgency) -> None:
    assert agreement.title in seat(cast.people["director"]).get(reverse(LIST), {"kind": "made-up", "page": "x"}).text


def test_a_record_says_its_fingerprint_and_until_when_it_is_kept(agreement: Record, cast: SampleAgency) -> None:
    page = seat(cast.people["planner"]).get(reverse("records:record", args=[agreement.public_id])).text

    assert agreement.sha256 in page
    assert "๓๐ กันยายน ๒๕๗๕" in page
    assert reverse("files:file", args=[agreement.file.public_id]) in page


@pytest.mark.parametrize("name", ["staff", "assessor"])
def test_whom_the_sop_does_not_name_finds_no_record(agreement: Record, cast: SampleAgency, name: str) -> None:
    client = seat(cast.people[name])

    assert client.get(reverse("records:record", args=[agreement.public_id])).status_code == 404
    assert agreement.title not in client.get(reverse(LIST)).text


def test_another_department_finds_no_record(agreement: Record, outsider: Person) -> None:
    client = seat(outsider)

    assert client.get(reverse("records:record", args=[agreement.public_id])).status_code == 404
    assert agreement.title not in client.get(reverse(LIST)).text


def test_the_keeper_opens_the_index_of_a_year_and_puts_it_into_the_cabinet(
    run: Run, agreement: Record, cast: SampleAgency
) -> None:
    keeper = seat(cast.people["records"])
    words = {"unit": run.unit.public_id, "year": 2570}

    opened = keeper.get(reverse("records:index", kwargs=words))
    kept = keeper.post(reverse("records:put-index", kwargs=words), follow=True)

    assert reverse("records:indexes") in keeper.get(reverse(LIST)).text
    assert reverse("records:index", kwargs=words) in keeper.get(reverse("records:indexes")).text
    assert opened["Content-Type"] == "application/pdf"
    assert Record.objects.get(kind="archive_index").title in kept.text.translate(
        str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
    )


def test_the_index_of_a_cabinet_one_does_not_keep_is_not_there(run: Run, agreement: Record, cast: SampleAgency) -> None:
    words = {"unit": run.unit.public_id, "year": 2570}

    assert seat(cast.people["staff"]).get(reverse("records:index", kwargs=words)).status_code == 404
    assert reverse("records:indexes") not in seat(cast.people["staff"]).get(reverse(LIST)).text
    assert "ท่านไม่ได้ดูแลตู้เอกสาร" in seat(cast.people["staff"]).get(reverse("records:indexes")).text
