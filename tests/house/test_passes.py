"""What the second pass leaves out cannot know which database there is."""

import pytest
from django.db import connection

from tests.passes import check_places, is_settled


def test_a_test_that_asks_for_no_database_runs_once_and_cannot_reach_one(request: pytest.FixtureRequest) -> None:
    assert is_settled(request.node)

    with pytest.raises(RuntimeError, match="Database access not allowed"):
        connection.cursor()


def test_a_test_of_the_house_that_asks_for_a_database_runs_twice(request: pytest.FixtureRequest, db: None) -> None:
    assert not is_settled(request.node)


def test_a_database_in_the_cellar_is_refused(
    request: pytest.FixtureRequest, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(request.node, "path", request.config.rootpath / "tests" / "lib" / "test_scores.py")

    with pytest.raises(pytest.UsageError, match="ask for a database"):
        check_places([request.node])
