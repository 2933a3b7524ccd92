"""What can be wrong with a framework's sources and dimensions."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from raprong.core.faults import FaultList, all_at_once
from raprong.kpis.models import Dimension, Framework, PolicySource
from raprong.kpis.proposals import weight_fault
from raprong.lib.scoring.scheme import scheme_from_data

MOST_LETTERS = {"kind": 100, "title": 300, "reference": 200, "dimension": 200}


def check_sources(framework: Framework, sources: Sequence[tuple[str, str, str]]) -> None:
    """Refuse sources with every fault at once; fields are `source_0_title` and so on, in the order given."""
    with all_at_once() as found:
        titles: set[str] = set()
        for number, (kind, title, reference) in enumerate(sources):
            _check_source(found, f"source_{number}", kind, title, reference)
            if title and title in titles:
                found.add(f"source_{number}_title", _("“%(title)s” stands here twice. Keep one.") % {"title": title})
            titles.add(title)
        for source in framework.sources.exclude(title__in=titles):
            _check_unused(found, source)


def check_dimensions(framework: Framework, dimensions: Sequence[tuple[str, Decimal]]) -> None:
    """Refuse dimensions with every fault at once; fields are `dimension_0_title` and so on, in the order given."""
    scheme = scheme_from_data(framework.scheme)
    with all_at_once() as found:
        titles: set[str] = set()
        for number, (title, weight) in enumerate(dimensions):
            _check_title(found, f"dimension_{number}_title", title, MOST_LETTERS["dimension"])
            if title and title in titles:
                found.add(f"dimension_{number}_title", _("“%(title)s” stands here twice. Keep one.") % {"title": title})
            titles.add(title)
            if sentence := weight_fault(weight, scheme):
                found.add(f"dimension_{number}_weight", sentence)
        for dimension in framework.dimensions.exclude(title__in=titles):
            _check_empty(found, dimension)


def _check_source(found: FaultList, name: str, kind: str, title: str, reference: str) -> None:
    if not kind.strip():
        found.add(f"{name}_kind", _("Choose what kind of source this is, or type a kind of your own."))
    if len(kind) > (most := MOST_LETTERS["kind"]):
        found.add(f"{name}_kind", _("This is too long. Use at most %(most)s letters.") % {"most": most})
    _check_title(found, f"{name}_title", title, MOST_LETTERS["title"])
    if len(reference) > (most := MOST_LETTERS["reference"]):
        found.add(f"{name}_reference", _("This is too long. Use at most %(most)s letters.") % {"most": most})


def _check_title(found: FaultList, name: str, title: str, most: int) -> None:
    if not title.strip():
        found.add(name, _("Give it a name."))
    if len(title) > most:
        found.add(name, _("This is too long. Use at most %(most)s letters.") % {"most": most})


def _check_unused(found: FaultList, source: PolicySource) -> None:
    codes = ", ".join(source.kpis.values_list("code", flat=True))
    if codes:
        words = {"title": source.title, "codes": codes}
        found.add("", _("“%(title)s” cannot be taken out: KPIs %(codes)s answer to it.") % words)


def _check_empty(found: FaultList, dimension: Dimension) -> None:
    codes = ", ".join(dimension.kpis.values_list("code", flat=True))
    if codes:
        words = {"title": dimension.title, "codes": codes}
        found.add("", _("“%(title)s” cannot be taken out: KPIs %(codes)s belong to it.") % words)
