"""The self-assessment report as a Word document."""

from collections.abc import Mapping, Sequence
from typing import Any

from raprong.documents.kpi_sheet_docx import levels
from raprong.documents.labels import labels
from raprong.documents.letter_docx import rest_of, signer
from raprong.lib.rendering.docx import Cell, Column, EditablePaper
from raprong.lib.rendering.docx.styles import REMARK, SECTION, STRONG, SUBSECTION, TEXT_WIDTH

Data = Mapping[str, Any]

SUMMARY_WIDTHS = {"number": 1.2, "weight": 1.7, "target": 1.9, "result": 2.2, "score": 1.8, "weighted": 2.2}
EVIDENCE_WIDTHS = (2.2, 4.3, 3.1)
INDEX_WIDTHS = (2.2, 2.4, 2.6, 4.6)
CODE_SHOWN = 12  # letters of a file's hash
CODE_GROUP = 16  # of a whole hash, so that lines break
SHADE = "F8F8F8"


def lay_out(paper: EditablePaper, data: Data) -> None:
    words = labels()["self_assessment"]
    paper.title(words["title"], data["unit"], f"{labels()['year']}{data['fiscal_year']} {data['round_name']}")
    paper.centred(f"{words['from']} {data['starts_on']} {words['until']} {data['ends_on']}")
    paper.paragraph(words["summary"], SECTION)
    _summary(paper, data)
    for kpi in data["kpis"]:
        _kpi(paper, kpi)
    if data["submitted"]:
        paper.signature(signer(data["submitted"]), role=words["submitted_by"])
    if proofs := [each for kpi in data["kpis"] for each in kpi["evidence"]]:
        _index(paper, proofs)


def _summary(paper: EditablePaper, data: Data) -> None:
    words = labels()["self_assessment"]
    widths = SUMMARY_WIDTHS
    columns = (
        Column(widths["number"], align="center", heading=words["number"]),
        Column(rest_of(*widths.values()), heading=words["kpi"]),
        Column(widths["weight"], align="center", heading=words["weight"]),
        Column(widths["target"], align="center", heading=words["target"]),
        Column(widths["result"], align="center", heading=words["result_in_column"]),
        Column(widths["score"], align="center", heading=words["score"]),
        Column(widths["weighted"], align="center", heading=words["weighted_in_column"]),
    )
    total = (
        Cell(words["sum"], span=2, bold=True, align="right", shade=SHADE),
        Cell(data["total_weight"], bold=True, shade=SHADE),
        Cell(words["total"], span=3, bold=True, align="right", shade=SHADE),
        Cell(data["total"] or "–", bold=True, shade=SHADE),
    )
    paper.table(columns, [*([kpi["code"], kpi["name"], *_figures(kpi)] for kpi in data["kpis"]), total])
    if any(kpi["inside"] for kpi in data["kpis"]):
        paper.paragraph(labels()["parts_remark"], REMARK)
    covers = f"{words['covers']} {data['reported_weight'] or '–'} {words['of_all']} {data['total_weight']}"
    remark = paper.paragraph(covers, REMARK)
    if data["provisional"]:
        remark.add_run(f" {words['provisional']}", style=STRONG)
    if data["scheme"]:
        paper.paragraph(f"{words['scheme']} {data['scheme']}", REMARK)


def _kpi(paper: EditablePaper, kpi: Data) -> None:
    words = labels()["self_assessment"]
    paper.paragraph(f"{words['heading']} {kpi['code']} {kpi['name']}", SECTION)
    levels(paper, kpi["levels"])
    paper.gap()
    width = round(TEXT_WIDTH / 6, 2)
    headings = ("unit_of_measure", "weight", "target", "result", "score", "weighted_in_column")
    columns = [Column(width, align="center", heading=words[key]) for key in headings]
    paper.table(columns, [[kpi["unit_of_measure"], *_figures(kpi)]])
    paper.gap()
    paper.fields((label, kpi[key]) for key, label in labels()["self_assessment_texts"].items())
    if kpi["evidence"]:
        paper.paragraph(words["evidence"], SUBSECTION)
        _evidence(paper, kpi["evidence"])


def _figures(kpi: Data) -> list[str]:
    weight = f"({kpi['weight']})" if kpi["inside"] else kpi["weight"]
    return [weight, *(kpi[key] or "–" for key in ("target", "result", "score", "weighted"))]


def _evidence(paper: EditablePaper, evidence: Sequence[Data]) -> None:
    words = labels()["self_assessment"]
    number, file, code = EVIDENCE_WIDTHS
    columns = (
        Column(number, align="center", heading=words["evidence_number"]),
        Column(rest_of(*EVIDENCE_WIDTHS), heading=words["evidence_title"]),
        Column(file, heading=words["file"]),
        Column(code, align="center", heading=words["content_code"]),
    )
    paper.table(columns, [_piece(each) for each in evidence])


def _index(paper: EditablePaper, proofs: Sequence[Data]) -> None:
    """Every piece of evidence of the report, with the whole code of its content."""
    words = labels()["self_assessment"]
    number, sort, dated, code = INDEX_WIDTHS
    columns = (
        Column(number, align="center", heading=words["evidence_number"]),
        Column(rest_of(*INDEX_WIDTHS), heading=words["evidence_title"]),
        Column(sort, heading=words["sort"]),
        Column(dated, align="center", heading=words["dated"]),
        Column(code, heading=words["whole_code"]),
    )
    paper.paragraph(words["index"], SECTION)
    paper.table(columns, [_indexed(each) for each in proofs])
    paper.paragraph(words["index_remark"], REMARK)


def _indexed(evidence: Data) -> list[str]:
    code = evidence["sha256"]
    groups = " ".join(code[start : start + CODE_GROUP] for start in range(0, len(code), CODE_GROUP))
    return [evidence["number"], evidence["title"], evidence["sort"] or "–", evidence["added_on"] or "–", groups or "–"]


def _piece(evidence: Data) -> list[str]:
    title = evidence["title"] + (f"\n({evidence['added_on']})" if evidence["added_on"] else "")
    return [evidence["number"], title, evidence["file_name"], evidence["sha256"][:CODE_SHOWN] or "–"]
