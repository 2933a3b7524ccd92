"""The layouts that this installation has; an agency's own folders come after the house's."""

from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from raprong.access.rules import Refused
from raprong.lib.definition_file import DefinitionFaults
from raprong.lib.exports.layout import ExportLayout, read_layout
from raprong.processes.models import Run

FOLDER = "exports"


@cache
def all_layouts() -> dict[str, ExportLayout]:
    """By code; a layout of an agency's own takes the place of one with the same code.

    Refused with what does not fit in any of them, each at its line: the agency's own hand has to mend it.
    """
    files = [file for folder in settings.DEFINITION_DIRS for file in sorted((Path(folder) / FOLDER).glob("*.yaml"))]
    try:
        return {layout.code: layout for layout in map(read_layout, files)}
    except DefinitionFaults as faults:
        told = {"file": faults.file_name, "faults": " ".join(str(fault) for fault in faults.faults)}
        raise Refused(_("The layout %(file)s does not fit: %(faults)s") % told) from faults


def layout_of(run: Run) -> ExportLayout:
    """The layout that names the run's SOP, the latest where several do; else the one that names none."""
    layouts = list(reversed(all_layouts().values()))
    naming = [layout for layout in layouts if run.sop.code in layout.sops]
    return (naming or [layout for layout in layouts if not layout.sops])[0]
