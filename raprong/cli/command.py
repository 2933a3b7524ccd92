"""What every word of `raprong` has in common: it starts quickly, and a refusal is a sentence on stderr."""

import json
from collections.abc import Iterable
from typing import Any, NoReturn

from django.core.management.base import BaseCommand
from django.utils import translation

from raprong.access.rules import Refused

BROKEN = 1  # what was asked about does not hold
REFUSED = 2  # what was asked cannot be done


class Word(BaseCommand):
    """A word of `raprong`. Its own sentences and those of the rooms are English; what an office wrote stays as it is.

    Exit status: 0 when all is well, 1 when what was looked at does not hold, 2 when the question cannot be answered.
    """

    requires_system_checks: list[str] = []

    def execute(self, *args: Any, **options: Any) -> str | None:
        with translation.override("en"):
            try:
                return super().execute(*args, **options)
            except Refused as refused:
                self.stop([str(refused)])

    def say(self, sentence: str = "") -> None:
        """Print at once, so that whoever waits sees what is being done."""
        self.stdout.write(sentence)
        self.stdout.flush()

    def say_json(self, data: Any) -> None:
        self.say(json.dumps(data, ensure_ascii=False, indent=2))

    def stop(self, sentences: Iterable[str], status: int = REFUSED) -> NoReturn:
        """Tell every fault at once on stderr, and leave."""
        for sentence in sentences:
            self.stderr.write(sentence)
        raise SystemExit(status)
