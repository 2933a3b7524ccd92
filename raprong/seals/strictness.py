"""How strictly a person's own certificate is looked at, as definitions/signing.yaml says for each agency."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path

from django.conf import settings

from raprong.lib.definition_file import read_definition
from raprong.organisation.models import Agency

FILE = "signing.yaml"


class Strictness(StrEnum):
    """What is made of a certificate that leads to no trusted authority."""

    TOLD = "told"
    REQUIRED = "required"


@dataclass(frozen=True)
class ForPeople:
    otherwise: Strictness
    agencies: Mapping[str, Strictness] = field(default_factory=dict)


@dataclass(frozen=True)
class SigningRules:
    people: ForPeople


def strictness_in(agency: Agency) -> Strictness:
    """What counts for the people of an agency."""
    people = _rules().people
    return people.agencies.get(agency.code, people.otherwise)


@cache
def _rules() -> SigningRules:
    files = [Path(folder) / FILE for folder in settings.DEFINITION_DIRS]
    return read_definition([file for file in files if file.exists()][-1], SigningRules)
