"""Drawings of the house from its code: `draw.py write|check`.

docs/drawings/states.md shows every room's moves, docs/drawings/imports.md who imports whom. `check` names each drawing
that no longer equals the code.
"""

import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import grimp

ROOT = Path(__file__).resolve().parent.parent
DRAWINGS = ROOT / "docs" / "drawings"
REMADE = "<!-- Made by `make draw` from the code. Change the code, not this file. -->"

Imports = dict[str, set[str]]


def main(arguments: list[str]) -> int:
    if arguments not in (["write"], ["check"]):
        print(__doc__)
        return 2
    drawings = {DRAWINGS / "states.md": states_page(), DRAWINGS / "imports.md": imports_page()}
    return write(drawings) if arguments == ["write"] else check(drawings)


def write(drawings: dict[Path, str]) -> int:
    DRAWINGS.mkdir(parents=True, exist_ok=True)
    for path, text in drawings.items():
        path.write_text(text, encoding="utf-8")
        print(f"  {path.relative_to(ROOT)}")
    return 0


def check(drawings: dict[Path, str]) -> int:
    old = [path for path, text in drawings.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    for path in old:
        print(f"{path.relative_to(ROOT)} no longer shows what the code says. `make draw` draws it again.")
    return bool(old)


def states_page() -> str:
    sys.path.insert(0, str(ROOT))
    parts = ["# States and moves", REMADE]
    for workflow in sorted((ROOT / "raprong").rglob("workflow.py")):
        room = workflow.parent.relative_to(ROOT)
        moves = import_module(".".join([*room.parts, "workflow"])).MOVES
        parts += [f"## {'.'.join(room.parts[1:])}", mermaid("stateDiagram-v2", moves_drawn(moves))]
    return "\n\n".join(parts) + "\n"


def moves_drawn(moves: dict[str, tuple[set[str], str]]) -> Iterator[str]:
    """One arrow for each state that a move may leave. Values are the codes kept in the database."""
    for move, (froms, to) in moves.items():
        yield from sorted(f"{node(start)} --> {node(to)}: {value(move)}" for start in froms)


def value(code: str) -> str:
    return str(getattr(code, "value", code))


def node(code: str) -> str:
    return value(code).replace("-", "_").replace(".", "_")


def imports_page() -> str:
    imports = imports_between_rooms()
    arrows = (f"{room} --> {below}" for room, nearest in reduced(imports).items() for below in sorted(nearest))
    every = [f"| `{room}` | {', '.join(f'`{below}`' for below in sorted(imports[room])) or '–'} |" for room in imports]
    parts = [
        "# Who imports whom",
        REMADE,
        "Arrows that follow from others are left out of the drawing; the table has them all.",
        mermaid("flowchart TD", arrows),
        "\n".join(["| room | imports |", "|---|---|", *every]),
    ]
    return "\n\n".join(parts) + "\n"


def imports_between_rooms() -> Imports:
    graph = grimp.build_graph("raprong", cache_dir=None)
    rooms = sorted(graph.find_children("raprong") - {"raprong.config"})
    for room in rooms:
        graph.squash_module(room)
    return {name(room): {name(below) for below in rooms_imported(graph, room, rooms)} for room in rooms}


def rooms_imported(graph: grimp.ImportGraph, room: str, rooms: list[str]) -> set[str]:
    return graph.find_modules_directly_imported_by(room) & set(rooms) - {room}


def name(room: str) -> str:
    return room.removeprefix("raprong.")


def reduced(imports: Imports) -> Imports:
    """Leave out what is reached through another import anyway."""
    return {
        room: {below for below in direct if not any(below in reached(imports, other) for other in direct - {below})}
        for room, direct in imports.items()
    }


def reached(imports: Imports, room: str) -> set[str]:
    seen: set[str] = set()
    waiting = [room]
    while waiting:
        new = imports[waiting.pop()] - seen
        seen |= new
        waiting += new
    return seen


def mermaid(kind: str, lines: Iterator[str]) -> str:
    return "\n".join(["```mermaid", kind, *(f"    {line}" for line in lines), "```"])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
