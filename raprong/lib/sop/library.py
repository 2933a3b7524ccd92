"""Reading SOPs: one file with all its faults at once, or every SOP of the definition folders."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from raprong.lib.definition_file import DefinitionFault, DefinitionFaults, read_definition
from raprong.lib.sop.shape import SopDefinition

Place = Sequence[int | str]
Fault = tuple[Place, str]


def read_sop(path: Path) -> SopDefinition:
    """Read one SOP. A file that does not fit raises DefinitionFaults: each fault with its line and what to do."""
    return read_definition(path, SopDefinition, rules=(codes_repeated, parties_unknown, steps_out_of_order))


def read_library(folders: Sequence[Path]) -> tuple[SopDefinition, ...]:
    """Read every SOP under the folders' `sop/`, by code. The same code in two files is refused."""
    paths = [path for folder in folders for path in sorted((folder / "sop").glob("**/*.yaml"))]
    found: dict[str, Path] = {}
    definitions = []
    for path in paths:
        definition = read_sop(path)
        if definition.code in found:
            first = found[definition.code].name
            sentence = f"The code {definition.code} stands in {first} already. Give this SOP a code of its own."
            raise DefinitionFaults(path.name, [DefinitionFault(1, "code", sentence)])
        found[definition.code] = path
        definitions.append(definition)
    return tuple(sorted(definitions, key=lambda definition: definition.code))


def codes_repeated(data: Any) -> Iterator[Fault]:
    """Codes of parties, of steps, and of the control points of one step name one thing each."""
    for name in ("parties", "steps"):
        yield from _repeated(_rows(data, name), (name,))
    for number, step in enumerate(_rows(data, "steps")):
        yield from _repeated(_rows(step, "control_points"), ("steps", number, "control_points"))


def parties_unknown(data: Any) -> Iterator[Fault]:
    """Whoever does, checks, makes or receives something is one of the parties."""
    known = {party.get("code") for party in _rows(data, "parties")}
    for number, step in enumerate(_rows(data, "steps")):
        named: list[tuple[Place, Any]] = [(("steps", number, "checked_by"), step.get("checked_by"))]
        named += [(("steps", number, "done_by", place), code) for place, code in enumerate(_list(step, "done_by"))]
        yield from _unknown(named, known)
    sides = data.get("agreement") if isinstance(data, dict) else None
    if isinstance(sides, dict):
        yield from _unknown([(("agreement", side), sides.get(side)) for side in ("receiver", "maker")], known)


def steps_out_of_order(data: Any) -> Iterator[Fault]:
    """Steps stand in the order of their numbers, from 1, without a gap."""
    for expected, step in enumerate(_rows(data, "steps"), start=1):
        if step.get("number") != expected:
            place = ("steps", expected - 1, "number")
            yield place, f"This step stands in place {expected}. Number it {expected}, or move it."


def _unknown(named: Sequence[tuple[Place, Any]], known: set[Any]) -> Iterator[Fault]:
    for place, code in named:
        if code is not None and code not in known:
            yield place, f"There is no party {code!r}. Add it to the parties, or use one of: {_listed(known)}."


def _repeated(rows: list[dict[str, Any]], place: tuple[int | str, ...]) -> Iterator[Fault]:
    counted = Counter(row.get("code") for row in rows)
    for number, row in enumerate(rows):
        code = row.get("code")
        if code is not None and counted[code] > 1:
            yield (*place, number, "code"), f"The code {code!r} is used {counted[code]} times. Give each its own."


def _rows(data: Any, name: str) -> list[dict[str, Any]]:
    return [row for row in _list(data, name) if isinstance(row, dict)]


def _list(data: Any, name: str) -> list[Any]:
    found = data.get(name) if isinstance(data, dict) else None
    return found if isinstance(found, list) else []


def _listed(codes: set[Any]) -> str:
    return ", ".join(sorted(str(code) for code in codes))
