"""A place on a paper, as the typesetter says where it lies."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """A rectangle on a page, in points from the page's top left corner; pages count from 1."""

    page: int
    left: float
    top: float
    width: float
    height: float
