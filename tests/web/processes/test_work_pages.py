from pathlib import Path

from django.conf import settings

from raprong.cli.sample.organisation import SampleAgency
from raprong.lib.sop.library import read_library
from raprong.processes.cards import all_cards
from raprong.processes.models import Run
from raprong.web.processes.work_pages import PAGES, work_url


def test_every_work_of_every_sop_leads_to_a_page(cast: SampleAgency, run: Run) -> None:
    definitions = read_library([Path(folder) for folder in settings.DEFINITION_DIRS])
    works = {card for definition in definitions for step in definition.steps for card in step.work}

    leading = {card: work_url(run, card) for card in works}

    assert [card for card, address in leading.items() if not address] == []


def test_no_page_is_kept_for_a_card_that_nobody_left() -> None:
    assert set(PAGES) <= set(all_cards())
