"""A paper gets its code, its seal and its public standing: in force, replaced, or cancelled."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from raprong.access.rules import Refused
from raprong.audit.actions import record
from raprong.core.clock import day_of
from raprong.core.models import PublicIdModel
from raprong.core.references import reference
from raprong.documents import CheckMark
from raprong.organisation.models import Person, Unit
from raprong.seals.codes import mark_for, new_code
from raprong.seals.models import SealCertificate, SealedPaper
from raprong.seals.proofs import Sealed, seal_with
from raprong.seals.signers import certificate_for, signer_of

# Papers are Thai in every language of the pages.
FOR_TRAINING = "ประทับตราด้วยใบรับรองของระบบ\nเพื่อทดลองและฝึกอบรม"


@transaction.atomic
def give_code(
    *, kind: str, title: str, about: PublicIdModel, unit: Unit, fiscal_year: int, at: datetime
) -> SealedPaper:
    """Give a paper its code before it is printed. Until it is sealed, its public page says that it is not."""
    return SealedPaper.objects.create(
        code=new_code(),
        unit=unit,
        fiscal_year=fiscal_year,
        kind=kind,
        title=title[:300],
        about=reference(about),
        printed_at=at,
    )


def awaiting_seal(about: PublicIdModel, kind: str) -> SealedPaper | None:
    """The paper about a thing that was printed with its code last and is not sealed yet."""
    return SealedPaper.objects.filter(about=reference(about), kind=kind, sealed_at__isnull=True).first()


def mark_of(paper: SealedPaper) -> CheckMark | None:
    """What is printed at the foot of the paper: its code, and that its seal is for training where it will be."""
    own = SealCertificate.objects.chosen_for(paper.unit, day_of(paper.printed_at)).exists()
    return mark_for(paper.code, note="" if own else FOR_TRAINING)


def seal(content: bytes, *, unit: Unit, at: datetime) -> Sealed:
    """Seal a finished PDF for a unit. Refused in words: certificate ended, clock wrong, timestamp required."""
    certificate = certificate_for(unit, at=at)
    return seal_with(signer_of(certificate), content, certificate=certificate, at=at)


@transaction.atomic
def enter(paper: SealedPaper, sealed: Sealed, *, deposited: PublicIdModel, sha256: str, at: datetime) -> SealedPaper:
    """Write down that a paper was sealed and deposited: from now on its code leads to it."""
    paper = SealedPaper.objects.select_for_update(of=("self",)).get(pk=paper.pk)
    if paper.sealed_at is not None:
        raise Refused(_("This paper is sealed already."))
    paper.record, paper.sha256, paper.sealed_at = reference(deposited), sha256, at
    paper.certificate, paper.level, paper.awaits_proof = sealed.certificate, sealed.level, sealed.awaits_proof
    paper.save(update_fields=["record", "sha256", "sealed_at", "certificate", "level", "awaits_proof"])
    return paper


@transaction.atomic
def supersede(older: SealedPaper, newer: SealedPaper, *, by: Person, at: datetime) -> SealedPaper:
    """Another paper takes the place of this one. Its page then leads to the newer."""
    older = _standing(older)
    older.superseded_by = newer
    older.save(update_fields=["superseded_by"])
    facts = {"code": older.code, "newer": newer.code}
    record(
        "paper.superseded", about=older, by=by, at=at, place=older.unit.office, fiscal_year=older.fiscal_year, **facts
    )
    return older


@transaction.atomic
def cancel(paper: SealedPaper, *, because: str, by: Person, at: datetime) -> SealedPaper:
    """A paper is no longer in force, for a reason that its public page tells."""
    paper = _standing(paper)
    paper.cancelled_at, paper.cancelled_because = at, because.strip()[:500]
    paper.save(update_fields=["cancelled_at", "cancelled_because"])
    facts = {"code": paper.code, "because": paper.cancelled_because}
    record(
        "paper.cancelled", about=paper, by=by, at=at, place=paper.unit.office, fiscal_year=paper.fiscal_year, **facts
    )
    return paper


def papers_about(about: PublicIdModel) -> list[SealedPaper]:
    """The sealed papers about a thing, the newest first."""
    return list(SealedPaper.objects.filter(about=reference(about), sealed_at__isnull=False).select_related("unit"))


def _standing(paper: SealedPaper) -> SealedPaper:
    found = SealedPaper.objects.select_for_update(of=("self",)).select_related("unit").get(pk=paper.pk)
    if found.cancelled_at is not None or found.superseded_by_id is not None:
        raise Refused(_("This paper is no longer in force."))
    return found
