from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from raprong.audit.hashing import GENESIS, entry_hash
from raprong.audit.models import Chain, Entry
from raprong.core.models import PublicIdModel
from raprong.core.references import reference


@dataclass(frozen=True)
class Break:
    """A place where a chain does not hold."""

    place: str
    fiscal_year: int
    number: int
    why: str


def entries_about(thing: PublicIdModel) -> QuerySet[Entry]:
    return Entry.objects.filter(about=reference(thing)).order_by("at", "number")


def entries_of(place: PublicIdModel, fiscal_year: int | None = None) -> QuerySet[Entry]:
    """A unit's trail, newest first."""
    entries = Entry.objects.filter(chain__place=reference(place)).select_related("chain")
    if fiscal_year is not None:
        entries = entries.filter(chain__fiscal_year=fiscal_year)
    return entries.order_by("-at", "-number")


def breaks_in(chain: Chain) -> Iterator[Break]:
    """Recompute a chain from its first entry and name every place where it does not hold."""
    previous, number = GENESIS, 0
    for entry in chain.entries.order_by("number").iterator(chunk_size=2000):
        number += 1
        if entry.number != number:
            yield Break(chain.place, chain.fiscal_year, entry.number, f"entry {number} is missing")
            number = entry.number
        if entry.previous != previous:
            yield Break(chain.place, chain.fiscal_year, entry.number, "it does not follow the entry before it")
        if entry.hash != recomputed(chain, entry):
            yield Break(chain.place, chain.fiscal_year, entry.number, "its content has been changed")
        previous = entry.hash
    if (chain.length, chain.head) != (number, previous):
        yield Break(chain.place, chain.fiscal_year, number, "the chain's head does not match its last entry")


def recomputed(chain: Chain, entry: Entry) -> str:
    return entry_hash(
        place=chain.place,
        fiscal_year=chain.fiscal_year,
        number=entry.number,
        kind=entry.kind,
        about=entry.about,
        about_title=entry.about_title,
        by=entry.by,
        by_name=entry.by_name,
        at=entry.at,
        facts=entry.facts,
        previous=entry.previous,
    )
