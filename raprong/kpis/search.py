"""Finding KPIs by words, several of them together, as they stand inside Thai sentences.

The words of a KPI itself are kept with it (`search_text`). Those of its group and of its policy sources are looked up
when somebody asks, so that a group that is renamed is found by its new name.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, F, IntegerField, Q, Value, When

from raprong.kpis.models import KpiYear, KpiYearQuerySet, PolicySource
from raprong.kpis.search_text import RANKED_FIRST
from raprong.lib.thai.writing import holds_word, one_way, words_of
from raprong.organisation.models import Person, Unit
from raprong.processes.models import Run

MOST_OF_OTHER_YEARS = 10


@dataclass(frozen=True)
class Elsewhere:
    """Where a word stands outside the KPIs themselves: groups and policy sources, by their keys."""

    groups: frozenset[int]
    sources: frozenset[int]


def matching(kpis: KpiYearQuerySet, asked: str) -> KpiYearQuerySet:
    """Those KPIs in which every word stands, whole letters with their marks: ขา finds neither ข่า nor ข้า.

    Code and name count first, then the rest; among equals the order of codes. Nothing asked for leaves all.
    """
    words = words_of(asked)
    if not words:
        return kpis
    ranks = _ranks(kpis, words)
    first, second = ([pk for pk, rank in ranks.items() if rank == n] for n in (0, 1))
    rank = Case(
        When(pk__in=first, then=Value(0)), When(pk__in=second, then=Value(1)), default=2, output_field=IntegerField()
    )
    return kpis.filter(pk__in=ranks).annotate(search_rank=rank).order_by("search_rank", "sort_code", "code", "pk")


def in_other_years(run: Run, asked: str, *, person: Person, on: date) -> list[KpiYear]:
    """The KPIs of the unit's other years in which the words stand, the latest year first; at most ten, none unasked."""
    if not words_of(asked):
        return []
    others = KpiYear.objects.visible_to(person, on=on).filter(framework__run__unit=run.unit_id)
    found = matching(others.exclude(framework__run=run.pk).select_related("framework__run", "group"), asked)
    return list(found.order_by("-framework__run__fiscal_year", F("search_rank"), "sort_code")[:MOST_OF_OTHER_YEARS])


def _ranks(kpis: KpiYearQuerySet, words: Sequence[str]) -> dict[int, int]:
    """The KPIs found, by their keys: 0 where the code begins with what was asked, 1 for code and name, 2 elsewhere."""
    elsewhere = {word: _elsewhere(kpis, word) for word in words}
    narrowed = kpis.order_by()
    for word, places in elsewhere.items():
        narrowed = narrowed.filter(_in_the_database(word, places))
    rows = list(narrowed.values_list("pk", "group", "search_text").distinct())
    by_source = {word: _answering(places.sources) for word, places in elsewhere.items()}
    found: dict[int, int] = {}
    for pk, group, text in rows:
        lines = text.split("\n")
        if all(_stands_in(lines, word) or group in elsewhere[word].groups or pk in by_source[word] for word in words):
            found[pk] = _rank(lines, words)
    return found


def _in_the_database(word: str, places: Elsewhere) -> Q:
    """A first sieve, the same on every database; whether a match cuts a letter from its marks is asked afterwards."""
    return Q(search_text__contains=word) | Q(group__in=places.groups) | Q(sources__in=places.sources)


def _elsewhere(kpis: KpiYearQuerySet, word: str) -> Elsewhere:
    groups = Unit.objects.filter(kpis_of_group__in=kpis.order_by()).distinct()
    sources = PolicySource.objects.filter(framework__kpis__in=kpis.order_by()).distinct()
    return Elsewhere(
        frozenset(
            group.pk
            for group in groups
            if _stands_in(map(one_way, (group.name, group.short_name, group.name_en)), word)
        ),
        frozenset(source.pk for source in sources if _stands_in(map(one_way, (source.title, source.reference)), word)),
    )


def _answering(sources: Iterable[int]) -> set[int]:
    links = KpiYear.sources.through.objects.filter(policysource__in=sources)
    return set(links.values_list("kpiyear", flat=True))


def _stands_in(lines: Iterable[str], word: str) -> bool:
    return any(holds_word(line, word) for line in lines)


def _rank(lines: Sequence[str], words: Sequence[str]) -> int:
    if lines[0].startswith(words[0]):
        return 0
    return 1 if all(_stands_in(lines[:RANKED_FIRST], word) for word in words) else 2
