"""Where a person of a journey sits: their own browser, the words they look for, and an eye on every page they open."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.test import Client
from django.urls import resolve, reverse
from django.utils import translation
from django.utils.translation import gettext

from raprong.lib.thai.digits import to_arabic_digits
from raprong.organisation.models import User
from raprong.web.shell.filters import digits
from tests.browser import PATIENCE, WATCHED, violations
from tests.cast import PASSWORD

PICTURES = os.environ.get("RAPRONG_PICTURES", "")  # a folder that keeps a picture of each page when it is first seen
PHONE = {"width": 390, "height": 800}
SCREEN = {"width": 1280, "height": 900}


class Desk:
    """One person at the browser. Words are named by their English source and looked for in the person's language."""

    def __init__(self, room: Room, username: str, page: Any, *, language: str, scripts: bool) -> None:
        self.room, self.username, self.page = room, username, page
        self.language, self.scripts = language, scripts

    # --- words

    def says(self, source: str, **facts: object) -> str:
        """What the pages say for an English source, in this person's language."""
        with translation.override(self.language):
            return (
                gettext(source) % {name: _written(fact) for name, fact in facts.items()} if facts else gettext(source)
            )

    def sees(self, source: str, **facts: object) -> None:
        """The sentence stands on the page."""
        self.reads(self.says(source, **facts))

    def reads(self, text: str) -> None:
        """The text stands on the page, be its digits Thai or Arabic."""
        said = to_arabic_digits(self.page.locator("main").inner_text())
        assert to_arabic_digits(text) in said, f"{self.page.url} does not say: {text}"

    # --- ways

    def open(self, name: str, *, query: str = "", **address: str) -> None:
        """Go to a page by its name in the code."""
        self.goto(reverse(name, kwargs=address) + query)

    def goto(self, address: str) -> None:
        self._arrive(self.page.goto(address))
        assert self.status < 400, f"{address} answered {self.status}"

    def follow(self, source: str, *, within: Any = None, **facts: object) -> None:
        """Follow a link."""
        self.follow_to(self.says(source, **facts), within=within)

    def follow_to(self, text: str, *, within: Any = None) -> None:
        """Follow the link that is written so."""
        self.click(self._named("link", text, within))

    def press(self, source: str, *, within: Any = None, **facts: object) -> None:
        """Press a button, and come to the page that answers."""
        self.click(self._named("button", self.says(source, **facts), within))

    def _named(self, role: str, text: str, within: Any) -> Any:
        return (within or self.page.locator("main")).get_by_role(role, name=text, exact=True).first

    def click(self, target: Any) -> None:
        """Press or follow what was found, and come to the page that answers."""
        with self.page.expect_navigation(wait_until="domcontentloaded") as arrival:
            target.click()
        self._arrive(arrival.value)

    def _arrive(self, response: Any) -> None:
        assert response is None or response.status < 500, f"{response.url} answered {response.status}"
        self.status = response.status if response else 200
        self.room.look_once(self)

    # --- forms

    def field(self, source: str, *, within: Any = None, **facts: object) -> Any:
        """The field with this label, whether or not it is marked as optional."""
        label = re.compile(rf"^\s*{re.escape(self.says(source, **facts))}(\s*\(.*\))?\s*$")
        return (within or self.page.locator("main")).get_by_label(label).first

    def fill(self, source: str, value: object, *, within: Any = None, **facts: object) -> None:
        self.field(source, within=within, **facts).fill(str(value))

    def choose(self, source: str, value: str, *, within: Any = None) -> None:
        """Choose an entry of a list by what it says."""
        self.field(source, within=within).select_option(label=value)

    def tick(self, source: str, *, within: Any = None, **facts: object) -> None:
        self.field(source, within=within, **facts).check()

    def attach(self, source: str, name: str, content: bytes) -> None:
        file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
        self.field(source).set_input_files(file)

    def section(self, selector: str, text: str) -> Any:
        """The part of the page that holds a text."""
        return self.page.locator(selector, has_text=text).first


class Room:
    """The served application with the browsers of everybody who works on it."""

    def __init__(self, browser: Any, base_url: str, *, looks_at_pages: bool = True) -> None:
        self.browser, self.base_url, self.looks_at_pages = browser, base_url, looks_at_pages
        self.faults: list[str] = []
        self.looked_at: set[tuple[str, bool, str]] = set()
        self._contexts: list[Any] = []
        self._desks: dict[str, Desk] = {}

    def desk_of(self, username: str) -> Desk:
        """This person's desk. The first of a journey signs in on the page for it, the others come in signed in."""
        if username not in self._desks:
            desk = self.sit_down(username)
            (let_in if self._desks else sign_in)(desk)
            self._desks[username] = desk
        return self._desks[username]

    def sit_down(self, username: str, *, language: str = "th", scripts: bool = True, screen: Any = None) -> Desk:
        """A browser in which nobody is signed in yet."""
        context = self.browser.new_context(
            base_url=self.base_url,
            locale="th-TH",
            timezone_id="Asia/Bangkok",
            viewport=screen or SCREEN,
            java_script_enabled=scripts,
        )
        context.set_default_timeout(PATIENCE)
        self._contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: self.faults.append(f"{page.url}: {error}"))
        page.on("console", lambda said: self.faults.extend([said.text] if WATCHED.search(said.text) else []))
        return Desk(self, username, page, language=language, scripts=scripts)

    def look_once(self, desk: Desk) -> None:
        """The first time this journey sees a page: no serious barrier on it, and a picture where they are kept."""
        name = resolve(urlsplit(desk.page.url).path).view_name
        seen = (name, desk.status >= 400, desk.language)
        if seen in self.looked_at or not desk.scripts or not self.looks_at_pages:
            return
        self.looked_at.add(seen)
        if PICTURES:
            marks = [name.replace(":", "-"), *(["refused"] if desk.status >= 400 else []), desk.language]
            desk.page.screenshot(path=Path(PICTURES) / f"{'-'.join(marks)}.png", full_page=True)
        found = violations(desk.page)
        self.faults += [f"{desk.page.url} ({desk.username}): {violation}" for violation in found]

    def close(self) -> None:
        for desk in self._desks.values() if PICTURES else ():
            desk.page.screenshot(path=Path(PICTURES) / f"last-{desk.username}.png", full_page=True)
        for context in self._contexts:
            context.close()
        assert not self.faults, "\n".join(self.faults)


def sign_in(desk: Desk, password: str = PASSWORD) -> None:
    desk.goto("/account/sign-in/")
    desk.page.locator("[name=login]").fill(desk.username)
    desk.page.locator("[name=password]").fill(password)
    desk.press("Sign in", within=desk.page)


def let_in(desk: Desk) -> None:
    """Take a place at a desk where the person has signed in already."""
    client = Client()
    client.force_login(User.objects.get(username=desk.username))
    name = settings.SESSION_COOKIE_NAME
    desk.page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": desk.room.base_url}])


def _written(fact: object) -> object:
    return digits(fact) if isinstance(fact, int) else fact
