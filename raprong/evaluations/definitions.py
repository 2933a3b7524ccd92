"""What an agency sets about assessing, read once from definitions/assessing."""

from functools import cache
from pathlib import Path

from django.conf import settings

from raprong.lib.reading_order.settings import READING_ORDER, ReadingOrder, read_reading_order


@cache
def reading_order() -> ReadingOrder:
    """The rules of the last definition folder that has some: an agency's own come after the house's."""
    files = [Path(folder) / READING_ORDER.parent.name / READING_ORDER.name for folder in settings.DEFINITION_DIRS]
    return read_reading_order([file for file in files if file.exists()][-1])
