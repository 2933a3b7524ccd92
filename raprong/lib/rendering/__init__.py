"""Typesetting: JSON in, PDF out. Knows fonts, page standards and threads; knows no paper by name."""

from raprong.lib.rendering.faults import Fault, PaperRefused
from raprong.lib.rendering.places import Place
from raprong.lib.rendering.standards import PdfStandard
from raprong.lib.rendering.style import SARABUN, PrintStyle
from raprong.lib.rendering.typst_compiler import TypstCompiler

__all__ = ["PdfStandard", "SARABUN", "Fault", "PaperRefused", "Place", "PrintStyle", "TypstCompiler"]
