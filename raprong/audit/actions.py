"""The only writer of the trail."""

from collections.abc import Iterable, Mapping
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
ENTRIES_AT_ONCE = 500


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
    chain = _locked_chain(reference(place), fiscal_year)
    entry = _next_entry(chain, kind, about, by, at, facts)
    entry.save()
    chain.save(update_fields=["length", "head"])
    return entry


@transaction.atomic(savepoint=False)
def record_all(
    kind: str,
    told: Iterable[tuple[PublicIdModel, Mapping[str, Any]]],
    *,
    by: PublicIdModel | None,
    at: datetime,
    place: PublicIdModel,
    fiscal_year: int,
) -> list[Entry]:
    """Write down the same kind of act about many things, each with its facts: one entry each, as `record` writes it."""
    check_known(kind)
    chain = _locked_chain(reference(place), fiscal_year)
    entries = [_next_entry(chain, kind, about, by, at, facts) for about, facts in told]
    Entry.objects.bulk_create(entries, batch_size=ENTRIES_AT_ONCE)
    chain.save(update_fields=["length", "head"])
    return entries


def _next_entry(
    chain: Chain,
    kind: str,
    about: PublicIdModel,
    by: PublicIdModel | None,
    at: datetime,
    facts: Mapping[str, Any],
) -> Entry:
    """The entry after the last of a chain, which moves on; neither is saved yet."""
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
    written = entry_hash(place=chain.place, fiscal_year=chain.fiscal_year, **content)
    chain.length, chain.head = content["number"], written
    return Entry(chain=chain, hash=written, **content)


def _locked_chain(place: str, fiscal_year: int) -> Chain:
    """The chain with its head locked; begun where there is none yet."""
    chains = Chain.objects.select_for_update()
    try:
        return chains.get(place=place, fiscal_year=fiscal_year)
    except Chain.DoesNotExist:
        Chain.objects.get_or_create(place=place, fiscal_year=fiscal_year)
        return chains.get(place=place, fiscal_year=fiscal_year)


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
