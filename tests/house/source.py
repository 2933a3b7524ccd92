"""The house's own Python, read as trees: what the tests that walk it have in common."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "raprong"
DOORS = {"web", "cli"}


@cache
def modules() -> dict[Path, ast.Module]:
    """Every module of the package but generated migrations."""
    paths = (path for path in sorted(PACKAGE.rglob("*.py")) if "migrations" not in path.parts)
    return {path: ast.parse(path.read_text(encoding="utf-8"), str(path)) for path in paths}


def calls(*names: str) -> Iterator[tuple[str, ast.Call]]:
    """Every call of a function by one of these names, with where it stands."""
    for path, tree in modules().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and name_of(node.func) in names:
                yield f"{path.relative_to(ROOT)}:{node.lineno}", node


def name_of(function: ast.expr) -> str:
    return getattr(function, "id", getattr(function, "attr", ""))


def texts(*, besides: str = "", doors: bool = True) -> set[str]:
    """Every string written in the package, but in files of one name; without those of the doors, if so asked."""
    return {
        node.value
        for path, tree in modules().items()
        for node in ast.walk(tree)
        if path.name != besides
        and (doors or path.relative_to(PACKAGE).parts[0] not in DOORS)
        and isinstance(node, ast.Constant)
        and isinstance(node.value, str)
    }


def patterns(*, besides: str = "") -> list[re.Pattern[str]]:
    """Every f-string written in the package, as a pattern of what it may become."""
    return [
        re.compile("".join(part_of(part) for part in node.values))
        for path, tree in modules().items()
        for node in ast.walk(tree)
        if path.name != besides and isinstance(node, ast.JoinedStr) and any(map(is_text, node.values))
    ]


def part_of(part: ast.expr) -> str:
    return re.escape(part.value) if isinstance(part, ast.Constant) and isinstance(part.value, str) else r"\w+"


def is_text(part: ast.expr) -> bool:
    return isinstance(part, ast.Constant)


def written_first(call: ast.Call, place: int = 0) -> str | None:
    """The string a call is given at a place, where it is written out there."""
    argument = call.args[place] if len(call.args) > place else None
    return argument.value if isinstance(argument, ast.Constant) and isinstance(argument.value, str) else None
