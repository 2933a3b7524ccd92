"""How journeys find and hold a browser, and how they look for barriers in a page."""

import os
import re
import shutil
from functools import cache
from pathlib import Path
from typing import Any

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

# A page that fetches a missing file or is refused says so in the console too; that is for the test to judge.
WATCHED = re.compile(r"Content Security Policy|Uncaught|SyntaxError|TypeError")


@cache
def find_chromium() -> str | None:
    """The browser of this machine, or the one that RAPRONG_CHROMIUM names."""
    names = [os.environ.get("RAPRONG_CHROMIUM", ""), *CHROMIUMS]
    return next((path for name in names if name and (path := shutil.which(name))), None)


def violations(page: Any) -> list[str]:
    """Serious and critical violations that axe-core finds on a page, one line each."""
    # Evaluated by the debugger, so our Content-Security-Policy does not stand in its way.
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
    return [
        f"{violation['id']} ({violation['impact']}): {violation['help']}: {node['html'][:200]}"
        for violation in found
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"]
    ]
