"""Several people at the same evidence at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import pytest
from django.db import connections

from raprong.access.rules import refusal
from raprong.cli.sample.organisation import SampleAgency
from raprong.evidence import actions as evidence
from raprong.evidence.models import Credit, Evidence
from raprong.evidence.queries import credits_in_round
from raprong.kpis.models import KpiYear
from raprong.processes.models import Run
from tests.factories.evidence import IN_JANUARY, hand_in


def at_once(*moves: Callable[..., Any]) -> list[str]:
    """What each move was told; nothing where it went through."""

    def one(move: Callable[..., Any]) -> str:
        try:
            return refusal(move)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(moves)) as pool:
        return list(pool.map(one, moves))


@pytest.mark.django_db(transaction=True)
def test_files_given_at_once_get_numbers_of_their_own(kpis: dict[str, KpiYear], cast: SampleAgency) -> None:
    people = [cast.people[name] for name in ("planner", "head1", "staff")]

    told = at_once(*(partial(hand_in, kpis["1.2"], bytes([n]), step=1, by=by) for n, by in enumerate(people)))

    assert told == ["", "", ""]
    assert sorted(Credit.objects.values_list("number", flat=True)) == [1, 2, 3]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_give_the_same_file_at_once_one_is_shown_the_other(
    kpis: dict[str, KpiYear], cast: SampleAgency
) -> None:
    first = partial(hand_in, kpis["1.1"], by=cast.people["planner"])
    second = partial(hand_in, kpis["1.2"], by=cast.people["staff"])

    told = at_once(first, second)

    assert sorted(bool(sentence) for sentence in told) == [False, True]
    assert Evidence.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_what_comes_while_a_folder_closes_is_in_it_or_refused(
    run: Run, kpis: dict[str, KpiYear], cast: SampleAgency
) -> None:
    planner = cast.people["planner"]

    told = at_once(
        partial(hand_in, kpis["1.1"], by=planner), partial(evidence.close_folder, run, 6, by=planner, at=IN_JANUARY)
    )

    assert bool(told[0]) is not credits_in_round(run, 6).exists()
    assert told[1] == ""
