"""A unit's finished year, from its first step to the circular."""

from collections.abc import Callable

import pytest
from django.test import Client

from raprong.cli.rehearsal.stage import Stage
from raprong.cli.rehearsal.year import play
from raprong.cli.sample.organisation import SampleAgency
from raprong.lib.thai.fiscal_year import FiscalYear
from raprong.lib.workbooks.sample import sample_workbook
from raprong.organisation.models import User
from raprong.processes.library import sop
from raprong.processes.models import Run
from tests.cast import FISCAL_YEAR, PASSWORD
from tests.stage import staged


@staged
def finished_year(agencies: dict[str, SampleAgency]) -> Run:
    cast = agencies["hss"]
    stage = Stage.set(
        list(agencies.values()), sop(cast.sop), sample_workbook(), FiscalYear(FISCAL_YEAR), password=PASSWORD
    )
    list(play(stage))
    return Run.objects.get(unit=cast.office, fiscal_year=FISCAL_YEAR)


@pytest.fixture
def sign_in(finished_year: Run) -> Callable[[str], Client]:
    def as_somebody(username: str) -> Client:
        client = Client()
        client.force_login(User.objects.get(username=username))
        return client

    return as_somebody
