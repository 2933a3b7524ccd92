import pytest

from raprong.lib.locked_text import Locked, locked, unlocked


def test_a_locked_text_opens_with_its_passphrase() -> None:
    kept = locked("ความลับ", "passphrase")

    assert "ความลับ" not in kept
    assert unlocked(kept, "passphrase") == "ความลับ"


def test_another_passphrase_does_not_open_it() -> None:
    kept = locked("secret", "passphrase")

    with pytest.raises(Locked):
        unlocked(kept, "another")


def test_a_changed_text_does_not_open() -> None:
    kept = locked("secret", "passphrase")

    with pytest.raises(Locked):
        unlocked(kept[:-4] + "AAAA", "passphrase")
