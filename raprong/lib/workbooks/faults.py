"""What is wrong in a workbook, said so that its owner can put a finger on it."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class CellFault:
    """One fault: its sheet, row (none for the whole sheet), column by letter and heading, and what to do about it."""

    sheet: str
    row: int | None
    column: str
    heading: str
    sentence: str
    sentence_th: str

    def __str__(self) -> str:
        row = f"row {self.row}" if self.row else ""
        column = f"column {self.column} {self.heading}".strip() if self.column else self.heading
        place = ", ".join(part for part in (self.sheet, row, column) if part)
        return f"{place}: {self.sentence}" if place else self.sentence


class WorkbookFaults(ValueError):
    """A workbook that cannot be taken in; ``faults`` holds every reason, in the order of its sheets and rows."""

    def __init__(self, faults: Sequence[CellFault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = tuple(faults)


def whole_file(sentence: str, sentence_th: str) -> WorkbookFaults:
    """A file that cannot even be opened as a workbook."""
    return WorkbookFaults([CellFault("", None, "", "", sentence, sentence_th)])
