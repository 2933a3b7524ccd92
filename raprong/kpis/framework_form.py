"""The form of a framework, read once from definitions/frameworks: its scale and the kinds of policy sources."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import get_language

from raprong.lib.definition_file import read_definition
from raprong.lib.scoring.scheme import Scheme, read_schemes

FORM = "performance-agreement.yaml"


@dataclass(frozen=True)
class SourceKind:
    """A kind of policy source, such as the policy of the government."""

    code: str
    title_th: str
    title_en: str

    @property
    def title(self) -> str:
        """Its name in the language of the page."""
        return self.title_th if (get_language() or "th").startswith("th") else self.title_en


@dataclass(frozen=True)
class FrameworkForm:
    """What every framework starts from."""

    code: str
    title_th: str
    title_en: str
    scale: str
    source_kinds: tuple[SourceKind, ...]
    source: str = ""
    notes: str = ""


@cache
def framework_form() -> FrameworkForm:
    """The form of the last definition folder that has one: an agency's own comes after the house's."""
    files = [Path(folder) / "frameworks" / FORM for folder in settings.DEFINITION_DIRS]
    return read_definition([file for file in files if file.exists()][-1], FrameworkForm)


@cache
def starting_scheme() -> Scheme:
    """The scheme that a new framework scores on."""
    schemes: dict[str, Scheme] = {}
    for folder in settings.DEFINITION_DIRS:
        schemes |= read_schemes(Path(folder) / "scales")
    return schemes[framework_form().scale]


def source_kinds() -> dict[str, SourceKind]:
    return {kind.code: kind for kind in framework_form().source_kinds}


def kind_title(kind: str) -> str:
    """What a kind of source is called: by its title where it is one of the form, else as the agency named it."""
    return source_kinds()[kind].title if kind in source_kinds() else kind


def kind_named(words: str) -> str:
    """The kind that goes by these words in either language, by its code; words of the agency's own stay as they are."""
    named = words.strip()
    for kind in source_kinds().values():
        if named in (kind.code, kind.title_th, kind.title_en):
            return kind.code
    return named
