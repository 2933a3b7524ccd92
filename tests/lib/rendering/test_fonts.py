"""The Sarabun of our papers: the published one, with tone marks at one height, so that its words can be copied."""

from itertools import product
from pathlib import Path

import fontpkg_sarabun
import pypdfium2
import pytest
import typst
from fontTools.ttLib import TTFont

from raprong.lib.rendering import SARABUN

PUBLISHED = Path(fontpkg_sarabun.ROOT) / "files"
OURS = SARABUN.folders[0]
PLACES_OF_MARKS = {"GPOS", "head", "DSIG", "GlyphOrder"}  # head holds a sum over all of it
CONSONANTS = [chr(letter) for letter in range(ord("ก"), ord("ฮ") + 1) if chr(letter) not in "ฤฦ"]
ABOVE = ["", "ั", "ิ", "ี", "ึ", "ื"]
TONES = ["", "่", "้", "๊", "๋", "์"]


@pytest.mark.parametrize("path", sorted(OURS.glob("*.ttf")), ids=lambda path: path.stem)
def test_only_the_places_of_marks_differ_from_the_published_font(path: Path) -> None:
    ours, published = TTFont(path), TTFont(PUBLISHED / path.name)
    tables = set(published.keys()) - PLACES_OF_MARKS

    assert tables <= set(ours.keys())
    assert [tag for tag in sorted(tables) if ours.reader[tag] != published.reader[tag]] == []  # type: ignore[index]


@pytest.mark.parametrize(("weight", "style"), list(product(["regular", "bold"], ["normal", "italic"])))
def test_every_syllable_is_told_once_by_the_paper(weight: str, style: str) -> None:
    syllables = ["".join(parts) for parts in product(CONSONANTS, ABOVE, TONES)]
    source = f'#text(font: "Sarabun", lang: "th", weight: "{weight}", style: "{style}")[{" ".join(syllables)}]'

    pdf = typst.compile(source.encode(), font_paths=[str(OURS)], ignore_system_fonts=True)

    told = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))
    assert "".join(told.split()) == "".join(syllables)
