"""Scores come back from either database digit for digit, with the places they were written with."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.migrations.state import ProjectState

from raprong.assessments.models import SelfAssessment
from raprong.cli.sample.organisation import SampleAgency
from raprong.core.exact import ExactDecimalField, WriteOutPlaces
from raprong.processes.models import Run
from tests.cast import NEW_YEAR

FIGURES = ["2.9500", "3.3333333333", "0", "-0.2", "123456789012345678.0123456789", "1e-10", "1E+3"]


@pytest.mark.django_db
@pytest.mark.parametrize("written", FIGURES)
def test_a_score_comes_back_as_it_was_written(run: Run, cast: SampleAgency, written: str) -> None:
    person = cast.people["planner"]
    report = SelfAssessment.objects.create(
        run=run, months=6, opened_at=NEW_YEAR, opened_by=person, total=Decimal(written)
    )

    report.refresh_from_db()

    assert f"{report.total:f}" == f"{Decimal(written):f}"


def test_what_is_no_number_is_refused() -> None:
    with pytest.raises(ValidationError):
        ExactDecimalField().to_python("three")


@pytest.mark.sqlite
@pytest.mark.django_db
def test_figures_from_before_get_their_places_back() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE old_scores (score text)")
        cursor.execute("INSERT INTO old_scores VALUES (2.95), (4), (NULL)")

        editor = connection.SchemaEditorClass(connection)
        WriteOutPlaces("old_scores", {"score": 4}).database_forwards("core", editor, ProjectState(), ProjectState())

        cursor.execute("SELECT score FROM old_scores")
        assert [row[0] for row in cursor.fetchall()] == ["2.9500", "4.0000", None]
