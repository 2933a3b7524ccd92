"""How far a permission reaches from the place where a role was granted, and never further."""

from datetime import date, timedelta

import pytest

from raprong.access.models import RoleGrant
from raprong.access.permissions import check_holds
from raprong.access.queries import has_role, holds, units_where
from raprong.access.roles import REACHES, all_roles
from raprong.access.rules import Refused, refusal
from raprong.cli.sample.organisation import SampleAgency
from raprong.organisation.models import Person

TODAY = date(2026, 11, 2)


def test_own_reaches_the_group_and_no_other(cast: SampleAgency) -> None:
    head = cast.people["head1"]

    assert holds(head, "kpis.propose", cast.units["mip-1"], on=TODAY)
    assert not holds(head, "kpis.propose", cast.units["mip-2"], on=TODAY)
    assert not holds(head, "kpis.propose", cast.office, on=TODAY)


def test_office_reaches_every_group_of_the_unit(cast: SampleAgency) -> None:
    planner = cast.people["planner"]

    assert holds(planner, "kpis.propose", cast.units["mip-2"], on=TODAY)
    assert holds(planner, "kpis.frame", cast.office, on=TODAY)
    assert not holds(planner, "kpis.read", cast.units["psdg"], on=TODAY)


def test_agency_reaches_every_unit_of_the_agency_and_none_of_another(
    cast: SampleAgency, other_cast: SampleAgency
) -> None:
    assessor = cast.people["assessor"]

    assert holds(assessor, "assessments.read", cast.units["mip-1"], on=TODAY)
    assert not holds(assessor, "assessments.read", other_cast.office, on=TODAY)


def test_the_list_of_units_agrees_with_the_question_about_each(cast: SampleAgency, other_cast: SampleAgency) -> None:
    everywhere = [*cast.units.values(), *other_cast.units.values()]

    for person in cast.people.values():
        for permission in ("runs.read", "kpis.propose", "evaluations.score", "records.read"):
            listed = set(units_where(person, permission, on=TODAY))
            asked = {unit for unit in everywhere if holds(person, permission, unit, on=TODAY)}
            assert listed == asked, (person, permission)


def test_a_role_that_has_ended_gives_nothing(cast: SampleAgency) -> None:
    RoleGrant.objects.filter(person=cast.people["head1"]).update(ends_on=TODAY - timedelta(days=1))

    assert not holds(cast.people["head1"], "kpis.propose", cast.units["mip-1"], on=TODAY)


def test_a_role_in_the_unit_counts_in_its_groups(cast: SampleAgency) -> None:
    assert has_role(cast.people["director"], "director", cast.units["mip-1"], on=TODAY)
    assert not has_role(cast.people["head1"], "group_head", cast.office, on=TODAY)


def test_a_refusal_names_who_could(cast: SampleAgency) -> None:
    with pytest.raises(Refused) as refused:
        check_holds(cast.people["staff"], "kpis.select", cast.office, on=TODAY)

    assert all_roles()["director"].title in refused.value.sentence


def test_asking_a_rule_answers_its_sentence_or_nothing(cast: SampleAgency, outsider: Person) -> None:
    assert refusal(check_holds, cast.people["planner"], "kpis.frame", cast.office, on=TODAY) == ""
    assert refusal(check_holds, outsider, "kpis.frame", cast.office, on=TODAY) != ""


def test_every_reach_is_one_the_house_knows() -> None:
    assert {span for role in all_roles().values() for span in role.reach.values()} <= set(REACHES)
