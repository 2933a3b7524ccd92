"""Draw tone marks over a vowel at one height in the Sarabun of our papers: `level_tone_marks.py`.

Sarabun as it is published puts the tone of ทั้ง 3 to 5 hundredths of the letters' size lower than that of ที่. A PDF has a
piece of text begin anew where the height changes, in the middle of a syllable, and Typst tells the whole syllable on
both sides of it: who copies, searches or listens gets ทั้ทั้ง. Over ั ิ ึ the tone now stands where it stands over ี ื; nothing
else is changed. The licence, which allows that under the same name, lies beside the fonts.
"""

import shutil
from pathlib import Path
from typing import Any

import fontpkg_sarabun
from fontTools.ttLib import TTFont

PUBLISHED = Path(fontpkg_sarabun.ROOT)
OURS = Path(__file__).resolve().parent.parent / "raprong" / "lib" / "rendering" / "fonts"
FACES = ("Regular", "Bold", "Italic", "BoldItalic")
MARK_TO_BASE, MARK_TO_MARK, EXTENSION = 4, 6, 9  # kinds of tables that place marks
VOWELS = {f"uni0E{vowel}{width}" for vowel in ("31", "34", "35", "36", "37") for width in ("", ".narrow")}
TONES = {f"uni0E{tone}.small" for tone in ("48", "49", "4A", "4B", "4C")}  # as they stand over a vowel
CONSONANTS = {f"uni{letter:04X}" for letter in range(ord("ก"), ord("ฮ") + 1)}


def main() -> None:
    OURS.mkdir(exist_ok=True)
    shutil.copyfile(PUBLISHED / "LICENSE", OURS / "OFL.txt")
    for face in FACES:
        font = TTFont(PUBLISHED / "files" / f"Sarabun-{face}.ttf", recalcTimestamp=False)
        level(font)
        font.save(OURS / f"Sarabun-{face}.ttf")


def level(font: TTFont) -> None:
    """Vowels stand on consonants, and tones on vowels, at the very heights for which they are drawn."""
    for lookup in font["GPOS"].table.LookupList.Lookup:
        for table in map(unwrapped, lookup.SubTable):
            if table.LookupType == MARK_TO_BASE:
                marks = heights(table.MarkCoverage, table.MarkArray, VOWELS)
                level_places(table.BaseCoverage, table.BaseArray.BaseRecord, "BaseAnchor", CONSONANTS, marks)
            elif table.LookupType == MARK_TO_MARK:
                marks = heights(table.Mark1Coverage, table.Mark1Array, TONES)
                level_places(table.Mark2Coverage, table.Mark2Array.Mark2Record, "Mark2Anchor", VOWELS, marks)


def unwrapped(table: Any) -> Any:
    return table.ExtSubTable if table.LookupType == EXTENSION else table


def heights(coverage: Any, marks: Any, chosen: set[str]) -> dict[int, int]:
    """The one height at which marks of a class are held, after bringing the few that differ to it."""
    found: dict[int, int] = {}
    for glyph, mark in zip(coverage.glyphs, marks.MarkRecord, strict=True):
        if glyph in chosen:
            mark.MarkAnchor.YCoordinate = found.setdefault(mark.Class, mark.MarkAnchor.YCoordinate)
    return found


def level_places(coverage: Any, records: Any, anchors: str, chosen: set[str], marks: dict[int, int]) -> None:
    for glyph, record in zip(coverage.glyphs, records, strict=True):
        for mark_class, height in marks.items():
            if glyph in chosen and (place := getattr(record, anchors)[mark_class]):
                place.YCoordinate = height


if __name__ == "__main__":
    main()
