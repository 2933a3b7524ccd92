"""Stages: what many tests begin with is built once, and every test finds it as it was.

A fixture marked `@staged` is built inside a transaction that stays open for as long as the following tests ask for it
too. Each test works on a copy of what the fixture answered, inside a savepoint that is rolled back after it. Stages
stand on one another: a year on its agencies, a report on its year. When the next test asks for other ones, those that
it does not share are rolled back. A test that commits (a live server, `transaction=True`) finds no stage, and its
fixtures are built as any fixture is.

A staged fixture may need `db`, staged fixtures, and plain ones that only choose something from them. What a test
patches is not there yet when it is built. Copies are made by packing: what it answers can be pickled.
"""

import inspect
import pickle
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.utils import translation
from pytest_django import DjangoDbBlocker

Build = Callable[..., Any]


@dataclass
class Stage:
    """One staged fixture that stands: what it answered, and the transaction that holds its rows."""

    build: Build
    answer: Any
    held: transaction.Atomic


def _packed(standing: list[Stage]) -> bytes:
    """All answers, packed together so that what they share stays shared in every copy."""
    return pickle.dumps([stage.answer for stage in standing], pickle.HIGHEST_PROTOCOL)


@dataclass
class Stages:
    """The stages that stand in this process, the lowest first, and the copies of the test that runs."""

    standing: list[Stage] = field(default_factory=list)
    packed: bytes = field(default_factory=lambda: _packed([]))  # the answers, unpacked for every test
    copies: dict[Build, Any] = field(default_factory=dict)
    ready: bool = False

    def set_for(self, item: pytest.Item) -> None:
        """Let stand just what a test asks for."""
        asked = [] if _commits(item) else list(_asked_by(item))
        kept = 0
        while kept < min(len(asked), len(self.standing)) and self.standing[kept].build is asked[kept]:
            kept += 1
        while len(self.standing) > kept:
            self._strike()
        for build in asked[kept:]:
            self._put_up(build, item)
        self.copies = self._unpacked()

    def strike_all(self) -> None:
        while self.standing:
            self._strike()

    def _put_up(self, build: Build, item: pytest.Item) -> None:
        found = self._unpacked()
        held = transaction.atomic()
        held.__enter__()
        try:
            with translation.override(settings.LANGUAGE_CODE):
                answer = build(**{name: _value_of(item, name, found) for name in _needs(build)})
        except BaseException:
            transaction.set_rollback(True)
            held.__exit__(None, None, None)
            raise
        self.standing.append(Stage(build, answer, held))
        self.packed = _packed(self.standing)

    def _strike(self) -> None:
        stage = self.standing.pop()
        self.packed = _packed(self.standing)
        transaction.set_rollback(True)
        stage.held.__exit__(None, None, None)

    def _unpacked(self) -> dict[Build, Any]:
        return {stage.build: answer for stage, answer in zip(self.standing, pickle.loads(self.packed), strict=True)}


STAGES = Stages()


def staged(build: Build) -> Any:
    """Mark a fixture as one whose rows are built once for a row of tests."""

    @wraps(build)
    def found(**needed: Any) -> Any:
        return STAGES.copies[build] if build in STAGES.copies else build(**needed)

    found.staged_build = build  # type: ignore[attr-defined]
    return pytest.fixture(found)


def stage_of(item: pytest.Item, blocker: DjangoDbBlocker) -> None:
    """Set the stage for a test, once there is a database."""
    if STAGES.ready:
        with blocker.unblock():
            STAGES.set_for(item)


def _asked_by(item: pytest.Item) -> Iterator[Build]:
    """The staged fixtures that a test asks for, each after those that it needs."""
    visited: set[str] = set()

    def visit(name: str) -> Iterator[Build]:
        function = _function(item, name)
        if name in visited or function is None:
            return
        visited.add(name)
        for need in _needs(function):
            yield from visit(need)
        if build := getattr(function, "staged_build", None):
            yield build

    for name in getattr(item, "fixturenames", ()):
        yield from visit(name)


def _value_of(item: pytest.Item, name: str, found: dict[Build, Any]) -> Any:
    """What a need of a staged fixture is: a copy of its answer, or what a plain fixture chooses from such copies."""
    if name == "db":
        return None
    function = _function(item, name)
    assert function is not None, f"{name} is no fixture"
    if build := getattr(function, "staged_build", None):
        return found[build]
    return function(**{need: _value_of(item, need, found) for need in _needs(function)})


def _function(item: pytest.Item, name: str) -> Build | None:
    definitions = item._fixtureinfo.name2fixturedefs.get(name)  # type: ignore[attr-defined]
    return definitions[-1].func if definitions and name != "db" else None


def _needs(build: Build) -> list[str]:
    return list(inspect.signature(build).parameters)


def _commits(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    asked = set(getattr(item, "fixturenames", ()))
    return bool(marker and marker.kwargs.get("transaction")) or bool(asked & {"transactional_db", "live_server"})
