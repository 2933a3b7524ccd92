"""Who may see a file: whoever may see a thing that it belongs to. A file that belongs to nothing is seen by nobody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.db.models import Q

from raprong.agreements.models import Agreement
from raprong.assessments.models import SelfAssessment
from raprong.circulation.models import Letter
from raprong.evaluations.models import Evaluation, ExternalFactor, Inquiry, ModerationMeeting, Recommendation
from raprong.evidence.models import Evidence
from raprong.files.models import FrozenLink, StoredFile
from raprong.objections.models import Objection
from raprong.organisation.models import Person
from raprong.records.models import Record

Guard = Callable[[StoredFile, Person, date], bool]


def by_record(file: StoredFile, person: Person, on: date) -> bool:
    return Record.objects.visible_to(person, on=on).filter(file=file).exists()


def by_agreement(file: StoredFile, person: Person, on: date) -> bool:
    return Agreement.objects.visible_to(person, on=on).filter(Q(paper=file) | Q(copy=file) | Q(sealed=file)).exists()


def by_report(file: StoredFile, person: Person, on: date) -> bool:
    seen = SelfAssessment.objects.visible_to(person, on=on)
    return seen.filter(Q(sealed=file) | Q(receipt__paper=file)).exists()


def by_evidence(file: StoredFile, person: Person, on: date) -> bool:
    return Evidence.objects.visible_to(person, on=on).filter(file=file).exists()


def by_evaluation(file: StoredFile, person: Person, on: date) -> bool:
    return Evaluation.objects.visible_to(person, on=on).filter(sealed=file).exists()


def by_inquiry(file: StoredFile, person: Person, on: date) -> bool:
    return Inquiry.objects.visible_to(person, on=on).filter(entries__files=file).exists()


def by_external_factor(file: StoredFile, person: Person, on: date) -> bool:
    return ExternalFactor.objects.visible_to(person, on=on).filter(files=file).exists()


def by_recommendation(file: StoredFile, person: Person, on: date) -> bool:
    return Recommendation.objects.visible_to(person, on=on).filter(steps__files=file).exists()


def by_meeting(file: StoredFile, person: Person, on: date) -> bool:
    return ModerationMeeting.objects.visible_to(person, on=on).filter(sealed=file).exists()


def by_letter(file: StoredFile, person: Person, on: date) -> bool:
    return Letter.objects.visible_to(person, on=on).filter(sealed=file).exists()


def by_objection(file: StoredFile, person: Person, on: date) -> bool:
    """Proofs of an objection, its sealed decision, and for a panel the evidence of what is objected to."""
    seen = Objection.objects.visible_to(person, on=on)
    run = "preliminary__evaluation__assessment__run"
    proof = Q(proofs=file) | Q(proposals__sealed=file) | Q(score__item__kpi__credits__evidence__file=file)
    of_total = Q(score=None) & Q(**{f"{run}__evidence__file": file})
    return seen.filter(proof | of_total).exists()


def by_link(file: StoredFile, person: Person, on: date) -> bool:
    """Its giver sees the copy of a link, whatever it proves or no longer proves."""
    return FrozenLink.objects.filter(file=file, given_by=person).exists()


GUARDS: tuple[Guard, ...] = (
    by_record,
    by_agreement,
    by_report,
    by_evidence,
    by_evaluation,
    by_inquiry,
    by_external_factor,
    by_recommendation,
    by_objection,
    by_meeting,
    by_letter,
    by_link,
)


def is_visible(file: StoredFile, person: Person, *, on: date) -> bool:
    """Whether any of the things that the file belongs to is open to this person on a day."""
    return any(guard(file, person, on) for guard in GUARDS)
