"""The longest and fullest papers print on A4 like the others."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from raprong.documents import render
from tests.documents.worst_cases import Case, worst_cases


@pytest.mark.parametrize("case", list(worst_cases()), ids=lambda case: case.name)
def test_the_longest_papers_print_on_a4(case: Case) -> None:
    pages = PdfReader(BytesIO(render(case.paper, style=case.style))).pages

    assert pages
    assert {tuple(sorted(round(side) for side in page.mediabox[2:])) for page in pages} == {(595, 842)}
