"""What an agency sets about evidence, read once from definitions/evidence."""

from functools import cache
from pathlib import Path

from django.conf import settings

from raprong.lib.evidence.numbering import EVIDENCE_NUMBERING, Numbering, read_numbering
from raprong.lib.evidence.types import EVIDENCE_TYPES, EvidenceTypes, read_evidence_types


@cache
def evidence_types() -> EvidenceTypes:
    """The types to choose from."""
    return read_evidence_types(_last_of(EVIDENCE_TYPES))


@cache
def numbering() -> Numbering:
    """How evidence is numbered."""
    return read_numbering(_last_of(EVIDENCE_NUMBERING))


def _last_of(house: Path) -> Path:
    """The file of this name in the last definition folder that has one: an agency's own come after the house's."""
    files = [Path(folder) / house.parent.name / house.name for folder in settings.DEFINITION_DIRS]
    return [file for file in files if file.exists()][-1]
