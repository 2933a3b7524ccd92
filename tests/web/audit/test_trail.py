import pytest
from django.test import Client
from django.urls import reverse

from raprong.audit.models import Chain, Entry
from raprong.cli.sample.organisation import SampleAgency
from raprong.core.references import reference
from raprong.organisation.models import Person
from raprong.processes.models import Run

TRAIL = "audit:trail"


def seat(person: Person) -> Client:
    client = Client()
    client.force_login(person.user)
    return client


def test_the_director_reads_who_did_what(run: Run, cast: SampleAgency) -> None:
    page = seat(cast.people["director"]).get(reverse(TRAIL)).text

    assert cast.people["planner"].name in page
    assert str(Entry.objects.get(kind="run.started").sentence) in page


def test_verifying_says_that_the_chain_holds(run: Run, cast: SampleAgency) -> None:
    length = Chain.objects.get(place=reference(run.unit)).length

    page = seat(cast.people["auditor"]).get(reverse(TRAIL), {"place": run.unit.public_id, "verify": "1"}).text

    assert "notice-success" in page
    assert length == 1
    assert "notice-error" not in page


def test_entries_are_narrowed_by_kind_and_words(run: Run, cast: SampleAgency) -> None:
    director = seat(cast.people["director"])

    assert cast.people["planner"].name not in director.get(reverse(TRAIL), {"kind": "record.deposited"}).text
    assert cast.people["planner"].name not in director.get(reverse(TRAIL), {"about": "no such thing"}).text


@pytest.mark.parametrize("name", ["planner", "staff", "assessor"])
def test_who_may_not_read_the_trail_is_told_who_may(run: Run, cast: SampleAgency, name: str) -> None:
    answer = seat(cast.people[name]).get(reverse(TRAIL))

    assert answer.status_code == 403
    assert "ผู้อำนวยการ" in answer.text


def test_the_trail_of_another_department_is_not_there(run: Run, other_cast: SampleAgency) -> None:
    director = seat(other_cast.people["director.pa"])

    assert director.get(reverse(TRAIL), {"place": run.unit.public_id}).status_code == 404
    assert run.unit.name not in director.get(reverse(TRAIL)).text
