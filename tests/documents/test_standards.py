"""The archival forms of papers: what each says it is, what it carries, and what a checker finds in it."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from raprong.documents import KINDS, paper_in, render, sample
from raprong.documents.data import FILE_NAME, FORMAT, as_json, parts_of, shape_version
from raprong.documents.registry import read
from raprong.lib.rendering import PaperRefused, PdfStandard
from raprong.lib.rendering.attachments import attached
from raprong.lib.signing import installation_signer, verify
from scripts import preflight

DEPOSITED = Path(__file__).parent / "deposited"
MOMENT = datetime(2027, 9, 30, 3, 0, tzinfo=UTC)


@pytest.mark.parametrize("standard", PdfStandard)
def test_a_paper_says_which_standard_it_keeps(standard: PdfStandard) -> None:
    metadata = PdfReader(BytesIO(render(sample("circular"), standard=standard))).xmp_metadata

    assert metadata is not None
    assert f"a-{metadata.pdfaid_part}{metadata.pdfaid_conformance}".lower() == standard


@pytest.mark.parametrize("kind", KINDS)
def test_the_data_of_a_paper_comes_back_out_of_its_pdf(kind: str) -> None:
    paper = sample(kind)

    found = paper_in(render(paper, standard=PdfStandard.A_3A))

    assert found == paper


@pytest.mark.parametrize("kind", KINDS)
def test_data_that_came_back_prints_the_same_bytes(kind: str) -> None:
    printed = render(sample(kind), standard=PdfStandard.A_3A)

    found = paper_in(printed)

    assert found is not None
    assert render(found, standard=PdfStandard.A_3A) == printed


@pytest.mark.parametrize("kind", KINDS)
def test_a_seal_keeps_the_data_and_holds(kind: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    signer = installation_signer(tmp_path_factory.getbasetemp() / "keys", "known to every test")
    paper = sample(kind)

    sealed = signer.seal(render(paper, standard=PdfStandard.A_3A), at=MOMENT)

    assert verify(sealed, trust_roots=signer.trust_roots).holds
    assert paper_in(sealed) == paper
    metadata = PdfReader(BytesIO(sealed)).xmp_metadata
    assert metadata is not None
    assert (metadata.pdfaid_part, metadata.pdfaid_conformance) == ("3", "A")


def test_the_attachment_is_named_as_part_three_asks() -> None:
    catalogue = PdfReader(BytesIO(render(sample("circular"), standard=PdfStandard.A_3A))).trailer["/Root"]

    [associated] = catalogue["/AF"]  # type: ignore[index]

    assert associated["/AFRelationship"] == "/Data"
    assert (associated["/F"], associated["/UF"]) == (FILE_NAME, FILE_NAME)
    assert associated["/EF"]["/F"]["/Subtype"] == "/application/json"
    assert "/ModDate" in associated["/EF"]["/F"]["/Params"]


def test_forms_without_attachments_carry_no_data() -> None:
    papers = [render(sample("circular"), standard=each) for each in PdfStandard if not each.may_attach]

    assert [paper_in(paper) for paper in papers] == [None, None, None]


def test_days_moments_and_decimals_are_plain_in_the_data() -> None:
    data = json.loads(as_json(sample("agreement")))

    assert (data["format"], data["kind"], data["shape_version"]) == (FORMAT, "agreement", 1)
    assert data["data"]["dated_on"] == "2026-12-15"
    assert data["data"]["total_weight"] == "100.00"
    assert datetime.fromisoformat(data["data"]["receivers"][0]["signed"]).tzinfo is not None


@pytest.mark.parametrize("path", sorted(DEPOSITED.glob("*.json")), ids=lambda path: path.stem)
def test_data_that_was_deposited_once_reads_for_ever(path: Path) -> None:
    """A shape that no longer reads it has changed its meaning: raise its version, and read the old one as well."""
    kind, data = parts_of(path.read_bytes())

    assert read(kind, data).kind == kind


@pytest.mark.parametrize("kind", KINDS)
def test_data_of_todays_shape_is_kept_for_those_who_come_after(kind: str) -> None:
    assert (DEPOSITED / f"{kind}-{shape_version(kind)}.json").exists()


def test_data_of_a_newer_program_is_refused_in_words() -> None:
    data = json.loads(as_json(sample("circular"))) | {"shape_version": 2}

    with pytest.raises(PaperRefused, match="Read it with a newer one") as refused:
        parts_of(json.dumps(data).encode())

    assert "รุ่นใหม่กว่า" in refused.value.faults[0].thai


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"format": "another"}', b"\xff"])
def test_data_of_something_else_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(PaperRefused, match="not that of a paper of this program"):
        parts_of(content)


def test_what_is_no_pdf_carries_nothing() -> None:
    assert attached(b"not a PDF", FILE_NAME) is None


def test_a_field_that_was_changed_in_the_data_is_seen() -> None:
    paper = sample("circular")
    kind, data = parts_of(as_json(paper).encode())

    changed = read(kind, {**data, "subject": "อื่น"})

    assert changed == replace(paper, subject="อื่น")  # type: ignore[type-var]


def test_a_checker_finds_no_fault_in_the_oldest_form(tmp_path: Path) -> None:
    if missing := preflight.what_is_missing():
        pytest.skip(f"the check of PDF/A-1b needs {missing}")

    faults = preflight.faults_in(list(preflight.samples(tmp_path)))

    assert faults == []


def test_a_seal_brings_no_fault_but_that_of_a_field_without_extent(tmp_path: Path) -> None:
    if missing := preflight.what_is_missing():
        pytest.skip(f"the check of PDF/A-1b needs {missing}")
    sealed = tmp_path / "sealed.pdf"
    signer = installation_signer(tmp_path / "keys", "known to every test")
    sealed.write_bytes(signer.seal(render(sample("circular"), standard=PdfStandard.A_1B), at=MOMENT))

    faults = preflight.faults_in([sealed])

    # Parts 2 and 3 let a field without extent go without a drawing (ISO 19005-2, 6.3.3); part 1 does not know it.
    assert all("widget annotation lacks an appearance dictionary" in fault for fault in faults)


def test_the_checker_tells_what_keeps_no_standard(tmp_path: Path) -> None:
    if missing := preflight.what_is_missing():
        pytest.skip(f"the check of PDF/A-1b needs {missing}")
    later = tmp_path / "later.pdf"
    later.write_bytes(render(sample("circular"), standard=PdfStandard.A_3A))

    faults = preflight.faults_in([later])

    assert faults
    assert all(str(later) in fault for fault in faults)
