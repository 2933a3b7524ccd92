"""docs/glossary.md speaks of what there is, and of every noun that the database keeps."""

import re
from functools import cache

import pytest
import yaml
from django.apps import apps

from tests.house.source import PACKAGE, ROOT, modules

TEXT = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
ROWS = [line.split("|")[1:-1] for line in TEXT.splitlines() if line.startswith("|") and not line.startswith("|---")]
TERMS = [row for row in ROWS if len(row) == 3 and row[1].strip() != "in code"]
# Means of the house, and not nouns of the office.
NOT_OF_THE_OFFICE = {"DemonstrationClock"}


def names_in(text: str) -> set[str]:
    return {name for name in re.findall(r"`([^`]+)`", text) if re.fullmatch(r"\w+", name)}


@cache
def words_of_the_house() -> set[str]:
    """Every word in our Python, and every code in the library."""
    python = {word for path in modules() for word in re.findall(r"\w+", path.read_text(encoding="utf-8"))}
    files = (PACKAGE / "definitions").rglob("*.yaml")
    return python | {word for path in files for word in codes(yaml.safe_load(path.read_text(encoding="utf-8")))}


def codes(data: object) -> set[str]:
    if isinstance(data, dict):
        own = {str(data["code"])} if "code" in data else set()
        return own.union(*(codes(value) for value in data.values()))
    if isinstance(data, list):
        return set().union(*(codes(value) for value in data))
    return set()


@pytest.mark.parametrize("thai, code, source", TERMS, ids=[row[0].strip() for row in TERMS])
def test_every_name_in_the_glossary_exists(thai: str, code: str, source: str) -> None:
    names = {name.removesuffix("s") if name not in words_of_the_house() else name for name in names_in(code)}

    assert names
    assert names <= words_of_the_house()


def test_every_source_has_its_mark() -> None:
    marks = {row[0].strip() for row in ROWS if len(row) == 2}

    assert {mark.strip() for *_, source in TERMS for mark in source.split(",")} <= marks


def test_every_noun_of_the_database_is_in_the_glossary() -> None:
    nouns = {model.__name__ for model in apps.get_models() if model.__module__.startswith("raprong.")}

    assert nouns - names_in(TEXT) - NOT_OF_THE_OFFICE == set()


def test_no_term_stands_twice() -> None:
    thai = [row[0].strip() for row in TERMS]

    assert sorted({term for term in thai if thai.count(term) > 1}) == []
