"""No foreign key climbs the stairs, and every table of moves is whole."""

import tomllib
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parents[2]


def storeys() -> dict[str, int]:
    """How high each room stands, from the import contract."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = project["tool"]["importlinter"]["contracts"][0]["layers"]
    return {room.strip(" ()"): -depth for depth, layer in enumerate(layers) for room in layer.split("|")}


def room_of(model: type[Any]) -> str | None:
    package, _, rest = model.__module__.partition(".")
    return rest.split(".")[0] if package == "raprong" else None


def keys_between_rooms() -> list[tuple[str, str, str]]:
    return [
        (str(field), here, there)
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.concrete and field.related_model
        if (here := room_of(model)) and (there := room_of(field.related_model))
    ]


def workflows() -> list[str]:
    paths = (ROOT / "raprong").rglob("workflow.py")
    return sorted(".".join(path.relative_to(ROOT).with_suffix("").parts) for path in paths)


def test_no_foreign_key_climbs_the_stairs() -> None:
    height = storeys()

    climbing = [field for field, here, there in keys_between_rooms() if height[there] > height[here]]

    assert climbing == []


@pytest.mark.parametrize("workflow", workflows())
def test_every_move_has_its_row(workflow: str) -> None:
    moves = import_module(workflow).MOVES
    (move_type,) = {type(move) for move in moves}

    assert set(moves) == set(move_type)


@pytest.mark.parametrize("workflow", workflows())
def test_every_state_is_reached_or_first(workflow: str) -> None:
    moves = import_module(workflow).MOVES
    states = type(next(to for _, to in moves.values()))

    reached = {to for _, to in moves.values()}

    assert len(set(states) - reached) <= 1


@pytest.mark.parametrize("workflow", workflows())
def test_every_state_and_move_has_words(workflow: str) -> None:
    moves = import_module(workflow).MOVES
    codes = [*type(next(iter(moves))), *type(next(to for _, to in moves.values()))]

    assert [code for code in codes if not str(code.label).strip()] == []


@pytest.mark.parametrize("workflow", workflows())
def test_no_move_leads_back_to_where_it_began(workflow: str) -> None:
    moves = import_module(workflow).MOVES

    assert [move for move, (froms, to) in moves.items() if to in froms or not froms] == []
