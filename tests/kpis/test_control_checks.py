"""The cards say what is missing, with figures."""

from collections.abc import Callable
from decimal import Decimal

from raprong.cli.sample.organisation import SampleAgency
from raprong.kpis import actions as kpis
from raprong.kpis.control_checks import CARDS
from raprong.kpis.models import Framework, KpiYear
from raprong.processes.cards import ask
from raprong.processes.models import Run
from tests.cast import NEW_YEAR


def test_at_the_start_every_card_says_what_is_missing(open_run: Run) -> None:
    for card in CARDS:
        answer = ask(card.code, open_run)

        assert not answer.done, card.code
        assert answer.sentence


def test_the_framework_card_names_the_sum(framework: Framework, cast: SampleAgency) -> None:
    planner = cast.people["planner"]
    kpis.set_dimensions(framework, [("ก", Decimal(90))], seen=None, by=planner, at=NEW_YEAR)

    assert "90.00" in ask("kpis.framework_settled", framework.run).sentence
    kpis.set_dimensions(framework, [("ก", Decimal(100))], seen=None, by=planner, at=NEW_YEAR)
    assert not ask("kpis.framework_settled", framework.run).done
    kpis.settle_framework(framework, by=planner, at=NEW_YEAR)
    assert ask("kpis.framework_settled", framework.run).done


def test_a_group_is_asked_for_its_own_kpis(
    open_run: Run, cast: SampleAgency, framework: Framework, propose: Callable[..., KpiYear]
) -> None:
    kpi = propose(sources=[])

    assert ask("kpis.proposals_complete", open_run, cast.units["mip-1"]).done
    assert not ask("kpis.proposals_complete", open_run, cast.units["mip-2"]).done
    assert "1.1" in ask("kpis.sources_aligned", open_run, cast.units["mip-1"]).sentence
    kpis.align(kpi, framework.sources.all(), by=cast.people["staff"], at=NEW_YEAR)
    assert ask("kpis.sources_aligned", open_run, cast.units["mip-1"]).done
    assert ask("kpis.criteria_complete", open_run, cast.units["mip-1"]).done
