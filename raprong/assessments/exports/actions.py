"""Asking for a package, and stopping it. The worker makes it: see `making`."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from raprong.access.rules import Refused
from raprong.assessments.enums import ExportState
from raprong.assessments.exports import permissions
from raprong.assessments.exports.layouts import layout_of
from raprong.assessments.exports.making import record_export
from raprong.assessments.exports.tasks import make_export
from raprong.assessments.models import Export, SelfAssessment
from raprong.organisation.models import Person

SILENT = timedelta(minutes=10)  # a package that has not moved for so long belongs to a worker that was killed


@transaction.atomic
def order(assessment: SelfAssessment, *, by: Person, at: datetime) -> Export:
    """Ask for the package of a submitted report, in the layout of its SOP. One at a time is made of a report.

    One whose worker was killed is put aside by the next that is asked for.
    """
    assessment = SelfAssessment.objects.select_for_update(of=("self",)).select_related("run__sop").get(pk=assessment.pk)
    permissions.check_may_export(by, assessment, at=at)
    for running in assessment.exports.unfinished().select_for_update():
        if at - running.moved_at <= SILENT:
            raise Refused(_("A package of this report is being made. Wait for it, or stop it first."))
        _end(running, ExportState.CANCELLED, at)

    layout = layout_of(assessment.run)
    export = Export.objects.create(assessment=assessment, layout=layout.code, ordered_by=by, ordered_at=at, moved_at=at)

    record_export("assessment.export_ordered", export, by=by, at=at, layout=layout.code)
    transaction.on_commit(lambda: make_export.enqueue(export.pk))
    return export


@transaction.atomic
def cancel(export: Export, *, by: Person, at: datetime) -> Export:
    """Stop a package. What was put together so far is thrown away."""
    export = Export.objects.select_for_update(of=("self",)).select_related("assessment__run__unit").get(pk=export.pk)
    permissions.check_may_cancel(by, export, at=at)

    _end(export, ExportState.CANCELLED, at)

    record_export("assessment.export_cancelled", export, by=by, at=at)
    return export


def _end(export: Export, state: ExportState, at: datetime) -> None:
    export.state, export.ended_at = state, at
    export.save(update_fields=["state", "ended_at"])
