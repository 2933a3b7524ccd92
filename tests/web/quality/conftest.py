"""The year of tests/kpis, met through its pages in English."""

from tests.web.kpis.conftest import framework, offices, open_run, proposal, propose, sign_in

__all__ = ["framework", "offices", "open_run", "proposal", "propose", "sign_in"]
