"""The middle of December 2026, as the pages of monthly results know it."""

from tests.web.results.conftest import cast, english, in_december, kpis, october, run

__all__ = ["cast", "english", "in_december", "kpis", "october", "run"]
