"""The rules in force, read once from definitions/quality."""

from functools import cache
from pathlib import Path

from django.conf import settings

from raprong.lib.kpi_quality.settings import QUALITY, QualityRules, read_quality_rules


@cache
def quality_rules() -> QualityRules:
    """The rules of the last definition folder that has some: an agency's own come after the house's."""
    files = [Path(folder) / QUALITY.parent.name / QUALITY.name for folder in settings.DEFINITION_DIRS]
    return read_quality_rules([file for file in files if file.exists()][-1])
