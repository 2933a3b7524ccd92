"""The Jinja2 environment of our own pages: what every template may call without importing it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.middleware.csrf import get_token
from django.templatetags.static import static
from django.urls import get_script_prefix, reverse
from django.utils import translation
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from raprong.web.shell import bound_fields
from raprong.web.shell.current import current_request, next_id, today
from raprong.web.shell.filters import FILTERS, in_thai


class Components:
    """The macros of templates/_components, under one name: `ui.button(...)`, `ui.card(...)`."""

    def __init__(self, env: Environment) -> None:
        self._env = env
        self._file_of: dict[str, str] = {}

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        if name not in self._file_of:
            self._read_files()
        if name not in self._file_of:
            raise AttributeError(f"There is no component named {name!r} in templates/_components.")
        return getattr(self._env.get_template(self._file_of[name]).module, name)

    def names(self) -> list[str]:
        """Every component there is."""
        self._read_files()
        return sorted(self._file_of)

    def _read_files(self) -> None:
        for file in self._env.list_templates(filter_func=lambda name: name.startswith("_components/")):
            module = self._env.get_template(file).module
            self._file_of.update({name: file for name in vars(module) if not name.startswith("_")})


def url(name: str, *args: object, **kwargs: object) -> str:
    """The address of a page by its name: `url("kpis:detail", pk=kpi.pk)`."""
    return reverse(name, args=args or None, kwargs=kwargs or None)


def csrf_field() -> Markup:
    """The hidden field that proves a form came from our own page."""
    request = current_request()
    if request is None:
        return Markup("")
    return Markup('<input type="hidden" name="csrfmiddlewaretoken" value="{}">').format(get_token(request))


def csrf_value() -> str:
    """The value of that field, for requests that a script sends."""
    request = current_request()
    return "" if request is None else get_token(request)


def page_query(**changes: object) -> str:
    """This page's query string with some values changed; a value of None is taken out."""
    request = current_request()
    if request is None:
        return "?"
    query = request.GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value is not None:
            query[name] = str(value)
    return f"?{query.urlencode()}"


def sorted_by() -> str:
    """The column this page is sorted by, a minus before it when falling; from `?sort=`."""
    request = current_request()
    return "" if request is None else request.GET.get("sort", "")


def page_address() -> str:
    """Where to come back to after a switch of language: this page, or the page a posted form stands on."""
    request = current_request()
    if request is None:
        return get_script_prefix()
    return request.get_full_path() if request.method == "GET" else request.path


def get_messages() -> list[Any]:
    """What earlier requests left to be said, said once."""
    request = current_request()
    return [] if request is None else list(messages.get_messages(request))


def environment(**options: Any) -> Environment:
    """Build the environment; an unknown name in a template is an error, not an empty space."""
    options["undefined"] = StrictUndefined
    env = Environment(
        **options,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do", "jinja2.ext.loopcontrols"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.install_gettext_callables(  # type: ignore[attr-defined]
        translation.gettext,
        translation.ngettext,
        newstyle=True,
        pgettext=translation.pgettext,
        npgettext=translation.npgettext,
    )
    env.policies["ext.i18n.trimmed"] = True
    env.policies["json.dumps_kwargs"] = {"default": str}
    env.filters.update(FILTERS | bound_fields.FILTERS)
    env.globals.update(
        ui=Components(env),
        url=url,
        static=static,
        csrf_field=csrf_field,
        csrf_value=csrf_value,
        get_messages=get_messages,
        next_id=next_id,
        page_address=page_address,
        page_query=page_query,
        start_page=get_script_prefix,
        today=today,
        sorted_by=sorted_by,
        in_thai=in_thai,
        language=lambda: translation.get_language() or "th",
    )
    return env
