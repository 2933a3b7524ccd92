"""Which tests each of two passes leaves out, where the second is on another database.

The second leaves out what cannot know which database there is. A test that asks for no database cannot reach one:
pytest-django shuts it, and words of the command line that run as processes of their own have SQLite for themselves.
Below some folders a test may not even ask; it is refused when it is collected. What asks for one but is about words,
pages or definitions is marked `once`.

A whole year is taken through the browser in each pass, by minutes in the first, by the calendar in the second. Without
a second pass the first does both.
"""

from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parent
WITHOUT_DATABASE = frozenset({"lib", "documents", "definitions"})  # folders of tests
STORIES = frozenset({"web", "journeys"})  # folders where a browser is opened
OF_THE_SECOND = "test_year_by_calendar.py"  # the story that goes through every room on the other database
DATABASES = frozenset({"db", "transactional_db", "live_server"})  # fixtures; every other one stands on these


class Pass:
    """The one that runs; set when pytest has read its options."""

    is_second = False


def is_left_to_the_second(item: pytest.Item) -> bool:
    return item.path.name == OF_THE_SECOND


def is_settled(item: pytest.Item) -> bool:
    """Whether the first pass says all that a test can say: it asks for no database, it looks at pages in a browser, or
    it is marked `once`.

    What pages ask of the database is tested without a browser, and by one whole year in it.
    """
    if item.get_closest_marker("postgresql"):
        return False
    return not asks_for_database(item) or is_story(item) or item.get_closest_marker("once") is not None


def is_story(item: pytest.Item) -> bool:
    in_a_browser = folder_of(item) in STORIES and "browser" in getattr(item, "fixturenames", ())
    return in_a_browser and not is_left_to_the_second(item)


def asks_for_database(item: pytest.Item) -> bool:
    asked = DATABASES.intersection(getattr(item, "fixturenames", ()))
    return bool(asked) or item.get_closest_marker("django_db") is not None


def has_no_database(folder: Path) -> bool:
    """Whether it is one of the folders of `tests` in which no test may ask for a database."""
    return folder.name in WITHOUT_DATABASE and folder.parent == TESTS


def check_places(items: list[pytest.Item]) -> None:
    """Refuse tests with a database in the folders that have none."""
    wrong = [item.nodeid for item in items if folder_of(item) in WITHOUT_DATABASE and asks_for_database(item)]
    if wrong:
        raise pytest.UsageError("These tests ask for a database; move them to their room: " + ", ".join(wrong))


def folder_of(item: pytest.Item) -> str:
    """The folder of `tests` that a test lies in; empty for one that lies in none."""
    parts = item.path.relative_to(item.config.rootpath).parts
    return parts[1] if len(parts) > 2 else ""
