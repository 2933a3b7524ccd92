"""What searching looks in: the words of a KPI, written one way, a line for each field."""

from typing import Any

from raprong.lib.thai.writing import one_way

SEARCHED = (
    "code",
    "title",
    "measure",
    "issue",
    "strategy",
    "definition",
    "scope",
    "formula",
    "data_source",
    "collection_method",
    "conditions",
    "notes",
)
RANKED_FIRST = 2  # code and title stand first, and a match there counts for more


def search_text_of(kpi: Any) -> str:
    """The text that is kept with a KPI whenever it is saved. A line for each field, so that no match spans two."""
    return "\n".join(one_way(str(said)) if (said := getattr(kpi, name)) else "" for name in SEARCHED)
