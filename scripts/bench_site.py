"""The server of a bench: the house, and at one address a bare view that asks the database the same questions.

The bare view is Django without any middleware: it evaluates the querysets that the measured page evaluates, and writes
every row they answer into a plain Jinja2 page. They are in the file that RAPRONG_BENCH_QUERIES names.
"""

import os
import pickle
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.test import override_settings
from django.urls import path
from jinja2 import Environment

BARE = "/bare/"

TEMPLATE = Environment(autoescape=True).from_string(
    "<!doctype html><title>Bare</title>"
    "{% for rows in tables %}<table>{% for row in rows %}<tr>{% for cell in row %}<td>{{ (cell|string)[:200] }}</td>"
    "{% endfor %}</tr>{% endfor %}</table>{% endfor %}"
)


def page(request: HttpRequest) -> HttpResponse:
    tables = [[cells(row) for row in rows_of(model, query)] for model, query in QUERIES]
    return HttpResponse(TEMPLATE.render(tables=tables))


def rows_of(model: type[Model], query: Any) -> QuerySet[Model]:
    rows = model._default_manager.all()
    rows.query = query.clone()
    return rows


def cells(row: Any) -> list[Any]:
    if isinstance(row, Model):
        return [getattr(row, field.attname) for field in row._meta.concrete_fields]
    return list(row.values())


urlpatterns = [path(BARE.strip("/") + "/", page)]


class BareHandler(WSGIHandler):
    def load_middleware(self, is_async: bool = False) -> None:
        with override_settings(MIDDLEWARE=[]):
            super().load_middleware(is_async)

    def get_response(self, request: HttpRequest) -> HttpResponseBase:
        request.urlconf = __name__
        return super().get_response(request)


house = get_wsgi_application()
bare = BareHandler()
# Written a moment ago by the bench itself.
QUERIES: list[tuple[type[Model], Any]] = pickle.loads(Path(os.environ["RAPRONG_BENCH_QUERIES"]).read_bytes())


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    chosen = bare if environ["PATH_INFO"] == BARE else house
    return chosen(environ, start_response)
