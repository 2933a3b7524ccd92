"""Links given as evidence are looked at again from week to week, and their givers hear of what is no longer as it was.

The room of files knows no notices, and that of notices no files; so this stands at the door.
"""

from __future__ import annotations

from datetime import datetime

from raprong.files import links
from raprong.files.models import LinkCheck
from raprong.notifications.actions import tell

MOST_AT_ONCE = 60  # a quarter of an hour, if each is as slow as can be


def look_at_links(at: datetime) -> int:
    """Look at the links that are due, and warn; answer how many were looked at."""
    found = [links.check(link, at=at) for link in links.due(at)[:MOST_AT_ONCE]]
    for check in found:
        if check.is_news:
            warn(check, at=at)
    return len(found)


def warn(check: LinkCheck, *, at: datetime) -> None:
    link = check.link
    tell([link.given_by], f"link.{check.found}", about=link, at=at, title=link.title)
