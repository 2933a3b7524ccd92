"""Names from an SOP in the language of the page, where the SOP gives both."""

from django.utils.translation import get_language

from raprong.lib.sop.shape import ControlPoint, Party, Step


def title_of(named: Step | Party) -> str:
    """A step's or a party's name as the reader reads it."""
    return named.title if _in_thai() else named.title_en


def text_of(point: ControlPoint) -> str:
    """A control point as the reader reads it; in Thai where the SOP says it in no other language."""
    return point.text if _in_thai() else point.text_en or point.text


def _in_thai() -> bool:
    return (get_language() or "th").startswith("th")
