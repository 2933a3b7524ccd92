"""Compile one Typst template again and again with other data."""

import json
import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import typst

from raprong.lib.rendering.faults import Fault, PaperRefused
from raprong.lib.rendering.standards import PdfStandard
from raprong.lib.rendering.style import SARABUN, PrintStyle

INPUTS = "inputs.json"
PACKAGE_IMPORT = re.compile(r"""(?:import|include)\s*\(?\s*["']@""")
UNPRINTABLE = re.compile(r"could not be displayed|no glyph|not(?:\s|-)?def|code ?point", re.IGNORECASE)


@dataclass
class TypstCompiler:
    """One template, kept warm.

    `template` is the main file, `root` the only folder it may read from. Templates that import packages are refused:
    a paper printed in five years must not depend on what a server elsewhere still holds. The same data, moment and
    style give the same bytes. Threads may share one compiler: each gets an engine of its own, since an engine serves
    one caller at a time and releases Python's lock while it works.
    """

    template: Path
    root: Path
    style: PrintStyle = SARABUN
    _engines: threading.local = field(default_factory=threading.local, init=False, repr=False)

    def __post_init__(self) -> None:
        for path in sorted({self.template, *self.root.glob("_common/*.typ")}):
            if PACKAGE_IMPORT.search(path.read_text(encoding="utf-8")):
                raise ValueError(f"{path.name} imports a package; templates may only import files beside them")

    def compile(
        self, inputs: Mapping[str, str], *, created_at: datetime, standard: PdfStandard = PdfStandard.A_2A
    ) -> bytes:
        """Return the PDF. The template reads `inputs`, and those of the style, from `/inputs.json`.

        `created_at` is the date the file carries, zone required.
        """
        if created_at.tzinfo is None:
            raise ValueError("created_at needs a time zone")
        try:
            pdf = self._engine().compile(
                input=self._files({"bookmarks": _bookmarks(standard), **inputs}),
                format="pdf",
                pdf_standards=[cast(Any, standard.value)],  # a name that Typst's stubs spell out one by one
                timestamp=created_at.astimezone(UTC),
            )
        except typst.TypstError as error:
            raise PaperRefused([_fault_of(error, self.style)]) from error
        assert isinstance(pdf, bytes)
        return pdf

    def said(self, inputs: Mapping[str, str], *, label: str) -> list[Any]:
        """What the template says of itself as metadata under a label, laid out as `compile` lays it out."""
        engine = self._new_engine(self._files(inputs))
        try:
            found: list[Any] = json.loads(engine.query(f"<{label}>", field="value"))
        except typst.TypstError as error:
            raise PaperRefused([_fault_of(error, self.style)]) from error
        return found

    def _engine(self) -> typst.Compiler:
        if not hasattr(self._engines, "engine"):
            self._engines.engine = self._new_engine(self.template)
        engine: typst.Compiler = self._engines.engine
        return engine

    def _new_engine(self, what: Any) -> typst.Compiler:
        return typst.Compiler(what, root=self.root, font_paths=list(self.style.folders), ignore_system_fonts=True)

    def _files(self, inputs: Mapping[str, str]) -> Any:
        """The template and what it prints, beside the files of the folder.

        Typst takes up again what it laid out before only while its library is the same, and `sys.inputs` are a part of
        that; a file is not. That files may come from memory stands in the readme of `typst` and not in its types.
        """
        style = {
            "font_family": self.style.family,
            "font_scale": str(self.style.scale),
            "garuda": self.style.garuda_svg,
        }
        return {"main.typ": self.template.read_bytes(), INPUTS: json.dumps({**style, **inputs}).encode()}


def _bookmarks(standard: PdfStandard) -> str:
    """The oldest form goes without: PDFBox, which checks it, finds no bookmark's page where PDF lets it be named."""
    return "no" if standard is PdfStandard.A_1B else "yes"


def _fault_of(error: typst.TypstError, style: PrintStyle) -> Fault:
    """Put an engine error into a sentence. Only a character without a drawing is the writer's doing."""
    detail = " ".join([error.message, *error.hints])
    if not _is_there(style):
        return Fault(
            "",
            f"The typeface {style.family} was not found. Put its files back where they were, or choose another.",
            f"ไม่พบแบบอักษร {style.family} โปรดวางแฟ้มแบบอักษรกลับที่เดิม หรือเลือกแบบอักษรอื่น",
        )
    if UNPRINTABLE.search(detail):
        return Fault(
            "",
            f"The paper holds a character that the font cannot print. Remove it and try again. ({detail})",
            "เอกสารมีอักขระที่แบบอักษรพิมพ์ไม่ได้ โปรดลบอักขระนั้นแล้วลองใหม่",
        )
    return Fault(
        "",
        f"The paper could not be typeset: {detail}",
        "จัดพิมพ์เอกสารไม่สำเร็จ โปรดแจ้งผู้ดูแลระบบ",
    )


def _is_there(style: PrintStyle) -> bool:
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(folder) for folder in style.folders])
    return style.family in fonts.families()
