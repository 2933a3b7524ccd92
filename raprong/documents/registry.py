"""The papers there are, and the way from a shape to bytes."""

import json
from collections.abc import Mapping
from datetime import datetime, time
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any, get_args

from pydantic import ValidationError

from raprong.documents.addendum.shape import Addendum
from raprong.documents.agreement.shape import Agreement
from raprong.documents.archive_index.shape import ArchiveIndex
from raprong.documents.check_mark import CheckMark, as_drawn
from raprong.documents.circular.shape import Circular
from raprong.documents.committee_order.shape import CommitteeOrder
from raprong.documents.data import FILE_NAME, as_json, parts_of
from raprong.documents.kpi_detail.shape import KpiDetail
from raprong.documents.letter_register.shape import LetterRegister
from raprong.documents.manual.shape import Manual
from raprong.documents.moderation_minutes.shape import ModerationMinutes
from raprong.documents.monthly_report.shape import MonthlyReport
from raprong.documents.objection_decision.shape import ObjectionDecision
from raprong.documents.paper import Paper, to_json
from raprong.documents.receipt.shape import Receipt
from raprong.documents.result_letter.shape import ResultLetter
from raprong.documents.round_report.shape import RoundReport
from raprong.documents.score_passport.shape import ScorePassport
from raprong.documents.score_table.shape import ScoreTable
from raprong.documents.seat_plan.shape import SeatPlan
from raprong.documents.selection_minutes.shape import SelectionMinutes
from raprong.documents.self_assessment.shape import SelfAssessment
from raprong.documents.signing_form.shape import SigningForm
from raprong.documents.sop_document.shape import SopDocument
from raprong.lib.rendering import SARABUN, Fault, PaperRefused, PdfStandard, Place, PrintStyle, TypstCompiler
from raprong.lib.rendering.attachments import attached
from raprong.lib.shapes import adapter_of
from raprong.lib.thai.dates import BANGKOK

ROOT = Path(__file__).resolve().parent

AnyPaper = (
    Agreement
    | Addendum
    | SigningForm
    | KpiDetail
    | MonthlyReport
    | SelfAssessment
    | ScoreTable
    | ScorePassport
    | ResultLetter
    | Circular
    | CommitteeOrder
    | Manual
    | SelectionMinutes
    | ModerationMinutes
    | ObjectionDecision
    | SopDocument
    | ArchiveIndex
    | LetterRegister
    | RoundReport
    | SeatPlan
    | Receipt
)

SHAPES: dict[str, type[Paper]] = {shape.kind: shape for shape in get_args(AnyPaper)}
KINDS: tuple[str, ...] = tuple(SHAPES)


def render(
    paper: Paper,
    *,
    style: PrintStyle = SARABUN,
    standard: PdfStandard = PdfStandard.A_2A,
    check: CheckMark | None = None,
) -> bytes:
    """Print a paper as archival PDF. The same paper, style, standard and mark give the same bytes, whenever it is done.

    `check` is printed at the foot of every page, for papers that are then sealed; see `CheckMark`. A form that may have
    attachments carries the paper's own data, which `paper_in` reads back. Raises PaperRefused with every fault when its
    texts are too long or hold what cannot be printed.
    """
    inputs = _inputs(paper)
    if standard.may_attach:
        inputs |= {"attachment": as_json(paper), "attachment_name": FILE_NAME}
    if check is not None:
        inputs["check"] = json.dumps(as_drawn(check))
    dated = datetime.combine(paper.dated_on, time(), BANGKOK)
    return _compiler(paper.kind, style).compile(inputs, created_at=dated, standard=standard)


@cache
def edition_of(kind: str, style: PrintStyle) -> str:
    """A hash of all that decides how a paper prints besides the paper: its templates, the engine, typeface, emblem."""
    digest = sha256(f"{version('typst')} {style}".encode())
    for path in sorted([*ROOT.glob("_common/*"), *(ROOT / kind).glob("*.typ")]):
        digest.update(path.name.encode() + path.read_bytes())
    for folder in style.folders:
        for path in sorted(folder.glob("*.[ot]tf")):
            digest.update(f"{path.name} {path.stat().st_size}".encode())
    return digest.hexdigest()


def signature_places(paper: Paper, *, style: PrintStyle = SARABUN) -> list[tuple[str, Place]]:
    """Where a paper keeps places for signatures made with certificates: the printed name and the place, in order."""
    said = _compiler(paper.kind, style).said(_inputs(paper), label="signature-place")
    return [(each.pop("name"), Place(**each)) for each in said]


def paper_in(pdf: bytes) -> Paper | None:
    """The paper whose data a PDF carries; None where it carries none. Raises PaperRefused where that does not read."""
    content = attached(pdf, FILE_NAME)
    return None if content is None else read(*parts_of(content))


def read(kind: str, data: Mapping[str, Any]) -> Paper:
    """Read a paper from JSON data, such as a sample. Raises PaperRefused naming each field that does not fit."""
    if kind not in SHAPES:
        raise PaperRefused([_unknown(kind)])
    try:
        paper: Paper = adapter_of(SHAPES[kind]).validate_python(data)
    except ValidationError as error:
        raise PaperRefused(_fault_of(each) for each in error.errors()) from error
    return paper


def sample(kind: str) -> Paper:
    """A full example of a paper, with invented names; for tests and the gallery."""
    return read(kind, json.loads((ROOT / kind / "sample.json").read_text(encoding="utf-8")))


def _inputs(paper: Paper) -> dict[str, str]:
    data = json.dumps(to_json(paper), ensure_ascii=False, sort_keys=True)
    return {"data": data, "thai_digits": "yes" if paper.thai_digits else "no"}


@cache
def _compiler(kind: str, style: PrintStyle) -> TypstCompiler:
    return TypstCompiler(template=ROOT / kind / f"{kind}.typ", root=ROOT, style=style)


def _unknown(kind: str) -> Fault:
    known = ", ".join(KINDS)
    return Fault("", f"There is no paper called {kind!r}. Choose one of: {known}.", f"ไม่มีเอกสารชนิด {kind}")


def _fault_of(error: Mapping[str, Any]) -> Fault:
    where = ".".join(str(step) for step in error["loc"])
    return Fault(where, f"{error['msg']}. Correct this field.", "ข้อมูลช่องนี้ไม่ถูกต้อง โปรดแก้ไข")
