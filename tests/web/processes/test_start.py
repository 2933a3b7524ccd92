"""Starting a year: first the unit, year and SOP, then who its parties are."""

from django.test import Client
from django.urls import reverse

from raprong.cli.sample.organisation import SampleAgency
from raprong.core import clock
from raprong.organisation.models import Person
from raprong.processes.models import Run
from raprong.web.shell.whereabouts import years_open

START = "processes:start"


def seat(person: Person) -> Client:
    client = Client()
    client.force_login(person.user)
    return client


def chosen(cast: SampleAgency) -> dict[str, str]:
    return {"unit": cast.office.public_id, "year": str(years_open(clock.today())[0]), "sop": cast.sop}


def test_the_likely_parties_are_chosen_already(cast: SampleAgency) -> None:
    page = seat(cast.people["planner"]).get(reverse(START), chosen(cast)).text

    for party, unit in cast.bindings.items():
        assert f'name="party-{party}"' in page
        assert f'value="{unit.public_id}" selected' in page


def test_a_year_is_started_and_shown(cast: SampleAgency) -> None:
    parties = {f"party-{party}": unit.public_id for party, unit in cast.bindings.items()}

    page = seat(cast.people["director"]).post(reverse(START), chosen(cast) | parties, follow=True)

    run = Run.objects.get()
    assert page.redirect_chain[-1][0] == reverse("processes:run", args=[run.public_id])
    assert {bound.party: bound.unit for bound in run.bindings.all()} == cast.bindings


def test_a_party_of_another_unit_is_a_fault_at_its_field(cast: SampleAgency, other_cast: SampleAgency) -> None:
    parties = {f"party-{party}": other_cast.office.public_id for party in cast.bindings}

    answer = seat(cast.people["planner"]).post(reverse(START), chosen(cast) | parties)

    assert answer.status_code == 422
    assert answer.text.count('class="fault"') == len(cast.bindings)
    assert not Run.objects.exists()


def test_who_starts_no_years_is_told_who_does(cast: SampleAgency) -> None:
    answer = seat(cast.people["staff"]).get(reverse(START))

    assert answer.status_code == 200
    assert "<select" not in answer.text.split("<main")[1]


def test_somebody_elses_unit_cannot_be_chosen(cast: SampleAgency, outsider: Person) -> None:
    answer = seat(outsider).get(reverse(START), chosen(cast))

    assert answer.status_code == 422
