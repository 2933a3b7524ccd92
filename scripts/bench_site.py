"""The server of a bench: the house, a bare page beside it, and within it a bare view that saves.

A bare page is Django without any middleware: it evaluates the querysets that the measured page evaluates, and writes
every row they answer into a plain Jinja2 page. They are in the file that RAPRONG_BENCH_QUERIES names, by the bare
page's address. The bare view that saves lies behind the house's own middleware and session, and inserts two plain rows
in one transaction.
"""

import os
import pickle
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from bench_year import BARE_PAGES, BARE_SAVE, insert_two_rows
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.test import override_settings
from django.urls import include, path
from jinja2 import Environment

TEMPLATE = Environment(autoescape=True).from_string(
    "<!doctype html><title>Bare</title>"
    "{% for rows in tables %}<table>{% for row in rows %}<tr>{% for cell in row %}<td>{{ cell }}</td>"
    "{% endfor %}</tr>{% endfor %}</table>{% endfor %}"
)


def page(request: HttpRequest, name: str) -> HttpResponse:
    tables = [[cells(row) for row in rows_of(model, query)] for model, query in QUERIES[request.path]]
    return HttpResponse(TEMPLATE.render(tables=tables))


def rows_of(model: type[Model], query: Any) -> QuerySet[Model]:
    rows = model._default_manager.all()
    rows.query = query.clone()
    return rows


def cells(row: Any) -> list[Any]:
    """What a row says, without long content that no page would write out."""
    loaded = row.__dict__ if isinstance(row, Model) else row
    return [value for name, value in loaded.items() if name != "_state" and not isinstance(value, (dict, list, Model))]


def save(request: HttpRequest) -> HttpResponse:
    insert_two_rows(request.person)  # type: ignore[attr-defined]  # set by the house's middleware
    return HttpResponseRedirect("/")


class BareHandler(WSGIHandler):
    def load_middleware(self, is_async: bool = False) -> None:
        with override_settings(MIDDLEWARE=[]):
            super().load_middleware(is_async)


settings.ROOT_URLCONF = __name__
house, bare = get_wsgi_application(), BareHandler()
urlpatterns = [
    path(BARE_PAGES.lstrip("/") + "<str:name>/", page),
    path(BARE_SAVE.lstrip("/"), save),
    path("", include("raprong.config.urls")),
]
# Written a moment ago by the bench itself.
QUERIES: dict[str, list[tuple[type[Model], Any]]] = pickle.loads(Path(os.environ["RAPRONG_BENCH_QUERIES"]).read_bytes())


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    chosen = bare if environ["PATH_INFO"] in QUERIES else house
    return chosen(environ, start_response)
