"""The SOPs an installation can run: those of the house and those of the agency's own definition folders."""

from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from raprong.access.rules import Refused
from raprong.lib.sop.library import read_library
from raprong.lib.sop.shape import SopDefinition
from raprong.lib.thai.digits import to_arabic_digits


@cache
def all_sops() -> dict[str, SopDefinition]:
    """Every SOP by code, read once for the life of the process."""
    return {definition.code: definition for definition in read_library([Path(p) for p in settings.DEFINITION_DIRS])}


def sop(code: str) -> SopDefinition:
    """One SOP by its code, Thai digits or not; an unknown code is refused with the codes there are."""
    code = to_arabic_digits(code)
    if code not in all_sops():
        raise Refused(
            _("There is no SOP %(code)s. There are: %(codes)s.") % {"code": code, "codes": ", ".join(all_sops())}
        )
    return all_sops()[code]
