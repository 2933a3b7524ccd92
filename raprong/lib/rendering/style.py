"""The typeface and emblem a paper is printed with."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class PrintStyle:
    """A font family with the folders it is found in, its size against TH Sarabun, and the emblem's drawing.

    The rules name sizes in points of TH Sarabun: 16 for the body, 20 for labels, 29 for titles. Other families are
    drawn larger or smaller, so every size is multiplied by `scale`. `garuda_svg` is the text of an SVG drawing; when
    it is empty a marked frame of the ruled size is printed in its place.
    """

    family: str
    folders: tuple[Path, ...]
    scale: float = 1.0
    garuda_svg: str = ""


# The open Sarabun is drawn larger: 16 pt of TH Sarabun is 10.9 pt of it, 20 is 13.7 and 29 is 19.8. Ours has its tone
# marks at one height (scripts/level_tone_marks.py), so that words copied out of a paper are the words that stand in it.
SARABUN = PrintStyle(family="Sarabun", folders=(Path(__file__).parent / "fonts",), scale=0.6825)
