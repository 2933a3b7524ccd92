"""How journeys find and hold a browser, and how they look for barriers in a page."""

import os
import re
import shutil
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Error, Locator

AXE = Path(__file__).resolve().parent.parent / "node_modules" / "axe-core" / "axe.min.js"

# Chromium talks to its maker's hosts unless told not to; in a closed network each try is an error.
BROWSER_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost",
]

# The shell has no windows, menus and pages of its own to draw, and is the quicker for it.
CHROMIUMS = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"]

# All that axe-core has to tell of a page takes longer to hand over than to find.
SERIOUS_VIOLATIONS = """
axe.run({ resultTypes: ["violations"], elementRef: false }).then(({ violations }) =>
  violations
    .filter(({ impact }) => ["serious", "critical"].includes(impact))
    .flatMap(({ id, impact, help, nodes }) =>
      nodes.map(({ html }) => `${id} (${impact}): ${help}: ${html.slice(0, 200)}`)))
"""

PATIENCE = 30_000  # milliseconds: a busy machine is no fault of a page

# A page that fetches a missing file or is refused says so in the console too; that is for the test to judge.
WATCHED = re.compile(r"Content Security Policy|Uncaught|SyntaxError|TypeError")


@cache
def find_chromium() -> str | None:
    """The browser of this machine, or the one that RAPRONG_CHROMIUM names."""
    names = [os.environ.get("RAPRONG_CHROMIUM", ""), *CHROMIUMS]
    return next((path for name in names if name and (path := shutil.which(name))), None)


def violations(page: Any) -> list[str]:
    """Serious and critical violations that axe-core finds on a page, one line each."""
    try:
        return _seen_by_axe(page)
    except Error as error:
        if "context was destroyed" not in str(error):
            raise
        page.wait_for_load_state()  # the page that was asked for came only now: that one is meant
        return _seen_by_axe(page)


def _seen_by_axe(page: Any) -> list[str]:
    # Evaluated by the debugger, so our Content-Security-Policy does not stand in its way.
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[str] = page.evaluate(SERIOUS_VIOLATIONS)
    return found


def wait_after_clicks(patch: pytest.MonkeyPatch) -> None:
    """Nobody touches a page before it stands. A click waits for the answer to begin, not for its scripts to listen."""
    click = Locator.click

    def click_and_wait(locator: Locator, **how: Any) -> None:
        click(locator, **how)
        locator.page.wait_for_load_state("domcontentloaded")

    patch.setattr(Locator, "click", click_and_wait)
