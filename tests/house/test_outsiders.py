"""Somebody of another department walks every address of a unit's finished year, and sees nothing of it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from raprong.agreements.enums import Tier
from raprong.agreements.models import Agreement, AgreementParty, Ceremony
from raprong.assessments.models import AssessmentItem, SelfAssessment
from raprong.cascade.models import Commitment
from raprong.circulation.models import Letter, Recipient
from raprong.cli.rehearsal.stage import Stage
from raprong.core.models import new_public_id
from raprong.evaluations.models import Evaluation, GivenScore
from raprong.evidence.models import Credit, Evidence
from raprong.files.models import StoredFile
from raprong.kpis.models import KpiYear, SelectionMeeting
from raprong.processes.models import Run
from raprong.records.models import Record
from raprong.signatures import scans
from raprong.signatures.models import PrintedPaper
from tests.cast import PASSWORD

# What stands in an address for whom: any one thing of the finished year.
THINGS: dict[str, Callable[[], str]] = {
    "run": lambda: Run.objects.all()[0].public_id,
    "step": lambda: Run.objects.all()[0].definition.steps[0].code,
    "control": lambda: Run.objects.all()[0].definition.steps[0].control_points[0].code,
    "piece": lambda: Run.objects.all()[0].unit.groups.all()[0].public_id,
    "kpi": lambda: KpiYear.objects.all()[0].public_id,
    "meeting": lambda: SelectionMeeting.objects.all()[0].public_id,
    "rule": lambda: "unaligned",
    "agreement": lambda: Agreement.objects.all()[0].public_id,
    "party": lambda: AgreementParty.objects.all()[0].public_id,
    "ceremony": lambda: Ceremony.objects.all()[0].public_id,
    "code": lambda: PrintedPaper.objects.all()[0].public_id,
    "page": lambda: "1",
    "number": lambda: "1",
    "commitment": lambda: Commitment.objects.all()[0].public_id,
    "assessment": lambda: SelfAssessment.objects.all()[0].public_id,
    "item": lambda: AssessmentItem.objects.all()[0].public_id,
    "evidence": lambda: Evidence.objects.all()[0].public_id,
    "credit": lambda: Credit.objects.all()[0].public_id,
    "evaluation": lambda: Evaluation.objects.all()[0].public_id,
    "score": lambda: GivenScore.objects.all()[0].public_id,
    "letter": lambda: Letter.objects.all()[0].public_id,
    "recipient": lambda: Recipient.objects.all()[0].public_id,
    "record": lambda: Record.objects.all()[0].public_id,
    "file": lambda: StoredFile.objects.all()[0].public_id,
    "unit": lambda: Run.objects.all()[0].unit.public_id,
    "holder": lambda: Run.objects.all()[0].unit.agency.public_id,
    "kind": lambda: "circular",
}
# Not of one unit: what the house says to everybody.
FOR_EVERYBODY = {"processes:sop"}


@pytest.fixture
def whole_year(finished_year: Stage) -> Stage:
    """With a print with codes: what a year that was signed on screen does not have."""
    stage = finished_year
    agreement, at = Agreement.objects.with_run().get(run=stage.run, tier=Tier.UNIT), stage.at
    unit, year = stage.office, stage.fiscal_year.be
    assert agreement.sealed is not None
    scans.keep_print(new_public_id(), agreement.sealed, about=agreement, unit=unit, fiscal_year=year, at=at)
    return stage


def addresses_of_things() -> list[tuple[str, str]]:
    """Every address in which something of the year stands, filled in."""
    return [
        (name, reverse(name, kwargs={keyword: THINGS[keyword]() for keyword in keywords}))
        for name, keywords in keywords_by_name().items()
        if keywords and name not in FOR_EVERYBODY and all(keyword in THINGS for keyword in keywords)
    ]


def keywords_by_name() -> dict[str, list[str]]:
    """What each address asks for, by the names in its pattern."""
    found: dict[str, list[str]] = {}

    def walk(resolver: URLResolver, namespace: str, before: list[str]) -> None:
        for entry in resolver.url_patterns:
            here = [*before, *entry.pattern.converters]
            if isinstance(entry, URLPattern):
                found[f"{namespace}{entry.name or entry.pattern}"] = here
            else:
                walk(entry, f"{namespace}{entry.namespace}:" if entry.namespace else namespace, here)

    walk(get_resolver(), "", [])
    return found


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_outsider_finds_nothing_at_any_address(whole_year: Stage, client: Client, method: str) -> None:
    client.login(username="planner.pa", password=PASSWORD)
    told: dict[str, Any] = {}

    for name, address in addresses_of_things():
        response = getattr(client, method)(address, follow=True)
        if response.status_code not in (403, 404, 405):
            told[name] = response.status_code

    assert told == {}


def test_the_walk_really_walks(whole_year: Stage) -> None:
    assert len(addresses_of_things()) > 30
