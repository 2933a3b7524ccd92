"""The archival forms that a paper can be printed in, all of them PDF/A (ISO 19005)."""

from enum import StrEnum


class PdfStandard(StrEnum):
    """Values are the names that Typst knows them by.

    A form of level A carries tags for screen readers and includes all that level B of its part asks for. Only part 3
    may carry attachments.
    """

    A_1B = "a-1b"  # the oldest: for validators that know no other
    A_2B = "a-2b"
    A_2A = "a-2a"
    A_3A = "a-3a"

    @property
    def may_attach(self) -> bool:
        return self is PdfStandard.A_3A
