"""A paper as a Word document, written from its first line to its last."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as DocumentPart
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml.ns import qn
from docx.shared import Cm, Emu, Pt
from docx.table import Table
from docx.text.paragraph import Paragraph

from raprong.lib.rendering.docx import styles
from raprong.lib.rendering.docx.markup import anchored, bookmark, element
from raprong.lib.rendering.docx.markup import field as field_code
from raprong.lib.rendering.docx.tables import SIDE_SHADE, Cell, Column, Row, add_lines, add_table, rule_head
from raprong.lib.rendering.docx.unbroken import unbroken
from raprong.lib.rendering.emblem import emblem_png
from raprong.lib.rendering.style import SARABUN, PrintStyle

A4_WIDTH, A4_HEIGHT = 21.0, 29.7
LEFT, RIGHT, BOTTOM = 3.0, 2.0, 2.0
FIELD_LABEL = 4.2
HEAD_FROM_TOP = 1.2
NUMBER_FROM_TOP, LYING_NUMBER_FROM_TOP = 1.3, 0.8  # where printers still reach, whatever the upper margin is
BENEATH_NUMBER = 15  # points, so that the text of a page with a number begins at the margin or as low
HEAD_SHARES = (0.284, 0.345, 0.161, 0.21)  # of the width, for the columns of the table at the top of every page
HANGING = 0.8  # from a mark to what it marks
EARLIEST_IN_ZIP = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Page:
    """What a paper says of itself, and its page: margins are in centimetres, `lying` turns it over."""

    title: str
    author: str
    dated: datetime
    thai_digits: bool = True
    top: float = 2.5
    left: float = LEFT
    right: float = RIGHT
    lying: bool = False


@dataclass
class EditablePaper:
    """A4 with the ruled margins, page numbers from the second page on, and our styles.

    The same calls give the same bytes. Nobody's signature is in it: what can be changed is not signed.
    """

    page: Page
    style: PrintStyle = SARABUN
    _document: DocumentPart = field(init=False, repr=False)
    _contents_end: Any = field(init=False, repr=False, default=None)
    _bookmarks: int = field(init=False, repr=False, default=0)

    def __post_init__(self) -> None:
        self._document = Document()
        styles.set_styles(self._document, styles.family_of(self.style))
        styles.set_settings(self._document)
        self._set_page()
        self._set_properties()

    def bytes(self) -> bytes:
        """The file."""
        written = BytesIO()
        self._document.save(written)
        return _settled(written)

    @property
    def width(self) -> float:
        """Centimetres between the margins."""
        return (A4_HEIGHT if self.page.lying else A4_WIDTH) - self.page.left - self.page.right

    def paragraph(
        self, text: str, style: str = styles.NORMAL, *, letters: str | None = None, before: float = 0, left: float = 0
    ) -> Any:
        """A paragraph in a style, `letters` being one of characters; `before` in points, `left` in centimetres."""
        made = self._document.add_paragraph(style=style)
        add_lines(made, text, letters)
        if before:
            made.paragraph_format.space_before = Pt(before)
        if left:
            made.paragraph_format.left_indent = Cm(left)
        return made

    def paragraphs(self, texts: Iterable[str], *, indent: float = 2.5, before: float = 0) -> None:
        """Text whose first lines are indented; a text of several lines is as many paragraphs."""
        for text in texts:
            for line in filter(None, text.split("\n")):
                made = self.paragraph(line, styles.PARAGRAPH, before=before)
                if indent != styles.PARAGRAPHS[styles.PARAGRAPH].first_line:
                    made.paragraph_format.first_line_indent = Cm(indent)

    def title(self, *lines: str, before: float = 0, new_page: bool = False) -> None:
        """A heading over the paper or a part of it, one line beneath the other."""
        made = self.paragraph("\n".join(filter(None, lines)), styles.HEADING, before=before)
        made.paragraph_format.page_break_before = new_page

    def running_head(
        self, side: Sequence[str], line: str, rows: Sequence[Sequence[str]], *, counted: tuple[str, str]
    ) -> None:
        """A ruled table at the top of every page, in place of the bare number.

        `side` stands beside the `line` and the `rows` of three. An empty cell holds the number of the page, `counted`
        being the words before it and before that of all pages: page 2 of 9.
        """
        section = self._document.sections[0]
        section.different_first_page_header_footer = False
        section.header_distance = Cm(HEAD_FROM_TOP)
        below = section.header.paragraphs[0]
        below.clear()
        below.style = styles.IN_TABLE
        table = section.header.add_table(1 + len(rows), 1 + len(rows[0]), Cm(self.width))
        table.style = "Table Grid"
        rule_head(table, [round(share * self.width, 2) for share in HEAD_SHARES])
        first, *others = side
        self._headed(table.cell(0, 0), first, letters=styles.STRONG)
        add_lines(table.cell(0, 0).paragraphs[0], "\n".join(others), after=True)
        self._headed(table.cell(0, 1), line)
        for at, row in enumerate(rows, start=1):
            for place, text in enumerate(row, start=1):
                cell = self._headed(table.cell(at, place), text)
                if not text:
                    self._count_pages(cell, *counted)
        below._p.addprevious(table._tbl)

    @staticmethod
    def _headed(cell: Any, text: str, letters: str | None = None) -> Any:
        made = cell.paragraphs[0]
        made.style = styles.IN_TABLE
        add_lines(made, text, letters)
        return made

    def _count_pages(self, line: Any, page: str, of: str) -> None:
        for before, code in ((f"{page} ", "PAGE"), (f" {of} ", "NUMPAGES")):
            line.add_run(before)
            run = line.add_run()
            for part in field_code(self._counted(code)):
                run._r.append(part)

    def _counted(self, code: str) -> str:
        """A field of numbers in the digits of the paper.

        Word follows the section only in the number of the page itself, and takes its switches in either case.
        LibreOffice has no Thai digits for a field: it reads `ThaiArabic` as letters, and this as nothing.
        """
        return f"{code} \\* THAIARABIC" if self.page.thai_digits else code

    def contents(self, title: str, heading: str, page: str) -> None:
        """A page on which every later `heading` is named with its page."""
        self.title(title, new_page=True)
        head = self.paragraph("", styles.CONTENTS)
        head.paragraph_format.tab_stops.add_tab_stop(Cm(self.width), WD_TAB_ALIGNMENT.RIGHT)
        head.add_run(f"{heading}\t{page}", style=styles.STRONG)
        self.gap()
        self._contents_end = self._document.paragraphs[-1]

    def heading(self, text: str, *, new_page: bool = False) -> None:
        """The heading of a section, which the contents name where the paper has them."""
        made = self.paragraph(text, styles.SECTION)
        made.paragraph_format.page_break_before = new_page or None
        if self._contents_end is not None:
            self._bookmarks += 1
            name = f"_Contents{self._bookmarks}"
            bookmark(made, name, self._bookmarks)
            entry = self._contents_end.insert_paragraph_before(style=styles.CONTENTS)
            edge = Cm(self.width)
            entry.paragraph_format.tab_stops.add_tab_stop(edge, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
            add_lines(entry, f"{text}\t")
            run = entry.add_run()
            for part in field_code(self._counted(f"PAGEREF {name} \\h"), stale=True):
                run._r.append(part)

    def emblem(self, height_mm: int, name: str, *, centred: bool) -> None:
        """The emblem at the head of the page, its drawing or a marked frame; what follows stands beside or under it."""
        picture = BytesIO(emblem_png(self.style, height_mm=height_mm, name=name))
        paragraph = self._document.paragraphs[-1]
        shape = paragraph.add_run().add_picture(picture, height=Cm(height_mm / 10))
        shape._inline.docPr.attrib.update({"descr": name, "name": name})
        shape._inline.getparent().replace(shape._inline, anchored(shape._inline, left=Emu(0), centred=centred))

    def dotted(self, *pairs: tuple[str, str]) -> None:
        """Labels with their values side by side, each running out in dots to the end of its share of the line."""
        made = self._document.add_paragraph(style=styles.NORMAL)
        made.paragraph_format.space_after = Pt(3)
        share = styles.TEXT_WIDTH / len(pairs)
        for order, (label, value) in enumerate(pairs, start=1):
            edge = WD_TAB_ALIGNMENT.RIGHT if order == len(pairs) else WD_TAB_ALIGNMENT.LEFT
            made.paragraph_format.tab_stops.add_tab_stop(Cm(share * order), edge, WD_TAB_LEADER.DOTS)
            made.add_run(label, style=styles.NAMED)
            made.add_run(f" {unbroken(value)}\t")

    def labelled(self, label: str, lines: Sequence[str], *, width: float, before: float = 0) -> None:
        """A label and its value, whose further lines stand under the first; `width` is that of the label."""
        made = self._document.add_paragraph(style=styles.NORMAL)
        made.paragraph_format.left_indent, made.paragraph_format.first_line_indent = Cm(width), Cm(-width)
        made.paragraph_format.tab_stops.add_tab_stop(Cm(width))
        made.paragraph_format.space_before = Pt(before)
        made.add_run(f"{label}\t")
        add_lines(made, "\n".join(lines))

    def beside(self, left: str, right: Sequence[str], *, at: float, before: float = 0) -> None:
        """A text at the left margin and lines that begin at `at` centimetres, as at the head of a letter."""
        for order, line in enumerate(right):
            made = self._document.add_paragraph(style=styles.NORMAL)
            made.paragraph_format.left_indent, made.paragraph_format.first_line_indent = Cm(at), Cm(-at)
            made.paragraph_format.tab_stops.add_tab_stop(Cm(at))
            made.paragraph_format.space_before = Pt(before if order == 0 else 0)
            made.add_run(f"{left if order == 0 else ''}\t{unbroken(line)}")

    def fields(self, pairs: Iterable[tuple[str, str]]) -> None:
        """A table of labels and values; pairs without a value are left out."""
        columns = (Column(FIELD_LABEL), Column(styles.TEXT_WIDTH - FIELD_LABEL))
        rows = [(Cell(label, bold=True, shade=SIDE_SHADE), value) for label, value in pairs if value]
        if rows:
            add_table(self._document, columns, rows, style=styles.IN_FIELD)

    def table(
        self,
        columns: Sequence[Column],
        rows: Sequence[Row],
        *,
        small: bool = True,
        ruled: bool = True,
        left: float = 0,
    ) -> None:
        """A table in small letters or those of the body, `left` centimetres in from the margin."""
        style = styles.IN_TABLE if small else styles.IN_FIELD
        add_table(self._document, columns, rows, style=style, ruled=ruled, left=left)

    def listed(self, marks: Sequence[str], items: Sequence[str], *, indent: float = 1.0, small: bool = False) -> None:
        """Items beneath each other, each after its mark.

        Marks are written out: LibreOffice would count a list in other digits than the paper's.
        """
        for mark, item in zip(marks, items, strict=True):
            made = self.paragraph(f"{mark}\t{item}", styles.REMARK if small else styles.LISTED)
            made.paragraph_format.left_indent = Cm(indent + HANGING)
            made.paragraph_format.first_line_indent = Cm(-HANGING)
            made.paragraph_format.tab_stops.add_tab_stop(Cm(indent + HANGING))

    def gap(self, points: float = 6) -> None:
        """Empty room, as between two tables."""
        made = self._document.add_paragraph(style=styles.NORMAL)
        made.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        made.paragraph_format.line_spacing = Pt(points)

    def signature(
        self, lines: Sequence[str], *, role: str = "", closing: str = "", opening: str = "", indent: float = 0
    ) -> None:
        """Room for a pen over the lines that say who signs, in the right half, never on a page without other words.

        `closing` is the phrase over it and `role` what the signer is here; an `opening` stands before all, `indent`
        centimetres from the margin.
        """
        self._keep_last_with_next()
        if opening:
            self.paragraph(opening, before=12, left=indent).paragraph_format.keep_with_next = True
        if closing:
            self.paragraph(closing, styles.SIGNED, before=14)
        for order, line in enumerate(lines):
            made = self.paragraph(line, styles.SIGNED, before=36 if order == 0 else 0)
        if role:
            made = self.paragraph(role, styles.SIGNED, letters=styles.STRONG)
        made.paragraph_format.keep_with_next = False

    def _keep_last_with_next(self) -> None:
        """What was written last stays on the page of what follows: a paragraph, or the last row of a table."""
        for block in list(self._document.iter_inner_content())[-1:]:
            for paragraph in [block] if isinstance(block, Paragraph) else _last_row(block):
                paragraph.paragraph_format.keep_with_next = True

    def rule(self, centimetres: float) -> None:
        """A short line in the middle."""
        made = self.paragraph("\t", styles.NORMAL)
        start, end = (styles.TEXT_WIDTH - centimetres) / 2, (styles.TEXT_WIDTH + centimetres) / 2
        made.paragraph_format.left_indent = Cm(start)
        made.paragraph_format.tab_stops.add_tab_stop(Cm(end), WD_TAB_ALIGNMENT.LEFT, WD_TAB_LEADER.LINES)
        made.paragraph_format.space_after = Pt(8)

    def centred(self, text: str, *, before: float = 0, after: float = 0) -> Any:
        made = self.paragraph(text, before=before)
        made.alignment = WD_ALIGN_PARAGRAPH.CENTER
        made.paragraph_format.space_after = Pt(after)
        return made

    def _set_page(self) -> None:
        section = self._document.sections[0]
        section.page_width, section.page_height = Cm(A4_WIDTH), Cm(A4_HEIGHT)
        if self.page.lying:
            section.orientation = WD_ORIENT.LANDSCAPE
            section.page_width, section.page_height = section.page_height, section.page_width
        section.left_margin, section.right_margin = Cm(self.page.left), Cm(self.page.right)
        section.top_margin, section.bottom_margin = Cm(self.page.top), Cm(BOTTOM)
        section.header_distance = Cm(LYING_NUMBER_FROM_TOP if self.page.lying else NUMBER_FROM_TOP)
        section.footer_distance = Cm(1)
        section.different_first_page_header_footer = True
        none = section.first_page_header.paragraphs[0]  # as low as can be, so that a memorandum begins at its margin
        none.paragraph_format.line_spacing_rule, none.paragraph_format.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(1)
        numbers = element("w:pgNumType", fmt="thaiNumbers" if self.page.thai_digits else "decimal")
        section._sectPr.find(qn("w:cols")).addprevious(numbers)
        self._number_pages(section.header.paragraphs[0])

    def _number_pages(self, header: Any) -> None:
        header.style, header.alignment = styles.NORMAL, WD_ALIGN_PARAGRAPH.CENTER
        header.paragraph_format.space_after = Pt(BENEATH_NUMBER)
        header.add_run("-")
        run = header.add_run()
        for part in field_code("PAGE"):
            run._r.append(part)
        header.add_run("-")

    def _set_properties(self) -> None:
        properties = self._document.core_properties
        properties.title, properties.author, properties.last_modified_by = (
            self.page.title[:255],
            self.page.author[:255],
            "",
        )
        properties.comments, properties.language, properties.revision = "", "th-TH", 1
        properties.created = properties.modified = self.page.dated.astimezone(UTC).replace(tzinfo=None)


def _last_row(table: Table) -> list[Paragraph]:
    return [paragraph for cell in table.rows[-1].cells for paragraph in cell.paragraphs]


def _settled(written: BytesIO) -> bytes:
    """The same file without the moment at which its parts were packed."""
    settled = BytesIO()
    with ZipFile(written) as source, ZipFile(settled, "w", ZIP_DEFLATED) as target:
        for part in source.infolist():
            entry = ZipInfo(part.filename, EARLIEST_IN_ZIP)
            entry.compress_type = ZIP_DEFLATED
            target.writestr(entry, source.read(part))
    return settled.getvalue()
