"""The yearly index lists what lies in the cabinet, is kept like it, and is made by its keepers only."""

from datetime import UTC, datetime

import pytest
from django.conf import settings

from raprong.access.rules import Refused
from raprong.cli.sample.organisation import SampleAgency
from raprong.documents.registry import sample
from raprong.files import store
from raprong.lib.signing import installation_roots, verify
from raprong.organisation.models import Person
from raprong.processes.models import Run
from raprong.records.actions import Storage
from raprong.records.index import deposit_index, index_paper
from raprong.records.models import Record
from raprong.records.papers import seal_and_deposit
from raprong.records.queries import years_kept_by

AT = datetime(2027, 11, 5, 3, 0, tzinfo=UTC)


@pytest.fixture
def keeper(cast: SampleAgency) -> Person:
    return cast.people["records"]


def put(run: Run, by: Person, *, kind: str, storage: Storage) -> Record:
    return seal_and_deposit(
        sample(kind),
        title=f"เอกสาร {kind}",
        about=run,
        unit=run.unit,
        fiscal_year=run.fiscal_year,
        storage=storage,
        by=by,
        at=AT,
    )


@pytest.fixture
def papers(run: Run, cast: SampleAgency) -> list[Record]:
    kept = Storage(5, "ตู้เอกสาร", "เรียงตามวันที่", ["director", "planning_officer"])
    longer = Storage(10, "ตู้เอกสาร", readers=["director"])
    return [
        put(run, cast.people["planner"], kind="agreement", storage=kept),
        put(run, cast.people["planner"], kind="circular", storage=longer),
    ]


def test_the_index_lists_every_paper_with_its_fingerprint(run: Run, papers: list[Record], keeper: Person) -> None:
    rows = index_paper(run.unit, run.fiscal_year, by=keeper, at=AT).rows

    assert [(row.title, row.sha256) for row in rows] == [(paper.title, paper.sha256) for paper in papers]
    assert [row.kind_title for row in rows] == ["คำรับรองการปฏิบัติราชการ", "หนังสือเวียน"]
    assert rows[0].place == "ตู้เอกสาร เรียงตามวันที่"


def test_a_deposited_index_is_sealed_and_kept_as_long_as_its_longest_paper(
    run: Run, papers: list[Record], keeper: Person
) -> None:
    deposited = deposit_index(run.unit, run.fiscal_year, by=keeper, at=AT)

    content = store.place_of(deposited.sha256).read_bytes()
    assert verify(content, trust_roots=installation_roots(settings.KEYS_DIR)).holds
    assert deposited.retention_years == 10


def test_only_who_may_read_every_paper_may_read_the_index(run: Run, papers: list[Record], keeper: Person) -> None:
    assert deposit_index(run.unit, run.fiscal_year, by=keeper, at=AT).readers == ["director"]


def test_an_index_does_not_list_indexes(run: Run, papers: list[Record], keeper: Person) -> None:
    first = deposit_index(run.unit, run.fiscal_year, by=keeper, at=AT)

    second = index_paper(run.unit, run.fiscal_year, by=keeper, at=AT)

    assert len(second.rows) == len(papers)
    assert years_kept_by(keeper, on=AT.date())[0].index == first
    assert years_kept_by(keeper, on=AT.date())[0].papers == len(papers)


def test_a_year_without_papers_has_no_index(run: Run, keeper: Person) -> None:
    with pytest.raises(Refused, match="ยังไม่มีเอกสารของปีนี้"):
        deposit_index(run.unit, run.fiscal_year, by=keeper, at=AT)


def test_who_does_not_keep_the_cabinet_makes_no_index(run: Run, papers: list[Record], cast: SampleAgency) -> None:
    with pytest.raises(Refused):
        deposit_index(run.unit, run.fiscal_year, by=cast.people["staff"], at=AT)

    assert years_kept_by(cast.people["staff"], on=AT.date()) == []
