"""Several faults at once: a form is told everything that is wrong with it, each at its place."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.utils.functional import Promise


@dataclass(frozen=True)
class Fault:
    """What is wrong and what to do, and the field it belongs to; an empty field means the whole form."""

    field: str
    sentence: str | Promise


class Faults(Exception):
    """Nothing was stored because of these."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(str(fault.sentence) for fault in faults))
        self.faults = faults


@dataclass
class FaultList:
    """Collects faults while a rule looks at everything it was given."""

    faults: list[Fault] = field(default_factory=list)

    def add(self, field: str, sentence: str | Promise) -> None:
        self.faults.append(Fault(field, sentence))


@contextmanager
def all_at_once() -> Iterator[FaultList]:
    """Collect faults in the block and refuse with all of them at its end."""
    found = FaultList()
    yield found
    if found.faults:
        raise Faults(found.faults)
