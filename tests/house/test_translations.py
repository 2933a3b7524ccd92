"""Thai is complete in every catalogue: nothing missing, fuzzy, left over, or said in two ways."""

import pytest

from scripts import messages

SOURCES = {source.name: source for source in messages.sources()}


@pytest.mark.parametrize("name", SOURCES)
def test_thai_of_catalogue_is_complete(name: str) -> None:
    assert list(messages.faults_of(SOURCES[name])) == []


def test_no_string_has_two_translations() -> None:
    assert list(messages.two_ways(list(SOURCES.values()))) == []
