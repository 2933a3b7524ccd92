"""Many KPIs written in a few statements, as an uploaded file does with thousands of them."""

from collections.abc import Iterable, Sequence

from django.db.models import prefetch_related_objects

from raprong.kpis.models import ImportRow, KpiYear, PolicySource

AT_ONCE = 500
_SAME_FOR_EVER = {"id", "public_id", "kpi", "framework"}
_THROUGH = KpiYear.sources.through
_SAVED = [field.name for field in KpiYear._meta.concrete_fields if field.name not in _SAME_FOR_EVER]


def save_again(kpis: Sequence[KpiYear]) -> None:
    """Save KPIs that are kept already. An insert that meets its own key updates: one statement for many rows."""
    KpiYear.objects.bulk_create(
        kpis, batch_size=AT_ONCE, update_conflicts=True, unique_fields=["id"], update_fields=_SAVED
    )


def save_rows(rows: Sequence[ImportRow], *fields: str) -> None:
    """Save some fields of rows that are kept already."""
    ImportRow.objects.bulk_create(
        rows, batch_size=AT_ONCE, update_conflicts=True, unique_fields=["id"], update_fields=fields
    )


def set_sources(wanted: Iterable[tuple[KpiYear, Sequence[PolicySource] | None]]) -> None:
    """Let KPIs answer policy sources, where they say which; those that answer the same already are left alone."""
    asked = [(kpi, sources) for kpi, sources in wanted if sources is not None]
    moved = [(kpi, sources) for kpi, sources in asked if set(sources) != set(kpi.sources.all())]
    _THROUGH.objects.filter(kpiyear__in=[kpi.pk for kpi, _sources in moved]).delete()
    add_sources(moved)


def add_sources(wanted: Sequence[tuple[KpiYear, Sequence[PolicySource] | None]]) -> None:
    """Let KPIs that answer no policy source yet answer some, and read them again in one statement."""
    _THROUGH.objects.bulk_create(
        [
            _THROUGH(kpiyear_id=kpi.pk, policysource_id=source.pk)
            for kpi, sources in wanted
            for source in dict.fromkeys(sources or ())
        ],
        batch_size=AT_ONCE,
    )
    kpis = [kpi for kpi, _sources in wanted]
    for kpi in kpis:
        getattr(kpi, "_prefetched_objects_cache", {}).pop("sources", None)
    prefetch_related_objects(kpis, "sources")
