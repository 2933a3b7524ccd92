"""Reading of environment variables for the settings: text, flags, lists of words and the secret key."""

import os
import secrets
from pathlib import Path


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default)


def flag(name: str) -> bool:
    return text(name).lower() in {"1", "true", "yes", "on"}


def words(name: str, default: str = "") -> list[str]:
    return text(name, default).split()


def secret_key(kept_in: Path) -> str:
    """The installation's secret: from RAPRONG_SECRET_KEY, or made once and kept in the data folder."""
    if given := text("RAPRONG_SECRET_KEY"):
        return given
    if not kept_in.exists():
        kept_in.parent.mkdir(parents=True, exist_ok=True)
        made_by_us = os.open(kept_in, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600)
        with os.fdopen(made_by_us, "w") as file:
            file.write(secrets.token_urlsafe(48))
    return kept_in.read_text().strip()
