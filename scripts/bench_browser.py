"""Somebody who is signed in and asks the server of a bench over HTTP, one thing after another on one connection."""

from collections.abc import Callable
from html.parser import HTMLParser
from http.client import HTTPConnection
from urllib.parse import urlencode

SECONDS_TO_ANSWER = 30


class Browser:
    """A session and its connection; refuses to go on after an answer that was not expected."""

    def __init__(self, port: int, cookies: dict[str, str]) -> None:
        self.cookies = dict(cookies)
        self.connection = HTTPConnection("127.0.0.1", port, timeout=SECONDS_TO_ANSWER)

    def get(self, address: str) -> str:
        """A page that is there."""
        return self._ask("GET", address, "", expected=200)

    def post(self, address: str, fields: dict[str, str]) -> None:
        """Send a form; what was saved leads on to another page."""
        self._ask("POST", address, urlencode(fields), expected=302)

    def repeat(self, times: int, ask: Callable[[], object]) -> None:
        """Ask for the same several times on one connection, and hang up."""
        try:
            for _ in range(times):
                ask()
        finally:
            self.connection.close()  # a server that is told to stop waits for it

    def _ask(self, method: str, address: str, body: str, *, expected: int) -> str:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, address, body=body or None, headers=headers)
        response = self.connection.getresponse()
        page = response.read().decode()
        assert response.status == expected, f"{method} {address} answered {response.status}"
        for cookie in response.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            if name != "messages":  # the next page shows them and lets them go
                self.cookies[name] = value
        return page


class _Fields(HTMLParser):
    """The fields of the form that is sent to an address, as a browser fills them in."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address, self.fields = address, dict[str, str]()
        self._inside, self._textarea = False, ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = said.get("action") == self.address
        elif self._inside and tag == "textarea":
            self._textarea = said["name"]
            self.fields[self._textarea] = ""
        elif self._inside and tag == "input" and "name" in said and ("checked" in said or said["type"] != "checkbox"):
            self.fields[said["name"]] = said.get("value", "")

    def handle_data(self, data: str) -> None:
        if self._textarea:
            self.fields[self._textarea] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._textarea = ""
        elif tag == "form":
            self._inside = False


def fields_of(page: str, address: str) -> dict[str, str]:
    """What a browser sends when the form is sent as it stands."""
    reader = _Fields(address)
    reader.feed(page)
    assert reader.fields, f"the page has no form for {address}"
    return reader.fields
