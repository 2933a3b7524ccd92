"""How much of a file is read. What is larger is refused in words; nothing is read half."""

MOST_ROWS = 10_000  # that say something, headings included
MOST_BYTES_OF_CSV = 20 * 1024**2  # nothing in it is packed
MOST_COLUMNS = 100
MOST_TEXTS = 400_000  # that the cells of a workbook share
MOST_LETTERS_IN_CELL = 32_767  # as spreadsheet programs have it; the rest of a longer one is passed over
MOST_MERGES = 20_000


class TooManyRows(Exception):
    """A sheet has more rows, texts or merged ranges than any list of KPIs."""
