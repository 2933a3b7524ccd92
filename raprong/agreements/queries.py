"""Answers about the agreement of a run."""

from django.db.models import QuerySet

from raprong.agreements.models import Agreement, AgreementParty
from raprong.circulation.enums import LetterKind
from raprong.circulation.models import Letter
from raprong.core.references import reference
from raprong.documents.signing_form.shape import SigningForm
from raprong.files.models import StoredFile
from raprong.organisation.models import Person
from raprong.processes.models import Run
from raprong.records.models import Record
from raprong.signatures.models import SignatureRequest
from raprong.signatures.queries import waiting_for


def agreement_of(run: Run) -> Agreement | None:
    """The agreement of a run; None until it is drafted."""
    return Agreement.objects.with_run().filter(run=run).first()


def parties_of(agreement: Agreement) -> QuerySet[AgreementParty]:
    """The parties in the order of the paper, each with their request to sign and the signature given."""
    return agreement.parties.select_related("person", "request__signature")


def next_request(agreement: Agreement, person: Person) -> SignatureRequest | None:
    """The person's own request that they can sign now."""
    return waiting_for(person).filter(about=reference(agreement)).first()


def letters_of(agreement: Agreement, kind: LetterKind) -> QuerySet[Letter]:
    """The letters of a kind that followed from the agreement, newest first."""
    return Letter.objects.standing().filter(about=reference(agreement), kind=kind).select_related("unit", "drafted_by")


def signing_form_of(agreement: Agreement) -> StoredFile | None:
    """The signing form that was deposited with the agreement; None until that is in force."""
    kept = Record.objects.filter(about=reference(agreement), kind=SigningForm.kind).select_related("file").first()
    return kept.file if kept else None
