"""Every kind of audit entry and of notice has its sentence, and every sentence is told somewhere."""

import re

import pytest

from raprong.audit import kinds as audit_kinds
from raprong.notifications import kinds as notice_kinds
from tests.house.source import calls, patterns, texts, written_first

# The room's apps.py is where kinds are registered; what is used is written elsewhere.
REGISTERED_IN = "apps.py"
CODE = re.compile(r"[a-z_]+(\.[a-z_]+)+")


def unused(kinds: set[str]) -> list[str]:
    written, forms = texts(besides=REGISTERED_IN), patterns(besides=REGISTERED_IN)
    return sorted(kind for kind in kinds if kind not in written and not any(form.fullmatch(kind) for form in forms))


@pytest.mark.parametrize(
    ("verb", "place", "registered"),
    [("record", 0, audit_kinds.all_kinds()), ("tell", 1, notice_kinds.all_kinds())],
    ids=["audit", "notices"],
)
def test_every_kind_that_is_written_is_registered(verb: str, place: int, registered: dict[str, object]) -> None:
    used = {where: kind for where, call in calls(verb) if (kind := written_first(call, place))}

    assert used
    assert {where: kind for where, kind in used.items() if kind not in registered} == {}


@pytest.mark.parametrize("registered", [audit_kinds.all_kinds(), notice_kinds.all_kinds()], ids=["audit", "notices"])
def test_every_registered_kind_is_used(registered: dict[str, object]) -> None:
    assert unused(set(registered)) == []


@pytest.mark.parametrize("registered", [audit_kinds.all_kinds(), notice_kinds.all_kinds()], ids=["audit", "notices"])
def test_kinds_are_codes_with_dots_and_have_words(registered: dict[str, object]) -> None:
    odd = [kind for kind, sentence in registered.items() if not CODE.fullmatch(kind) or not str(sentence).strip()]

    assert odd == []
