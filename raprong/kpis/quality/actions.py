"""The verbs of reasons: giving one for a warning, and taking it back."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from raprong.access.rules import Refused
from raprong.audit.actions import record
from raprong.core.faults import Fault, Faults
from raprong.core.freshness import check_fresh
from raprong.kpis.models import KpiYear
from raprong.kpis.quality.permissions import check_may_give_reason
from raprong.kpis.quality.queries import KpiFinding, findings_of_kpi
from raprong.lib.kpi_quality.shape import Severity
from raprong.organisation.models import Person

MOST_LETTERS = 500


@transaction.atomic
def accept_warning(kpi: KpiYear, code: str, *, because: str, seen: int | None, by: Person, at: datetime) -> KpiYear:
    """Keep a KPI as it is in spite of a warning, with the reason. It holds while what the warning rests on stays.

    Refused for what is no longer found, and for an error, which is corrected and not explained.
    """
    kpi = _locked(kpi)
    check_may_give_reason(by, kpi, at=at)
    check_fresh(kpi, seen)
    found = _warning(kpi, code)
    _check_reason(because)

    kpi.accepted_warnings = kpi.accepted_warnings | {
        code: {
            "because": because.strip(),
            "by": by.name,
            "at": at.isoformat(),
            "facts": dict(found.finding.facts),
        }
    }
    _save(kpi)

    _record("kpi.warning_accepted", kpi, by, at, warning=code, because=because.strip(), about_what=found.sentence)
    return kpi


@transaction.atomic
def take_back_acceptance(kpi: KpiYear, code: str, *, seen: int | None, by: Person, at: datetime) -> KpiYear:
    """Take back the reason given for a warning; the warning asks for one again."""
    kpi = _locked(kpi)
    check_may_give_reason(by, kpi, at=at)
    check_fresh(kpi, seen)
    held = kpi.accepted_warnings.get(code)
    if held is None:
        raise Refused(_("No reason was given for this."))

    kpi.accepted_warnings = {kept: reason for kept, reason in kpi.accepted_warnings.items() if kept != code}
    _save(kpi)

    _record("kpi.warning_reopened", kpi, by, at, warning=code, because=held["because"])
    return kpi


def _warning(kpi: KpiYear, code: str) -> KpiFinding:
    found = next((found for found in findings_of_kpi(kpi) if found.code == code), None)
    if found is None:
        raise Refused(_("This is no longer found in KPI %(code)s, and needs no reason.") % {"code": kpi.code})
    if found.severity is Severity.ERROR:
        raise Refused(_("This is an error: correct it. A reason does not help."))
    if found.severity is Severity.NOTICE:
        raise Refused(_("This asks for no reason."))
    return found


def _check_reason(because: str) -> None:
    if not because.strip():
        raise Faults([Fault("because", _("Say why the KPI stays as it is."))])
    if len(because) > MOST_LETTERS:
        raise Faults([Fault("because", _("This is too long. Use at most %(most)s letters.") % {"most": MOST_LETTERS})])


def _locked(kpi: KpiYear) -> KpiYear:
    return KpiYear.objects.select_for_update(of=("self",)).with_people().get(pk=kpi.pk)


def _save(kpi: KpiYear) -> None:
    kpi.version += 1
    kpi.save(update_fields=["accepted_warnings", "version"])


def _record(kind: str, kpi: KpiYear, by: Person, at: datetime, **facts: str) -> None:
    record(kind, about=kpi, by=by, at=at, place=kpi.run.unit, fiscal_year=kpi.run.fiscal_year, **facts)
