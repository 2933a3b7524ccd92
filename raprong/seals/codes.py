"""The code printed on a paper, by which anybody checks it: twelve letters, read aloud in fours.

Sixty bits from the system's own randomness, so that codes cannot be guessed at the rate that the page allows. Letters
are Crockford's: without those that are taken for others, and forgiving to whoever types them.
"""

import secrets

from django.conf import settings

from raprong.documents import CheckMark

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH, IN_GROUPS_OF = 12, 4
TAKEN_FOR = str.maketrans({"O": "0", "I": "1", "L": "1", "-": "", " ": ""})
PAGE = "/verify/"


def new_code() -> str:
    return "".join(secrets.choice(LETTERS) for _letter in range(LENGTH))


def spoken(code: str) -> str:
    """``7K2M-9QXT-0B4C``: as it is printed."""
    return "-".join(code[start : start + IN_GROUPS_OF] for start in range(0, len(code), IN_GROUPS_OF))


def code_in(typed: str) -> str:
    """The code that somebody typed; empty where it cannot be one."""
    plain = typed.strip().upper().translate(TAKEN_FOR)
    return plain if len(plain) == LENGTH and all(letter in LETTERS for letter in plain) else ""


def mark_for(code: str, *, note: str) -> CheckMark | None:
    """What is printed at the foot of a paper: its code where this installation knows its own address, and a note."""
    if settings.SITE_ADDRESS:
        address = f"{settings.SITE_ADDRESS.rstrip('/')}{PAGE}{spoken(code)}"
        return CheckMark(address=address, code=spoken(code), note=note)
    return CheckMark(address="", code="", note=note) if note else None
