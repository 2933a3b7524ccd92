"""Settle the sample organisation of definitions/demonstration/organisation.yaml into the database."""

from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.contrib.auth.hashers import make_password
from django.db import transaction

import raprong
from raprong.access.models import RoleGrant
from raprong.organisation.enums import UnitKind
from raprong.organisation.models import Agency, Appointment, Person, Position, Unit, User

STARTS_ON = date(2020, 1, 1)
SOURCE = Path(raprong.__file__).parent / "definitions" / "demonstration" / "organisation.yaml"


@dataclass
class SampleAgency:
    """One agency of the sample, with its units by code, its people by username, and who its SOP's parties are."""

    agency: Agency
    sop: str
    units: dict[str, Unit] = field(default_factory=dict)
    positions: dict[str, Position] = field(default_factory=dict)  # "mip-plan/head"
    people: dict[str, Person] = field(default_factory=dict)
    bindings: dict[str, Unit] = field(default_factory=dict)

    @property
    def office(self) -> Unit:
        """The unit that runs the year: the one with groups."""
        return next(unit.parent for unit in self.units.values() if unit.parent)


@transaction.atomic
def settle(*, password: str) -> dict[str, SampleAgency]:
    """Create both sample agencies; every account gets the same password. Answers them by code."""
    hashed = make_password(password)
    return {row["code"]: _settle_agency(row, hashed) for row in _rows()}


@transaction.atomic
def settle_alike(count: int, *, password: str) -> list[SampleAgency]:
    """So many agencies like the first of the sample, for a bench; user names end in their number, `planner-7`."""
    row, hashed = _rows()[0], make_password(password)
    return [_settle_agency(_numbered(row, number), hashed) for number in range(1, count + 1)]


def _numbered(row: dict[str, Any], number: int) -> dict[str, Any]:
    people = [person | {"username": f"{person['username']}-{number}"} for person in row["people"]]
    return row | {"code": f"{row['code']}-{number}", "people": people}


def sample_codes() -> set[str]:
    """The codes of the sample's agencies."""
    return {row["code"] for row in _rows()}


@cache
def _rows() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = yaml.safe_load(SOURCE.read_text("utf-8"))["agencies"]
    return rows


def _settle_agency(row: dict[str, Any], hashed_password: str) -> SampleAgency:
    names = {key: row[key] for key in ("code", "name", "name_en", "ministry")}
    sample = SampleAgency(Agency.objects.create(**names), row["sop"])
    for number, unit_row in enumerate(row["units"], start=1):
        office = _settle_unit(sample, unit_row, UnitKind.OFFICE, None, number)
        for group_number, group_row in enumerate(unit_row.get("groups", []), start=1):
            _settle_unit(sample, group_row, UnitKind.GROUP, office, group_number)
    for person_row in row["people"]:
        _settle_person(sample, person_row, hashed_password)
    sample.bindings = {party: sample.units[code] for party, code in row["bindings"].items()}
    return sample


def _settle_unit(sample: SampleAgency, row: dict[str, Any], kind: UnitKind, parent: Unit | None, order: int) -> Unit:
    texts = {key: row.get(key, "") for key in ("code", "name", "short_name", "name_en", "letter_code", "address")}
    unit = Unit.objects.create(agency=sample.agency, kind=kind, parent=parent, order=order, **texts)
    sample.units[unit.code] = unit
    for position_row in row["positions"]:
        rest = {key: value for key, value in position_row.items() if key != "code"}
        sample.positions[f"{unit.code}/{position_row['code']}"] = Position.objects.create(unit=unit, **rest)
    return unit


def _settle_person(sample: SampleAgency, row: dict[str, Any], hashed_password: str) -> None:
    username = row["username"]
    user = User.objects.create(username=username, password=hashed_password, email=f"{username}@office.example")
    person = Person.objects.create(user=user, agency=sample.agency, name=row["name"])
    sample.people[username] = person
    if post := row.get("post"):
        Appointment.objects.create(person=person, position=sample.positions[post], starts_on=STARTS_ON)
    for role_and_place in row["roles"]:
        role, _, code = role_and_place.partition("@")
        unit = sample.units[code] if code else None
        RoleGrant.objects.create(person=person, role=role, agency=sample.agency, unit=unit, starts_on=STARTS_ON)
