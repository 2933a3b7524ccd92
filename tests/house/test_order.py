"""Every worker of a run begins with its part of the long stories."""

from tests.order import stories_first


def test_stories_are_dealt_out_at_the_head_of_every_piece() -> None:
    row = stories_first(["S1", "S2", "S3", "S4"], ["a", "b", "c", "d", "e", "f"], workers=3)

    pieces = row[:3], row[3:6], row[6:]  # as pytest-xdist cuts ten among three
    assert [[name for name in piece if name.startswith("S")] for piece in pieces] == [["S1", "S4"], ["S2"], ["S3"]]
    assert sorted(row) == sorted(["S1", "S2", "S3", "S4", "a", "b", "c", "d", "e", "f"])


def test_more_stories_than_other_tests_lose_none() -> None:
    row = stories_first(["S1", "S2", "S3"], ["a"], workers=4)

    assert sorted(row) == ["S1", "S2", "S3", "a"]


def test_one_process_tells_the_stories_first() -> None:
    assert stories_first(["S1"], ["a", "b"], workers=1) == ["S1", "a", "b"]
