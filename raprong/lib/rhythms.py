"""The rhythms in which monthly figures are read together: data of `definitions/results`."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import ConfigDict, Field

from raprong.lib.definition_file import read_definition

RHYTHMS = Path(__file__).parents[1] / "definitions" / "results" / "rhythms.yaml"

_STRICT = ConfigDict(extra="forbid")

Round = Annotated[int, Field(ge=1, le=12)]


@dataclass(frozen=True)
class Rhythm:
    """Rounds of a year, in months from October, the earliest first."""

    code: str
    title_th: str
    title_en: str
    rounds: Annotated[tuple[Round, ...], Field(min_length=1)]

    __pydantic_config__ = _STRICT

    def __post_init__(self) -> None:
        if list(self.rounds) != sorted(set(self.rounds)):
            raise ValueError(f"Write the rounds of {self.code} once each, the earliest first.")


@dataclass(frozen=True)
class Rhythms:
    """The rhythms to choose from, and how many days after its end a month's figure is still on time."""

    code: str
    on_time_days: Annotated[int, Field(ge=0, le=31)]
    rhythms: tuple[Rhythm, ...]
    notes: str = ""

    __pydantic_config__ = _STRICT


def read_rhythms(path: Path = RHYTHMS) -> Rhythms:
    """Read the rhythms; a file that does not fit raises ``DefinitionFaults`` with every fault, each with its line."""
    return read_definition(path, Rhythms)
