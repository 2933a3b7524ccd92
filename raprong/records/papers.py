"""From a paper's shape to the cabinet: rendered, sealed, kept by its hash, deposited."""

import re
from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from raprong.access.rules import Refused
from raprong.core.models import PublicIdModel
from raprong.documents import CheckMark, Paper
from raprong.files import actions as files
from raprong.files.models import StoredFile
from raprong.lib.rendering import PaperRefused, PdfStandard
from raprong.organisation.models import Person, Unit
from raprong.records.actions import Storage, deposit
from raprong.records.models import Record
from raprong.seals import papers as seals
from raprong.seals.models import SealedPaper
from raprong.stationery.printing import print_for
from raprong.stationery.queries import Shown

PDF = "application/pdf"
DEPOSITED = PdfStandard.A_3A  # its data lies in the paper itself: ADR 0014
UNFIT = re.compile(r'[\s/\\:*?"<>|]+')  # what file systems do not take in a name


def print_for_reading(
    paper: Paper, *, unit: Unit, by: Person, at: datetime, check: CheckMark | None = None
) -> StoredFile:
    """Print a paper that people look at before they sign it. It is kept, but neither sealed nor deposited."""
    return files.keep(printed(paper, unit=unit, check=check), file_name(paper), media_type=PDF, unit=unit, by=by, at=at)


def seal_and_deposit(
    paper: Paper,
    *,
    title: str,
    about: PublicIdModel,
    unit: Unit,
    fiscal_year: int,
    storage: Storage,
    by: Person | None,
    at: datetime,
    which: str = "",
    shown: Shown | None = None,
) -> Record:
    """Print a finished paper with its data attached and its code at its foot, seal it with the unit's certificate, and
    put it into the unit's cabinet.

    `which` tells the file from others of its kind in its name; see `file_name`. One that was `shown` to those who
    signed it is sealed with the look that they saw.
    """
    coded = seals.give_code(kind=paper.kind, title=title, about=about, unit=unit, fiscal_year=fiscal_year, at=at)
    return seal_file_and_deposit(
        printed(paper, unit=unit, standard=DEPOSITED, check=seals.mark_of(coded), shown=shown),
        file_name(paper, which),
        coded=coded,
        kind=paper.kind,
        title=title,
        about=about,
        unit=unit,
        fiscal_year=fiscal_year,
        storage=storage,
        by=by,
        at=at,
    )


def seal_file_and_deposit(
    content: bytes,
    name: str,
    *,
    kind: str,
    title: str,
    about: PublicIdModel,
    unit: Unit,
    fiscal_year: int,
    storage: Storage,
    by: Person | None,
    at: datetime,
    coded: SealedPaper | None = None,
) -> Record:
    """Seal a finished PDF as it is, such as one that people signed with certificates, and put it into the cabinet.

    `coded` is the code printed on it, else the one that was printed on it last to be signed; where there is none, it
    gets a code that nothing but its fingerprint leads to.
    """
    coded = coded or seals.awaiting_seal(about, kind)
    coded = coded or seals.give_code(kind=kind, title=title, about=about, unit=unit, fiscal_year=fiscal_year, at=at)
    sealed = seals.seal(content, unit=unit, at=at)
    file = files.keep(sealed.content, name, media_type=PDF, unit=unit, by=by, at=at)
    deposited = deposit(
        file,
        kind=kind,
        title=title,
        about=about,
        unit=unit,
        fiscal_year=fiscal_year,
        storage=storage,
        by=by,
        at=at,
    )
    seals.enter(coded, sealed, deposited=deposited, sha256=file.sha256, at=at)
    return deposited


def printed(
    paper: Paper,
    *,
    unit: Unit,
    standard: PdfStandard = PdfStandard.A_2A,
    check: CheckMark | None = None,
    shown: Shown | None = None,
) -> bytes:
    """The paper as PDF, looking as its unit's papers do on its day.

    A text that no paper can carry is refused in words: too long, or a control character in it.
    """
    try:
        return print_for(unit, paper, standard=standard, check=check, shown=shown)
    except PaperRefused as refused:
        in_thai = (get_language() or "th").startswith("th")
        sentences = (fault.thai if in_thai else fault.english for fault in refused.faults)
        raise Refused(_("The paper cannot be printed: %(faults)s") % {"faults": " ".join(sentences)}) from refused


def file_name(paper: Paper, which: str = "") -> str:
    """`agreement-2026-12-15.pdf`: the kind first, so that a folder of papers sorts by kind.

    `which` stands in the place of the day where one day has several, as in `kpi_detail-1.1.pdf`.
    """
    return f"{paper.kind}-{UNFIT.sub('-', which) or paper.dated_on.isoformat()}.pdf"
