"""Papers that people go on editing, as Word documents with real styles. Knows pages and lines; no paper by name."""

from raprong.lib.rendering.docx.document import EditablePaper, Page
from raprong.lib.rendering.docx.tables import Cell, Column

__all__ = ["Cell", "Column", "EditablePaper", "Page"]
