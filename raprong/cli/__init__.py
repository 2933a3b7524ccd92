"""The `raprong` command: a door like the web. Each word is a management command of a few lines that calls one verb."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from tempfile import TemporaryDirectory

IN_A_HOUSE_OF_ITS_OWN = "rehearse"


def main() -> None:
    """Run `raprong WORD ...`."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "raprong.config.settings")
    from django.core.management import execute_from_command_line  # after the settings are named

    in_its_house = throw_away_installation() if IN_A_HOUSE_OF_ITS_OWN in sys.argv[1:2] else nullcontext()
    try:
        with in_its_house:
            execute_from_command_line(["raprong", *sys.argv[1:]])
            sys.stdout.flush()
    except BrokenPipeError:  # whoever read our answer, such as `head`, has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@contextmanager
def throw_away_installation() -> Iterator[None]:
    """Before the settings are read: a data folder and a database of their own, gone when the word is done."""
    with TemporaryDirectory(prefix="raprong-rehearsal-") as folder:
        os.environ["RAPRONG_DATA_DIR"] = folder
        os.environ.pop("DATABASE_URL", None)
        yield
