"""Papers: one folder each, holding its shape, its Typst template and a full sample.

A room builds a shape; `render` turns it into the bytes of an archival PDF. Nothing here reads a clock or a database.
To add a paper, copy the nearest folder, change it, and name it in `registry.py`.
"""

from raprong.documents.check_mark import CheckMark
from raprong.documents.paper import Paper
from raprong.documents.registry import KINDS, paper_in, render, sample, signature_places

__all__ = ["CheckMark", "KINDS", "Paper", "paper_in", "render", "sample", "signature_places"]
