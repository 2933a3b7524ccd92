"""A random sample of claims from a seed that is published before the reports are in (N9).

The system makes the seed, so nobody chooses it; it stands in the trail from that moment on, and whoever knows it draws
the same sample again, with `raprong sample` or with a pencil and any SHA-256.
"""

import secrets
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from raprong.assessments.models import SelfAssessment
from raprong.audit.actions import record
from raprong.core.faults import Fault, Faults
from raprong.evaluations import permissions
from raprong.evaluations.models import SampleSeed
from raprong.kpis.models import KpiYear
from raprong.lib.reading_order.sampling import drawn
from raprong.organisation.models import Agency, Person

SEED_BYTES = 16


@transaction.atomic
def publish_seed(
    agency: Agency, *, fiscal_year: int, months: int, per_hundred: int, by: Person, at: datetime
) -> SampleSeed:
    """Publish the seed of a round for every unit of an agency, with the share of KPIs to draw from each.

    For those who score in the whole agency. Refused: a second seed for the same round, and every seed once a report of
    the round was submitted, since its KPIs could then be chosen by trying.
    """
    agency = Agency.objects.select_for_update().get(pk=agency.pk)
    permissions.check_may_publish_seed(by, agency, fiscal_year, months, at=at)
    if not 1 <= per_hundred <= 100:
        raise Faults([Fault("per_hundred", _("The share lies between 1 and 100 of a hundred."))])

    seed = SampleSeed.objects.create(
        agency=agency,
        fiscal_year=fiscal_year,
        months=months,
        seed=secrets.token_hex(SEED_BYTES),
        per_hundred=per_hundred,
        published_at=at,
        published_by=by,
    )

    facts = {"months": months, "seed": seed.seed, "per_hundred": per_hundred}
    record("evaluation.seed_published", about=seed, by=by, at=at, place=agency, fiscal_year=fiscal_year, **facts)
    return seed


def seed_for(assessment: SelfAssessment) -> SampleSeed | None:
    """The seed by which a report is drawn from, where one was published."""
    run = assessment.run
    found = SampleSeed.objects.filter(agency=run.unit.agency_id, fiscal_year=run.fiscal_year, months=assessment.months)
    return found.first()


def names_drawn(assessment: SelfAssessment) -> frozenset[str]:
    """The KPIs of a report that its round's seed draws, by the public ids that the draw goes by."""
    seed = seed_for(assessment)
    if seed is None:
        return frozenset()
    return frozenset(drawn(seed.seed, names_in(assessment), per_hundred=seed.per_hundred))


def names_in(assessment: SelfAssessment) -> Sequence[str]:
    """What the draw goes by: the public ids of a report's KPIs, made before the seed and unlike codes never changed."""
    kpis = KpiYear.objects.filter(assessment_items__assessment=assessment)
    return list(kpis.order_by("sort_code", "code").values_list("public_id", flat=True))
