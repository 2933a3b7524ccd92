"""The styles of our editable papers: sizes, indents and spaces as the rules for official papers name them.

Source: ระเบียบสำนักนายกรัฐมนตรีว่าด้วยงานสารบรรณ พ.ศ. 2526 and the handbook of typing after it.
Points are those of TH Sarabun, which the officers who go on editing have on their machines.
"""

from dataclasses import dataclass
from typing import Any, Final

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from raprong.lib.rendering.docx.markup import element, set_letters
from raprong.lib.rendering.style import PrintStyle

RULED_FAMILY: Final = "TH Sarabun New"
BODY, LABEL, TITLE, SMALL = 16, 20, 29, 13  # points
TEXT_WIDTH: Final = 16.0  # centimetres between the margins of A4
RIGHT_HALF: Final = 7.45  # where the right half begins, in which letters are closed and signed

NORMAL, TITLED, PARAGRAPH, SIGNED = "Normal", "Title", "Body Text", "Signature"
HEADING, SECTION, SUBSECTION = "Heading 1", "Heading 2", "Heading 3"
LISTED, CONTENTS = "List Paragraph", "toc 1"
IN_TABLE, IN_FIELD, REMARK = "Table Text", "Field Text", "Remark"
STRONG, NAMED = "Strong", "Label"


@dataclass(frozen=True)
class Form:
    """How a paragraph style looks; spaces in points, indents in centimetres."""

    points: float = BODY
    bold: bool = False
    align: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.LEFT
    line: float = 18  # at least so high, whatever font the machine has in the ruled one's place
    before: float = 0
    after: float = 0
    first_line: float = 0
    left: float = 0
    kept: bool = False  # stays on the page of what follows


CENTRE = WD_ALIGN_PARAGRAPH.CENTER
PARAGRAPHS: Final = {
    NORMAL: Form(),
    TITLED: Form(points=TITLE, bold=True, align=CENTRE, line=35, before=4, after=4, kept=True),
    HEADING: Form(points=LABEL, bold=True, align=CENTRE, line=23, after=6, kept=True),
    SECTION: Form(bold=True, before=12, after=4, kept=True),
    SUBSECTION: Form(bold=True, before=8, after=4, kept=True),
    PARAGRAPH: Form(first_line=2.5, after=6),
    SIGNED: Form(align=CENTRE, left=RIGHT_HALF, kept=True),
    LISTED: Form(after=2),
    CONTENTS: Form(after=4),
    IN_TABLE: Form(points=SMALL, line=13),
    IN_FIELD: Form(line=16),
    REMARK: Form(points=SMALL, line=15, before=4),
}


def family_of(style: PrintStyle) -> str:
    """The family that people edit with: the agency's own where it has the ruled sizes, else the ruled one."""
    return style.family if style.scale == 1 else RULED_FAMILY


def set_styles(document: Document, family: str) -> None:
    """Give a new document our styles, and take the template's colours and themes out of those it keeps."""
    defaults = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    set_letters(defaults, family=family, points=BODY)
    defaults.find(qn("w:lang")).attrib.update({qn("w:val"): "th-TH", qn("w:bidi"): "th-TH"})
    for name, form in PARAGRAPHS.items():
        _set_paragraph(_style(document, name, WD_STYLE_TYPE.PARAGRAPH), form, family)
    for name, points in ((STRONG, 0), (NAMED, LABEL)):
        letters = _style(document, name, WD_STYLE_TYPE.CHARACTER).element.get_or_add_rPr()
        set_letters(letters, family=family, points=points, bold=True)


def _style(document: Document, name: str, kind: WD_STYLE_TYPE) -> Any:
    return document.styles[name] if name in document.styles else document.styles.add_style(name, kind)


def _set_paragraph(style: Any, form: Form, family: str) -> None:
    letters = style.element.get_or_add_rPr()
    for child in list(letters):
        letters.remove(child)
    set_letters(letters, family=family, points=form.points, bold=form.bold)
    for border in list(style.element.iter(qn("w:pBdr"))):
        border.getparent().remove(border)
    layout = style.paragraph_format
    layout.alignment, layout.keep_with_next, layout.keep_together = form.align, form.kept, form.kept
    layout.space_before, layout.space_after = Pt(form.before), Pt(form.after)
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.AT_LEAST, Pt(form.line)
    layout.first_line_indent, layout.left_indent = Cm(form.first_line), Cm(form.left)
    layout.widow_control = True
    style.quick_style, style.hidden = True, False


def set_settings(document: Document) -> None:
    """Say that the file is of today's Word, which would otherwise break its lines as an old one did."""
    settings = document.settings.element
    for old in settings.findall(qn("w:compat")):
        settings.remove(old)
    compatibility = element("w:compat")
    mode = element(
        "w:compatSetting", name="compatibilityMode", uri="http://schemas.microsoft.com/office/word", val="15"
    )
    compatibility.append(mode)
    mark = settings.find(qn("w:rsids"))
    place = mark if mark is not None else settings.find(qn("w:themeFontLang"))
    place.addprevious(compatibility)
    settings.find(qn("w:themeFontLang")).set(qn("w:bidi"), "th-TH")
