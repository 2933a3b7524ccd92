"""The evidence graph as a drawing: KPIs, the steps or levels they claim, and the evidence, joined by lines.

Only places are worked out here, in pixels; the template draws them. Evidence stands near the KPIs that it proves, so
that few lines cross.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from raprong.evidence.models import Credit, Evidence
from raprong.evidence.proof import KpiProof
from raprong.web.shell.filters import digits

ROW, TOP = 34, 18
KPI_X, PLACES_X, EVIDENCE_X, WIDTH = 8, 340, 620, 980
DOT = 18  # from one step to the next
LETTERS = 44  # of a name


@dataclass(frozen=True)
class Dot:
    """A step or level of a KPI, or the KPI as a whole (number 0)."""

    x: int
    y: int
    state: str  # hole, proven, claimed, open
    number: str


@dataclass(frozen=True)
class KpiNode:
    y: int
    code: str
    name: str
    dots: tuple[Dot, ...]


@dataclass(frozen=True)
class EvidenceNode:
    y: int
    name: str


@dataclass(frozen=True)
class Line:
    """From a step of a KPI to what proves it."""

    path: str


@dataclass(frozen=True)
class Graph:
    width: int
    height: int
    evidence_x: int
    kpi_x: int
    kpis: tuple[KpiNode, ...]
    evidence: tuple[EvidenceNode, ...]
    lines: tuple[Line, ...]


def graph_of(proofs: Sequence[KpiProof]) -> Graph:
    """The drawing of the KPIs in their order, and of every piece of evidence that proves one of them."""
    rows = {proof.kpi.pk: row for row, proof in enumerate(proofs)}
    pieces = _ordered([credit for proof in proofs for credit in proof.credits], rows)
    count = max(len(proofs), len(pieces), 1)
    kpi_y = {pk: _spread(row, len(proofs), count) for pk, row in rows.items()}
    piece_y = {piece.pk: _spread(row, len(pieces), count) for row, piece in enumerate(pieces)}
    nodes = tuple(_kpi_node(proof, kpi_y[proof.kpi.pk]) for proof in proofs)
    lines = tuple(
        _line(dot_x(proof, credit), kpi_y[credit.kpi_id], piece_y[credit.evidence_id])
        for proof in proofs
        for credit in proof.credits
    )
    drawn = tuple(EvidenceNode(piece_y[piece.pk], _short(piece.title)) for piece in pieces)
    return Graph(WIDTH, TOP * 2 + ROW * count, EVIDENCE_X, KPI_X, nodes, drawn, lines)


def _ordered(credits: Sequence[Credit], rows: dict[int, int]) -> list[Evidence]:
    """Each piece once, by the middle of the rows of the KPIs that it proves."""
    pieces = {credit.evidence_id: credit.evidence for credit in credits}
    proven: dict[int, list[int]] = {pk: [] for pk in pieces}
    for credit in credits:
        proven[credit.evidence_id].append(rows[credit.kpi_id])
    return sorted(pieces.values(), key=lambda piece: (Fraction(sum(proven[piece.pk]), len(proven[piece.pk])), piece.pk))


def _spread(row: int, of: int, count: int) -> int:
    """The middle of a row where fewer rows share the height of `count`."""
    return TOP + (2 * row + 1) * ROW * count // (2 * of)


def _kpi_node(proof: KpiProof, y: int) -> KpiNode:
    kpi = proof.kpi
    return KpiNode(y, digits(kpi.code), _short(kpi.title, LETTERS - 6), tuple(_dots(proof, y)))


def _dots(proof: KpiProof, y: int) -> list[Dot]:
    """The KPI as a whole first, then its steps or levels."""
    bare = proof.claims and not proof.credits
    whole = "proven" if proof.whole else "hole" if bare else "claimed" if proof.claims else "open"
    dots = [Dot(PLACES_X, y, whole, "")]
    for place in proof.places:
        state = "hole" if place.is_hole else "proven" if place.credits else "claimed" if place.claimed else "open"
        dots.append(Dot(PLACES_X + DOT * place.place.number, y, state, digits(place.place.number)))
    return dots


def dot_x(proof: KpiProof, credit: Credit) -> int:
    known = {place.place.number for place in proof.places}
    return PLACES_X + DOT * (credit.step if credit.step in known else 0)


def _line(x: int, start: int, end: int) -> Line:
    middle = (PLACES_X + DOT * 8 + EVIDENCE_X) // 2
    return Line(f"M{x} {start + 7} C{middle} {start + 12}, {middle} {end}, {EVIDENCE_X - 8} {end}")


def _short(name: str, letters: int = LETTERS) -> str:
    name = digits(name)
    return name if len(name) <= letters else name[: letters - 1].rstrip() + "…"
