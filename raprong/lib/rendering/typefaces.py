"""An agency's own typefaces: folders of fonts, each with its family, and its size against TH Sarabun measured.

Official sizes are points of TH Sarabun. Fonts fill their size differently, so a scale is measured from the letters
themselves: the mean height of some consonants, against that of the open Sarabun, whose scale is known.
"""

from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

from PIL import ImageFont

from raprong.lib.rendering.style import SARABUN, PrintStyle

MEASURED = "กขคงจดตนบพมรลวสอ"
AT_SIZE = 1_000
LOOKED_AT_SIZE = 24  # enough to tell one drawing from another
_NO_LETTER = "\U0010fffd"  # of private use: no font draws it
FONT_FILES = ("*.ttf", "*.otf")


def typefaces_in(folder: Path) -> dict[str, PrintStyle]:
    """The typefaces of a folder by the name of their own folder; those without a readable Thai font are left out."""
    if not folder.is_dir():
        return {}
    found = ((each.name, _style_of(each)) for each in sorted(folder.iterdir()) if each.is_dir())
    return {name: style for name, style in found if style is not None}


def letters_missing(style: PrintStyle, text: str) -> list[str]:
    """The letters of a text that a typeface has no drawing for, each once. Spaces and line ends need none."""
    wanted = dict.fromkeys(letter for letter in text if not letter.isspace() and letter not in "\u200b\u2060")
    return [letter for letter in wanted if not _is_drawn(style.folders[0], letter)]


@lru_cache(maxsize=10_000)
def _is_drawn(folder: Path, letter: str) -> bool:
    font = _regular_of(folder)
    return font is None or _has(font.font_variant(size=LOOKED_AT_SIZE), letter)


@cache
def _style_of(folder: Path) -> PrintStyle | None:
    regular = _regular_of(folder)
    if regular is None or not (height := _height(regular)):
        return None
    family = regular.getname()[0]
    return PrintStyle(family=str(family), folders=(folder,), scale=round(SARABUN.scale * _sarabun_height() / height, 4))


def _fonts(folder: Path) -> Iterator[ImageFont.FreeTypeFont]:
    """Readable fonts of a folder, the regular one first."""
    for path in sorted(
        (path for pattern in FONT_FILES for path in folder.glob(pattern)),
        key=lambda path: ("regular" not in path.stem.lower(), "bold" in path.stem.lower(), len(path.stem)),
    ):
        try:
            yield ImageFont.truetype(str(path), AT_SIZE)
        except OSError:
            continue


@cache
def _regular_of(folder: Path) -> ImageFont.FreeTypeFont | None:
    return next(_fonts(folder), None)


@cache
def _sarabun_height() -> float:
    return _height(next(_fonts(SARABUN.folders[0])))


def _has(font: ImageFont.FreeTypeFont, letter: str) -> bool:
    """Whether a font draws a letter otherwise than one that it does not have."""
    return bytes(font.getmask(letter)) != bytes(font.getmask(_NO_LETTER))


def _height(font: ImageFont.FreeTypeFont) -> float:
    """The mean height of the letters above the line; nought where the font has no Thai letters."""
    if not all(_has(font, letter) for letter in MEASURED):
        return 0
    return sum(-font.getbbox(letter, anchor="ls")[1] for letter in MEASURED) / len(MEASURED)
