"""The year of tests/kpis, met through the pages of uploaded files in English."""

from tests.kpis.conftest import framework, open_run, proposal, propose
from tests.web.kpis.conftest import offices, sign_in

__all__ = ["framework", "offices", "open_run", "proposal", "propose", "sign_in"]
