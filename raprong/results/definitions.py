"""What an agency sets about monthly figures, read once from definitions/results."""

from functools import cache
from pathlib import Path

from django.conf import settings

from raprong.lib.figure_questions.settings import FIGURE_QUESTIONS, FigureRules, read_figure_rules
from raprong.lib.rhythms import RHYTHMS, Rhythms, read_rhythms


@cache
def figure_rules() -> FigureRules:
    """The rules by which figures are asked about."""
    return read_figure_rules(_last_of(FIGURE_QUESTIONS))


@cache
def rhythms() -> Rhythms:
    """The rhythms that figures can be read in."""
    return read_rhythms(_last_of(RHYTHMS))


def _last_of(house: Path) -> Path:
    """The file of this name in the last definition folder that has one: an agency's own come after the house's."""
    files = [Path(folder) / house.parent.name / house.name for folder in settings.DEFINITION_DIRS]
    return [file for file in files if file.exists()][-1]
