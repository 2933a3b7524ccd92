"""Whoever reported a result or wrote in a report does not judge it."""

from django.db.models import Q

from raprong.assessments.models import AssessmentItem, SelfAssessment
from raprong.evaluations.models import ExternalFactor, InquiryEntry
from raprong.evidence.models import Credit
from raprong.organisation.models import Person
from raprong.results.models import MonthlyResult


def took_part(person: Person, assessment: SelfAssessment) -> bool:
    """Whether a person opened, wrote in, or submitted a report, attached evidence to it, reported its figures,
    answered a question about it, or claimed an external factor for it.
    """
    if person.pk in (assessment.opened_by_id, assessment.submitted_by_id):
        return True
    return (
        AssessmentItem.objects.filter(assessment=assessment, written_by=person).exists()
        or _gave_evidence(person, assessment)
        or InquiryEntry.objects.filter(inquiry__score__item__assessment=assessment, is_answer=True, by=person).exists()
        or ExternalFactor.objects.filter(item__assessment=assessment, claimed_by=person).exists()
        or MonthlyResult.objects.filter(kpi__framework__run=assessment.run_id, reported_by=person).exists()
    )


def _gave_evidence(person: Person, assessment: SelfAssessment) -> bool:
    given = Credit.objects.of_round(assessment.run, assessment.months)
    return given.filter(Q(credited_by=person) | Q(evidence__added_by=person)).exists()
