"""Administrators hear weeks before a certificate ends, once on each count."""

from datetime import UTC, datetime, timedelta

import pytest

from raprong.cli.sample.organisation import SampleAgency
from raprong.notifications.models import Notice
from raprong.seals.endings import days_left, warn_of_ending_seals
from raprong.seals.models import SealCertificate
from tests.factories.certificates import Issued, issue
from tests.seals.conftest import AT, Install

END = datetime(2027, 3, 31, 10, tzinfo=UTC)


@pytest.fixture
def ending(install: Install, root: Issued) -> SealCertificate:
    return install(issue(root, "Seal that ends", until=END))


def told(cast: SampleAgency) -> list[str]:
    return list(Notice.objects.filter(person=cast.people["admin"]).order_by("pk").values_list("kind", flat=True))


def test_nobody_hears_while_the_end_is_far(ending: SealCertificate, django_capture_on_commit_callbacks: object) -> None:
    assert warn_of_ending_seals(AT) == 0


def test_administrators_hear_once_on_each_count(
    ending: SealCertificate, cast: SampleAgency, django_capture_on_commit_callbacks: object
) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        first = warn_of_ending_seals(END - timedelta(days=58))
        again = warn_of_ending_seals(END - timedelta(days=57))
        nearer = warn_of_ending_seals(END - timedelta(days=29))
        over = warn_of_ending_seals(END + timedelta(hours=1))

    assert (first, again, nearer, over) == (1, 0, 1, 1)
    assert told(cast) == ["seal.ending", "seal.ending", "seal.ended"]


def test_notice_names_the_certificate_and_its_day(
    ending: SealCertificate, cast: SampleAgency, django_capture_on_commit_callbacks: object
) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        warn_of_ending_seals(END - timedelta(days=14))

    words = Notice.objects.get(person=cast.people["admin"]).words
    assert words == {"name": "Seal that ends", "day": "๓๑ มีนาคม ๒๕๗๐"}
    assert days_left(ending, at=END - timedelta(days=14)) == 14
