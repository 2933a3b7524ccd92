"""What the frame around every page shows: who, where, when, and the menu. Read only when a template asks for it."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property

from raprong.organisation.models import Position
from raprong.web.shell.filters import digits, in_thai
from raprong.web.shell.menu import Entry, current_name, menu_for


class Shell:
    """The frame of one page for one person."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self._person = getattr(request, "person", None)
        self._unit = getattr(request, "unit", None)
        self._year = getattr(request, "fiscal_year", None)

    @property
    def demonstration(self) -> bool:
        return bool(settings.DEMONSTRATION)

    @property
    def person_name(self) -> str:
        return self._person.name if self._person else self._request.user.get_username()

    @property
    def person_key(self) -> str:
        """Under what a browser keeps things of this person's; empty for who is none."""
        return self._person.public_id if self._person else ""

    @property
    def person_post(self) -> str:
        post: Position | None = getattr(self._request, "position", None)
        return _name_of(post) if post else ""

    @property
    def unit_name(self) -> str:
        if self._unit is None:
            return ""
        return (not in_thai() and self._unit.name_en) or self._unit.name

    @property
    def year_label(self) -> str:
        if self._year is None:
            return ""
        return digits(self._year.label) if in_thai() else self._year.label_en

    @property
    def switch_url(self) -> str:
        return reverse("shell:switch") if self._person else ""

    @cached_property
    def menu(self) -> list[tuple[str, list[Entry]]]:
        return menu_for(self._request) if self._person else []

    @property
    def waiting(self) -> int:
        return sum(entry.count for _, entries in self.menu for entry in entries)

    def current_entry(self, section: str) -> str:
        return section or current_name(self.menu, self._request.path)


def _name_of(post: Position) -> str:
    return (not in_thai() and post.title_en) or post.title


def shell(request: HttpRequest) -> dict[str, Shell]:
    """Context processor: `shell` in every template."""
    return {"shell": Shell(request)}
