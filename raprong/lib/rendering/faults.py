"""What is wrong with a paper, in words for the person who filled it in."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One fault: where it lies and what to do, in English and in Thai."""

    where: str
    english: str
    thai: str

    def __str__(self) -> str:
        return f"{self.where}: {self.english}" if self.where else self.english


class PaperRefused(Exception):
    """The paper cannot be printed as it stands. Carries every fault found, not only the first."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(self.faults)  # as given, so that it can be packed and sent between processes

    def __str__(self) -> str:
        return "\n".join(str(fault) for fault in self.faults)
