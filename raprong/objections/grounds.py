"""The grounds on which a unit may object, read once from definitions/objections."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from django.conf import settings
from django.utils.translation import get_language
from pydantic import ConfigDict, Field

from raprong.lib.definition_file import read_definition

HOUSE = Path(__file__).parents[1] / "definitions" / "objections" / "grounds.yaml"

_STRICT = ConfigDict(extra="forbid")


@dataclass(frozen=True)
class Ground:
    """`on` says what it may be held against, the score of a KPI or the total; `proof`, that a file goes with it."""

    code: str
    title: str
    title_en: str
    on: Literal["kpi", "total", "both"] = "both"
    proof: bool = False

    __pydantic_config__ = _STRICT

    def suits(self, *, total: bool) -> bool:
        return self.on in ("both", "total" if total else "kpi")


@dataclass(frozen=True)
class Grounds:
    grounds: Annotated[tuple[Ground, ...], Field(min_length=1)]

    __pydantic_config__ = _STRICT


@cache
def grounds() -> dict[str, Ground]:
    """Every ground by its code, in the order of the list; an agency's own folder comes after the house's."""
    files = [Path(folder) / HOUSE.parent.name / HOUSE.name for folder in settings.DEFINITION_DIRS]
    read = read_definition([file for file in files if file.exists()][-1], Grounds)
    return {ground.code: ground for ground in read.grounds}


def ground_title(code: str) -> str:
    """A ground in the language of the page; one that is no longer in the list is shown by its code."""
    ground = grounds().get(code)
    if ground is None:
        return code
    return ground.title if (get_language() or "th").startswith("th") else ground.title_en
