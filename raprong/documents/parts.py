"""Pieces that several papers share."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

FIVE = ("1", "2", "3", "4", "5")


@dataclass(frozen=True)
class Signatory:
    """Who signs. `post` and `acting` may hold several lines; `signed` is empty until the person has signed.

    `act` says what was done on screen at that moment: signed with the identity proven again, or else only reported.

    `digital` keeps a free place instead of dotted lines, for the mark of a signature made with a certificate.

    `acting` is the wording under the post when somebody signs in another's place, such as รักษาราชการแทน with its post.
    """

    name: str
    post: str
    acting: str = ""
    signed: datetime | None = None
    act: str = "ลงนามทางอิเล็กทรอนิกส์เมื่อ"
    digital: bool = False


@dataclass(frozen=True)
class Levels:
    """What each level asks for, lowest first. An empty text is a level the criteria leave open.

    ``scores`` name the levels where the scale is not 1 to 5, such as 50, 75 and 100: then as many texts are printed,
    those after the fifth from ``more``. ``note`` says what holds for all of them, such as the plan.
    """

    one: str = ""
    two: str = ""
    three: str = ""
    four: str = ""
    five: str = ""
    more: tuple[str, ...] = ()
    scores: tuple[str, ...] = ()
    note: str = ""


def levels_from(asked: Sequence[tuple[str, str]], *, note: str = "") -> Levels:
    """Levels from pairs of a score and what it asks for, the lowest first."""
    scores, texts = tuple(score for score, _text in asked), [text for _score, text in asked]
    one, two, three, four, five = [*texts, "", "", "", "", ""][:5]
    more = tuple(texts[5:])
    return Levels(one, two, three, four, five, more, () if scores == FIVE else scores, note)


@dataclass(frozen=True)
class Figure:
    """A labelled figure in the middle of a letter, such as a score and what it is out of."""

    label: str
    value: str
