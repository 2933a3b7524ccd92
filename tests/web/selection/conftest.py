"""The year of tests/kpis, met through the pages of its selection."""

from collections.abc import Callable
from html.parser import HTMLParser

import pytest

from raprong.kpis.models import KpiYear
from tests.web.kpis.conftest import framework, offices, open_run, proposal, propose, sign_in

__all__ = ["framework", "offices", "open_run", "proposal", "propose", "sign_in"]


@pytest.fixture
def candidates(propose: Callable[..., KpiYear]) -> list[KpiYear]:
    return [propose("1.1"), propose("1.2")]


def decided(kpi: KpiYear, choice: str, weight: str = "", because: str = "", version: int = 1) -> dict[str, str]:
    values = {"choice": choice, "weight": weight, "because": because, "version": str(version)}
    return {f"{name}_{kpi.public_id}": value for name, value in values.items()}


def fields_of(page: str) -> dict[str, str]:
    """What a browser would post from a page: every named input, of the radio buttons the ticked ones."""
    reader = _Fields()
    reader.feed(page)
    return reader.fields


class _Fields(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        if tag == "input" and (name := held.get("name")) and (held.get("type") != "radio" or "checked" in held):
            self.fields[name] = held.get("value") or ""
