"""Answers about the agreement of a run."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from raprong.agreements.enums import Side
from raprong.agreements.models import Agreement, AgreementParty
from raprong.circulation.enums import LetterKind
from raprong.circulation.models import Letter
from raprong.core.references import reference
from raprong.documents.signing_form.shape import SigningForm
from raprong.files.models import StoredFile
from raprong.kpis.queries import selection_standing
from raprong.kpis.selection import weight_sentence
from raprong.organisation.models import Person
from raprong.processes.models import Run
from raprong.records.models import Record
from raprong.signatures.models import SignatureRequest
from raprong.signatures.queries import waiting_for


@dataclass(frozen=True)
class Readiness:
    """One thing an agreement needs before it can be signed: whether it is there, and the sentence with the figures."""

    ok: bool
    text: str


def agreement_of(run: Run) -> Agreement | None:
    """The agreement of a run; None until it is drafted."""
    return Agreement.objects.with_run().filter(run=run).first()


def parties_of(agreement: Agreement) -> QuerySet[AgreementParty]:
    """The parties in the order of the paper, each with their request to sign and the signature given."""
    return agreement.parties.select_related("person", "request__signature")


def readiness_of(agreement: Agreement) -> list[Readiness]:
    """Everything that must be there before the agreement opens for signing, in the order one prepares it."""
    parties = list(agreement.parties.all())
    return [weights_ready(agreement.run), *(_side_ready(side, parties) for side in Side), ceremony_ready(agreement)]


def weights_ready(run: Run) -> Readiness:
    """At least one KPI is selected and the weights of the selected ones are exactly the whole."""
    standing = selection_standing(run)
    if standing.selected and standing.weight_is_whole:
        words = {"count": standing.selected, "given": f"{standing.weight:.2f}"}
        return Readiness(True, _("%(count)s KPIs are selected; their weights add up to %(given)s.") % words)
    if not standing.selected:
        return Readiness(False, _("No KPI has been selected yet."))
    return Readiness(False, weight_sentence(standing))


def ceremony_ready(agreement: Agreement) -> Readiness:
    """The day and the place of signing are set."""
    if agreement.signing_on and agreement.venue:
        return Readiness(True, _("The day and the place of signing are set."))
    return Readiness(False, _("Set the day and the place of signing."))


def _side_ready(side: Side, parties: list[AgreementParty]) -> Readiness:
    named = [party for party in parties if party.side == side]
    if not named:
        return Readiness(False, _("Nobody is named who: %(side)s.") % {"side": side.label})
    return Readiness(True, _("%(side)s: %(names)s.") % {"side": side.label, "names": ", ".join(map(str, named))})


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
