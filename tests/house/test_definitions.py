"""Every definition reads, names only what there is, and nothing of an agency stands in Python."""

import re
from pathlib import Path

import pytest
import yaml

from raprong.access.roles import all_roles
from raprong.lib.sop.library import read_library
from raprong.lib.sop.lint import Severity, lint
from raprong.lib.sop.shape import SopDefinition
from raprong.processes.cards import all_cards
from tests.house.source import PACKAGE, ROOT, modules, texts

DEFINITIONS = PACKAGE / "definitions"
SOPS = {sop.code: sop for sop in read_library([DEFINITIONS])}
# Short Latin codes such as `hss` would be found inside other words.
FEWEST_LETTERS = 5


def organisation() -> list[dict[str, object]]:
    path = DEFINITIONS / "demonstration" / "organisation.yaml"
    rows: list[dict[str, object]] = yaml.safe_load(path.read_text(encoding="utf-8"))["agencies"]
    return rows


def names_of_bodies() -> set[str]:
    """Names of agencies, offices and groups in any definition, in either language, and SOPs' own codes."""
    names = {name for sop in SOPS.values() for name in (*sop.agency.model_dump().values(), *bodies_of(sop))}
    for agency in organisation():
        names |= {str(agency["name"]), str(agency["name_en"])}
        units = agency["units"]
        assert isinstance(units, list)
        names |= {str(unit[key]) for unit in units for key in ("name", "name_en", "short_name") if unit.get(key)}
    return {name for name in names if len(name) >= FEWEST_LETTERS}


def bodies_of(sop: SopDefinition) -> list[str]:
    names = [*sop.office.model_dump().values(), sop.code]
    return [*names, sop.document.number] if sop.document.number else names


@pytest.mark.parametrize("code", SOPS)
def test_sop_has_nothing_the_system_cannot_run(code: str) -> None:
    found = lint(SOPS[code], cards=all_cards().keys(), roles=all_roles().keys())

    assert [finding.sentence for finding in found if finding.severity is Severity.ERROR] == []


@pytest.mark.parametrize("code", SOPS)
def test_sop_tells_where_each_part_stands_in_its_source(code: str) -> None:
    sop = SOPS[code]

    parts = [*sop.sections, *sop.parties, *sop.steps, *sop.storage, *sop.readers, *sop.laws, *sop.standards, *sop.forms]
    points = [point for step in sop.steps for point in step.control_points]

    assert all(part.source.strip() for part in [*parts, *points])


def test_every_file_of_the_library_is_yaml_that_reads() -> None:
    paths = [path for path in DEFINITIONS.rglob("*") if path.is_file()]

    assert {path.suffix for path in paths} == {".yaml"}
    assert all(yaml.safe_load(path.read_text(encoding="utf-8")) for path in paths)


def test_no_body_is_named_in_python() -> None:
    bodies = re.compile("|".join(re.escape(name) for name in sorted(names_of_bodies())))

    found = {
        str(path.relative_to(ROOT)): match.group()
        for path in modules()
        if (match := bodies.search(path.read_text(encoding="utf-8")))
    }

    assert names_of_bodies()
    assert found == {}


def test_no_step_of_an_sop_is_named_in_a_room() -> None:
    """Addresses of the web door may read alike; a room that knew a step by its code would fit one SOP alone."""
    steps = {step.code for sop in SOPS.values() for step in sop.steps if "-" in step.code}

    assert steps & texts(doors=False) == set()


def test_no_role_is_named_in_python() -> None:
    assert all_roles().keys() & texts() == set()


def test_no_definition_names_a_person() -> None:
    """Posts only: nobody in an SOP has a title of a person before a name."""
    title = re.compile(r"(นาย|นางสาว|นาง|น\.ส\.)\s?[ก-ฮเ-ไ][^\s,]{1,}\s+[ก-ฮเ-ไ]")

    found = {
        path.name: match.group()
        for path in (DEFINITIONS / "sop").rglob("*.yaml")
        if (match := title.search(Path(path).read_text(encoding="utf-8")))
    }

    assert found == {}
