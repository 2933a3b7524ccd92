"""Who is asked to sign a letter: as definitions/letters.yaml says for its kind, or whoever its drafter asks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

from django.conf import settings

from raprong.access.queries import people_with_role
from raprong.access.roles import roles_that_hold
from raprong.circulation.enums import LetterKind
from raprong.circulation.models import headed_by
from raprong.circulation.queries import signer_of, signs_for
from raprong.lib.definition_file import read_definition
from raprong.organisation.models import Agency, Person, Unit

FILE = "letters.yaml"
HEAD = "head"

RoleOf = Mapping[LetterKind, str]


@dataclass(frozen=True)
class Signers:
    otherwise: RoleOf
    agencies: Mapping[str, RoleOf] = field(default_factory=dict)


@dataclass(frozen=True)
class LetterRules:
    signers: Signers


def role_that_signs(kind: LetterKind, agency: Agency) -> str:
    """The code of the role that is asked to sign letters of a kind in an agency; `head` for the head of the unit."""
    signers = letter_rules().signers
    return signers.agencies.get(agency.code, {}).get(kind) or signers.otherwise.get(kind, HEAD)


def appointed_signer(unit: Unit, kind: LetterKind, *, on: date) -> Person | None:
    """Who is asked for a new letter: of those with the role, whoever heads a unit first; None for the unit's head."""
    role = role_that_signs(kind, unit.agency)
    if role == HEAD:
        return None
    holders = [person for person in people_with_role(role, unit, on=on) if signs_for(person, unit, on=on)]
    return min(holders, key=lambda person: not headed_by(person, on=on).exists(), default=None)


def possible_signers(unit: Unit, *, on: date) -> list[Person]:
    """Everybody who may sign letters of a unit: whoever is expected to, then those whose role lets them."""
    expected = signer_of(unit, on=on)
    holders = [person for role in roles_that_hold("circulation.sign") for person in people_with_role(role, unit, on=on)]
    found = {person.pk: person for person in [expected, *holders] if person and signs_for(person, unit, on=on)}
    return list(found.values())


@cache
def letter_rules() -> LetterRules:
    """The rules of the last definition folder that has some: an agency's own come after the house's."""
    files = [Path(folder) / FILE for folder in settings.DEFINITION_DIRS]
    return read_definition([file for file in files if file.exists()][-1], LetterRules)
