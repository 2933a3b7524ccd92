"""When the disk is full or the session has ended, a form says so, nothing half is stored, and the words are there."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection

from raprong.assessments.models import AssessmentItem, SelfAssessment
from raprong.audit.models import Entry
from tests.web.keyboard import SignIn

LONG = "ทำแล้ว " * 2_800


@pytest.fixture
def item(assessment: SelfAssessment) -> AssessmentItem:
    """The part of the first working group's KPI."""
    return assessment.items.get(result__isnull=False)


@contextmanager
def no_more_pages() -> Iterator[None]:
    """SQLite lets its file grow no more, as on a disk without room."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA max_page_count = 1")
        yield
        cursor.execute("PRAGMA max_page_count = 1073741823")


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_a_full_disk_stores_nothing_of_the_form_and_shows_its_words(item: AssessmentItem, sign_in: SignIn) -> None:
    staff, address, entries = sign_in("staff"), f"/assessments/items/{item.public_id}/", Entry.objects.count()
    staff.raise_request_exception = False
    said = {"version": item.version, "narrative": LONG, "factors": LONG, "obstacles": LONG}

    with no_more_pages():
        full = staff.post(address, said)
        read = staff.get(address)
    again = staff.post(address, said)

    assert (full.status_code, read.status_code, again.status_code) == (507, 200, 302)
    assert LONG.strip() in full.text
    assert Entry.objects.count() == entries + 1
    item.refresh_from_db()
    assert item.narrative == LONG.strip()


def test_words_that_come_after_the_session_ended_are_shown_and_not_stored(
    item: AssessmentItem, sign_in: SignIn
) -> None:
    staff, address = sign_in("staff"), f"/assessments/items/{item.public_id}/"
    staff.logout()

    answer = staff.post(address, {"version": item.version, "narrative": "ทำแล้ว"})

    assert answer.status_code == 403
    assert "ทำแล้ว" in answer.text
    assert f"next={address.replace('/', '%2F')}" in answer.text
    item.refresh_from_db()
    assert item.narrative == ""
