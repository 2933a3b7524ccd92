"""The only writer of the trail."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from raprong.audit.hashing import entry_hash
from raprong.audit.kinds import check_known
from raprong.audit.models import Chain, Entry
from raprong.core.models import PublicIdModel
from raprong.core.references import reference, title_of

SYSTEM = "system"


@transaction.atomic(savepoint=False)
def record(
    kind: str,
    *,
    about: PublicIdModel,
    by: PublicIdModel | None,
    at: datetime,
    place: PublicIdModel,
    fiscal_year: int,
    **facts: Any,
) -> Entry:
    """Write down that `by` did `kind` to `about` at a moment, on the chain of `place` and the fiscal year.

    `by` is None when the system acted by itself. Facts are plain values; numbers become strings so that a hash never
    depends on how a database keeps a number. Call it last in a verb: the chain's head is locked from here to the
    commit.
    """
    check_known(kind)
    place_reference = reference(place)
    chain = _locked_chain(place_reference, fiscal_year)
    content: dict[str, Any] = {
        "number": chain.length + 1,
        "kind": kind,
        "about": reference(about),
        "about_title": title_of(about),
        "by": reference(by) if by else SYSTEM,
        "by_name": title_of(by)[:200] if by else SYSTEM,
        "at": at,
        "facts": {name: plain(value) for name, value in facts.items()},
        "previous": chain.head,
    }
    written = entry_hash(place=place_reference, fiscal_year=fiscal_year, **content)
    entry = Entry.objects.create(chain=chain, hash=written, **content)
    chain.length, chain.head = entry.number, entry.hash
    chain.save(update_fields=["length", "head"])
    return entry


def _locked_chain(place: str, fiscal_year: int) -> Chain:
    """The chain with its head locked; begun where there is none yet."""
    chains = Chain.objects.select_for_update().filter(place=place, fiscal_year=fiscal_year)
    if (chain := chains.first()) is None:
        Chain.objects.get_or_create(place=place, fiscal_year=fiscal_year)
        chain = chains.get()
    return chain


def plain(value: Any) -> Any:
    """A value as JSON keeps it, the same on every database."""
    if isinstance(value, dict):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(inner) for inner in value]
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, (int, Decimal)):
        return str(value)
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return str(value)
