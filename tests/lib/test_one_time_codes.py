"""RFC 6238, appendix B: the secret is "12345678901234567890", the codes' last six digits are ours."""

import base64
from datetime import UTC, datetime, timedelta

import pytest

from raprong.lib.one_time_codes import code_of, matching_step, new_secret, step_of

SECRET = base64.b32encode(b"12345678901234567890").decode()


@pytest.mark.parametrize(
    "seconds, code",
    [
        (59, "287082"),
        (1_111_111_109, "081804"),
        (1_111_111_111, "050471"),
        (1_234_567_890, "005924"),
        (2_000_000_000, "279037"),
        (20_000_000_000, "353130"),
    ],
)
def test_codes_are_those_of_the_standard(seconds: int, code: str) -> None:
    at = datetime.fromtimestamp(seconds, UTC)

    assert code_of(SECRET, step_of(at)) == code


@pytest.mark.parametrize("typed", ["287082", "287 082", " 287-082 ", "๒๘๗๐๘๒"])
def test_a_code_is_read_however_it_is_typed(typed: str) -> None:
    assert matching_step(SECRET, typed, at=datetime.fromtimestamp(59, UTC)) == 1


@pytest.mark.parametrize("late, good", [(-30, True), (0, True), (30, True), (60, False), (-91, False)])
def test_a_clock_may_be_off_by_half_a_minute(late: int, good: bool) -> None:
    at = datetime.fromtimestamp(1_111_111_110, UTC)
    code = code_of(SECRET, step_of(at))

    assert (matching_step(SECRET, code, at=at + timedelta(seconds=late)) is not None) == good


@pytest.mark.parametrize("typed", ["", "28708", "2870821", "abcdef"])
def test_what_is_no_code_matches_nothing(typed: str) -> None:
    assert matching_step(SECRET, typed, at=datetime.fromtimestamp(59, UTC)) is None


def test_secrets_differ_and_hold_160_bits() -> None:
    made = {new_secret() for _turn in range(20)}

    assert len(made) == 20
    assert {len(base64.b32decode(secret)) for secret in made} == {20}
