"""An address as evidence: kept as it stood, watched while it proves something."""

from dataclasses import replace

import pytest

from raprong.cli.sample.organisation import SampleAgency
from raprong.evidence import actions as evidence
from raprong.evidence.facts import Proves
from raprong.evidence.models import Credit
from raprong.evidence.policies import AlreadyHere
from raprong.files.links import Copy
from raprong.files.models import FrozenLink
from raprong.kpis.models import KpiYear
from tests.factories.assessments import PDF
from tests.factories.evidence import IN_FEBRUARY, IN_JANUARY

COPY = Copy("https://example.org/report", PDF, "report.pdf", "รายงานประจำปี", "a" * 64, is_page=True)


def give(kpi: KpiYear, cast: SampleAgency, copy: Copy = COPY) -> Credit:
    return evidence.hand_in_link(copy, proves=Proves(kpi, 6), by=cast.people["planner"], at=IN_JANUARY)


def test_a_link_is_evidence_with_its_copy_and_its_title(kpis: dict[str, KpiYear], cast: SampleAgency) -> None:
    piece = give(kpis["1.1"], cast).evidence

    assert piece.title == "รายงานประจำปี"
    assert piece.link is not None
    assert (piece.link.address, piece.link.file) == (COPY.address, piece.file)


def test_the_same_page_is_pointed_out_and_not_kept_twice(kpis: dict[str, KpiYear], cast: SampleAgency) -> None:
    give(kpis["1.1"], cast)
    printed_later = replace(COPY, content=PDF + b"another day")

    with pytest.raises(AlreadyHere, match=r"1\.1-1"):
        give(kpis["1.2"], cast, printed_later)

    assert FrozenLink.objects.count() == 1


def test_a_page_that_changed_is_evidence_of_its_own(kpis: dict[str, KpiYear], cast: SampleAgency) -> None:
    give(kpis["1.1"], cast)

    changed = give(kpis["1.1"], cast, replace(COPY, content=PDF + b"2", fingerprint="b" * 64))

    assert changed.number == 2


def test_a_link_is_watched_while_it_proves_something(kpis: dict[str, KpiYear], cast: SampleAgency) -> None:
    planner, first = cast.people["planner"], give(kpis["1.1"], cast)
    [second] = evidence.credit(first.evidence, [Proves(kpis["2.1"], 6)], by=planner, at=IN_FEBRUARY)
    watched = []

    for move in (first, second):
        evidence.withdraw(move, by=planner, at=IN_FEBRUARY)
        watched.append(FrozenLink.objects.get().is_watched)
    give(kpis["1.1"], cast)
    links = FrozenLink.objects.order_by("pk").values_list("is_watched", flat=True)

    assert watched == [True, False]
    assert list(links) == [True, False]
