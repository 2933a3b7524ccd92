"""The locks hold exact versions with hashes, and no address to download from."""

import json
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = ["requirements.lock", "requirements-dev.lock"]
NAME = re.compile(r"[A-Za-z0-9._-]+")


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def entries(lock: str) -> list[str]:
    text = (ROOT / lock).read_text(encoding="utf-8").replace("\\\n", " ")
    return [line for line in text.splitlines() if line and not line.startswith(" ")]


def locked(lock: str) -> dict[str, str]:
    return {normal(entry.split("==")[0]): entry.split("==")[1].split()[0] for entry in entries(lock)}


def asked(*groups: str) -> set[str]:
    named = [line for group in groups for line in PROJECT["dependency-groups"][group] if isinstance(line, str)]
    found = (NAME.match(line) for line in [*PROJECT["project"]["dependencies"], *named])
    return {normal(match.group()) for match in found if match}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_is_exact_and_hashed(lock: str) -> None:
    loose = [entry[:60] for entry in entries(lock) if not re.match(r"\S+==\S+ .*--hash=sha256:", entry)]

    assert not loose


@pytest.mark.parametrize(("lock", "groups"), [(LOCKS[0], ["build"]), (LOCKS[1], ["build", "dev"])])
def test_every_dependency_is_locked(lock: str, groups: list[str]) -> None:
    missing = asked(*groups) - locked(lock).keys()

    assert not missing, "run `make lock`"


def test_both_locks_agree_on_versions() -> None:
    run, dev = (locked(lock) for lock in LOCKS)

    assert {name: version for name, version in run.items() if dev.get(name) != version} == {}


@pytest.mark.parametrize("lock", LOCKS)
def test_python_locks_name_no_address(lock: str) -> None:
    assert not re.search(r"https?:|file:|--index-url|--find-links", (ROOT / lock).read_text(encoding="utf-8"))


def test_front_end_lock_names_no_address() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]

    with_address = [name for name, package in packages.items() if "resolved" in package]
    unhashed = [name for name, package in packages.items() if name and "integrity" not in package]

    assert (with_address, unhashed) == ([], [])


def test_every_dependency_has_its_reason() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    lists = text[text.index("dependencies = [") : text.index("[project.scripts]")]

    listed = [line for line in lists.splitlines() if line.startswith('    "')]

    assert listed
    assert [line for line in listed if not re.search(r'",  +# \w', line)] == []
