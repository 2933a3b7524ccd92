"""Reading one YAML definition into a typed value, with every fault at once, each with its line and what to do."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import ValidationError

from raprong.lib.shapes import adapter_of

T = TypeVar("T")


@dataclass(frozen=True)
class DefinitionFault:
    """One thing wrong in a definition: the line it stands on (from 1), its place in the file, and what to do."""

    line: int
    where: str
    sentence: str

    def __str__(self) -> str:
        return (
            f"line {self.line}, {self.where}: {self.sentence}" if self.where else f"line {self.line}: {self.sentence}"
        )


class DefinitionFaults(ValueError):
    """A definition that cannot be used; ``faults`` holds every reason found."""

    def __init__(self, file_name: str, faults: Sequence[DefinitionFault]) -> None:
        super().__init__("\n".join(f"{file_name}, {fault}" for fault in faults))
        self.file_name = file_name
        self.faults = tuple(faults)


class _PlainLoader(yaml.SafeLoader):
    """YAML whose days and decimals stay as written: the shape reads them exactly, and finds fault in words."""

    yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith((":timestamp", ":float"))]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


Rule = Callable[[Any], Iterable[tuple[Sequence[int | str], str]]]
"""Looks at the plain data of a file, whatever its shape, and answers (place, sentence) for each fault."""


def read_definition(path: Path, shape: type[T], rules: Sequence[Rule] = ()) -> T:
    """Read a YAML file as a value of the given shape; a file that does not fit raises :class:`DefinitionFaults`.

    ``rules`` check what a shape cannot, such as a code that one part uses and another should define. Their faults come
    together with those of the shape.
    """
    try:
        text = path.read_text(encoding="utf-8")
        node = yaml.compose(text, Loader=_PlainLoader)
        if repeated := list(_repeated_keys(node)):
            raise DefinitionFaults(path.name, repeated)
        data = yaml.load(text, Loader=_PlainLoader)
    except UnicodeDecodeError:
        raise DefinitionFaults(path.name, [DefinitionFault(1, "", "Save the file as UTF-8 text.")]) from None
    except yaml.YAMLError as error:
        raise DefinitionFaults(path.name, [_syntax_fault(error)]) from None

    found = [(loc, words) for rule in rules for loc, words in rule(data)]
    try:
        value = adapter_of(shape).validate_python(data)
    except ValidationError as error:
        found += [(details["loc"], sentence(details)) for details in error.errors()]
    if found:
        faults = [DefinitionFault(_line_of(node, loc), place(loc), words) for loc, words in found]
        raise DefinitionFaults(path.name, sorted(faults, key=lambda fault: fault.line))
    return value


def place(loc: Sequence[int | str]) -> str:
    """Write where a fault stands as a reader would point to it: ``bands[1].up_to``."""
    return "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in loc).removeprefix(".")


def sentence(details: Any) -> str:
    """Say in one sentence what is wrong with a value and what to do, from what pydantic found."""
    match details["type"]:
        case "missing":
            return "This is missing. Add it."
        case "extra_forbidden" | "unexpected_keyword_argument":
            return "This is not a known setting. Correct its spelling or take it out."
        case "dataclass_type":
            return "Write settings by name here."
        case "value_error":
            return str(details["ctx"]["error"])
        case _:
            return f"{details['msg']}, not {details['input']!r}."


def _repeated_keys(node: yaml.Node | None) -> Iterator[DefinitionFault]:
    """Find names written twice in one place; YAML itself would keep the last and lose the first without a word."""
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                line = key.start_mark.line + 1
                yield DefinitionFault(line, str(key.value), "This is written twice. Put both under one name.")
            seen.add(str(key.value))
            yield from _repeated_keys(value)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _repeated_keys(value)


def _syntax_fault(error: yaml.YAMLError) -> DefinitionFault:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or "it cannot be read"
    return DefinitionFault(mark.line + 1 if mark else 1, "", f"This is not YAML: {problem}. Check indents and quotes.")


def _line_of(node: yaml.Node | None, loc: Sequence[int | str]) -> int:
    """Find the line of the deepest part of a place that the file really has."""
    line = node.start_mark.line + 1 if node else 1
    for key in loc:
        if isinstance(node, yaml.MappingNode):
            found = next(((k, v) for k, v in node.value if k.value == str(key)), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
            found = (node.value[key], node.value[key])
        else:
            found = None
        if found is None:
            return line
        line, node = found[0].start_mark.line + 1, found[1]
    return line
