"""Names from an SOP in the language of the page, where the SOP gives both."""

from django.utils.translation import get_language

from raprong.lib.sop.shape import Party, Step


def title_of(named: Step | Party) -> str:
    """A step's or a party's name as the reader reads it."""
    return named.title if (get_language() or "th").startswith("th") else named.title_en
