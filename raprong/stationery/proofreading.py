"""The proof-reader with what the house knows: the names a unit's papers may bear, and those of other agencies."""

from collections.abc import Mapping, Sequence

from raprong.lib.thai.proofreading import Expected, Finding, Passage, proofread
from raprong.organisation.models import Agency, Unit

LONGEST_READ = 60_000  # letters together; what is longer was not written by hand, and cannot be printed either


def findings_in(
    texts: Mapping[str, str],
    unit: Unit,
    *,
    kind: str = "",
    required: Sequence[str] = (),
    thai_digits: bool = True,
) -> list[Finding]:
    """What a careful clerk would mark in the texts of a unit's paper, by place; `kind` asks for its official ending.

    Texts longer than a paper can carry are not read.
    """
    if is_too_long(texts):
        return []
    passages = [Passage(place, words, required=place in required) for place, words in texts.items()]
    return proofread(passages, expected_of(unit, kind=kind, thai_digits=thai_digits))


def is_too_long(texts: Mapping[str, str]) -> bool:
    """Whether texts are longer than the proof-reader reads."""
    return sum(map(len, texts.values())) > LONGEST_READ


def expected_of(unit: Unit, *, kind: str = "", thai_digits: bool = True) -> Expected:
    """The names of the unit's agency and of everything in it; which names belong to others; digits and kind."""
    others = Agency.objects.exclude(pk=unit.agency_id).values_list("name", flat=True)
    names = [unit.agency.name, *unit.agency.units.values_list("name", flat=True)]
    return Expected(tuple(names), tuple(others), thai_digits, kind)
