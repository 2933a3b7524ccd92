"""The layouts that this installation has; an agency's own folders come after the house's."""

from functools import cache
from pathlib import Path

from django.conf import settings

from raprong.lib.exports.layout import ExportLayout, read_layout
from raprong.processes.models import Run

FOLDER = "exports"


@cache
def all_layouts() -> dict[str, ExportLayout]:
    """By code; a layout of an agency's own takes the place of one with the same code."""
    files = [file for folder in settings.DEFINITION_DIRS for file in sorted((Path(folder) / FOLDER).glob("*.yaml"))]
    return {layout.code: layout for layout in map(read_layout, files)}


def layout_of(run: Run) -> ExportLayout:
    """The layout that names the run's SOP, the latest where several do; else the one that names none."""
    layouts = list(reversed(all_layouts().values()))
    naming = [layout for layout in layouts if run.sop.code in layout.sops]
    return (naming or [layout for layout in layouts if not layout.sops])[0]
