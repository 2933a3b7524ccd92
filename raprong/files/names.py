"""Names of files as people give them, made fit to be kept and shown."""

import unicodedata
from itertools import dropwhile
from pathlib import PurePath

LONGEST_NAME = 200


def clean_name(name: str) -> str:
    """A file's own name: no folders, nothing that is not printed or turns the reading round, 200 characters at most.

    Thai vowels and tone marks are kept in their usual order; one that stands before any letter is dropped, and a name
    is never cut between a letter and its marks.
    """
    bare = PurePath(name.replace("\\", "/")).name
    printed = "".join(letter for letter in unicodedata.normalize("NFC", bare) if letter.isprintable())
    begun = dropwhile(lambda letter: letter in ". " or _is_mark(letter), printed)
    return _shortened("".join(begun)) or "file"


def _shortened(name: str) -> str:
    """At most 200 characters, the ending kept."""
    if len(name) <= LONGEST_NAME:
        return name
    ending = PurePath(name).suffix if len(PurePath(name).suffix) <= 10 else ""
    stem = name[: LONGEST_NAME - len(ending)]
    while stem and _is_mark(name[len(stem)]):
        stem = stem[:-1]
    return stem + ending


def _is_mark(letter: str) -> bool:
    """Whether it stands above or below the letter before it, as Thai vowels and tone marks do."""
    return unicodedata.category(letter) == "Mn"
