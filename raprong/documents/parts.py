"""Pieces that several papers share."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Signatory:
    """Who signs. `post` and `acting` may hold several lines; `signed` is empty until the person has signed.

    `act` says what was done on screen at that moment: signed with the identity proven again, or else only reported.

    `acting` is the wording under the post when somebody signs in another's place, such as รักษาราชการแทน with its post.
    """

    name: str
    post: str
    acting: str = ""
    signed: datetime | None = None
    act: str = "ลงนามทางอิเล็กทรอนิกส์เมื่อ"


@dataclass(frozen=True)
class Levels:
    """What each of the five levels asks for, lowest first. An empty text is a level the criteria leave open."""

    one: str = ""
    two: str = ""
    three: str = ""
    four: str = ""
    five: str = ""


@dataclass(frozen=True)
class Figure:
    """A labelled figure in the middle of a letter, such as a score and what it is out of."""

    label: str
    value: str
