"""The scheme: how a framework rounds, what lies below level 1, and which band a total falls in.

Schemes are data in ``definitions/scales/*.yaml``.
"""

from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any

from pydantic import ConfigDict, Field, TypeAdapter

from raprong.lib.definition_file import DefinitionFault, DefinitionFaults, read_definition
from raprong.lib.scoring.ladder import Below

SCALES = Path(__file__).parents[2] / "definitions" / "scales"

Places = Annotated[int, Field(ge=0, le=10)]
AboveNought = Annotated[Decimal, Field(gt=0, le=1_000_000, decimal_places=6)]

_STRICT = ConfigDict(extra="forbid")


@dataclass(frozen=True)
class Band:
    """A band of totals with its name in both languages: those ``below`` a number, or ``up_to`` and including it."""

    code: str
    title_th: str
    title_en: str
    below: Decimal | None = None
    up_to: Decimal | None = None

    __pydantic_config__ = _STRICT

    def __post_init__(self) -> None:
        if (self.below is None) is (self.up_to is None):
            raise ValueError("A band ends with one of `below` and `up_to`. Write exactly one of them.")

    @property
    def _end(self) -> tuple[Decimal, bool]:
        """The number the band ends at and whether that number is still inside, in an order that can be compared."""
        return (self.below, False) if self.below is not None else (self.up_to or Decimal(0), True)

    def holds(self, total: Decimal) -> bool:
        """Tell whether a total ends inside this band, not looking at the bands before it."""
        end, included = self._end
        return total <= end if included else total < end

    def ends_before(self, other: "Band") -> bool:
        """Tell whether this band ends before another does."""
        return self._end < other._end


@dataclass(frozen=True)
class Scheme:
    """How scores are rounded and added up.

    ``places`` are the decimal places of a score, ``weighted_places`` those of a weighted score and ``total_places``
    those of the total. With ``round_score_first`` the rounded score is what is weighted and added up; otherwise the
    exact one is. ``weight_base`` is what the weights add up to (100 in per cent), ``scale_max`` the highest score.
    Bands stand from the lowest to the highest.
    """

    code: str = "five-level"
    places: Places = 4
    weighted_places: Places = 4
    total_places: Places = 4
    below: Below = Below.FLOOR
    scale_max: AboveNought = Decimal(5)
    weight_base: AboveNought = Decimal(100)
    round_score_first: bool = True
    bands: tuple[Band, ...] = ()
    title_th: str = ""
    title_en: str = ""
    notes: str = ""

    __pydantic_config__ = _STRICT

    def __post_init__(self) -> None:
        for earlier, later in pairwise(self.bands):
            if not earlier.ends_before(later):
                raise ValueError(f"Band {later.code} does not end after band {earlier.code}. Write the lowest first.")

    @property
    def scores(self) -> tuple[Decimal, ...]:
        """The scores that criteria may name, lowest first: the levels of the scale."""
        return tuple(Decimal(level) for level in range(1, int(self.scale_max) + 1))

    def band_of(self, total: Decimal) -> Band | None:
        """Return the band a total falls in; nothing when the scheme has no band for it."""
        return next((band for band in self.bands if band.holds(total)), None)


def scheme_from_data(data: Any) -> Scheme:
    """Read a scheme kept as plain data, such as JSON; what does not fit raises pydantic's ``ValidationError``."""
    return TypeAdapter(Scheme).validate_python(data)


def scheme_as_data(scheme: Scheme) -> dict[str, Any]:
    """Write a scheme as plain data that JSON can hold, numbers as strings; :func:`scheme_from_data` reads it back."""
    data: dict[str, Any] = TypeAdapter(Scheme).dump_python(scheme, mode="json")
    return data


def read_scheme(path: Path) -> Scheme:
    """Read one scheme; a file that does not fit raises ``DefinitionFaults`` with every fault, each with its line."""
    scheme = read_definition(path, Scheme)
    if scheme.code != path.stem:
        fault = DefinitionFault(1, "code", f"The code is {scheme.code}, the file {path.name}. Give both one name.")
        raise DefinitionFaults(path.name, [fault])
    return scheme


def read_schemes(folder: Path = SCALES) -> dict[str, Scheme]:
    """Read every scheme of a folder, by its code."""
    return {path.stem: read_scheme(path) for path in sorted(folder.glob("*.yaml"))}
