from typing import Any

from django.db import migrations

from raprong.lib.thai.writing import one_way


def carry_over(apps: Any, schema_editor: Any) -> None:
    """What stood under parts of reports becomes evidence of the year with a credit each; numbers and ids stay.

    The same file under the same title becomes one piece of evidence. The folders of submitted reports are closed.
    """
    known: dict[tuple[int, str, str], Any] = {}
    for old in apps.get_model("assessments", "Evidence").objects.select_related("item__assessment", "file").order_by("pk"):
        assessment = old.item.assessment
        key = (assessment.run_id, old.file.sha256, old.title)
        if key not in known:
            known[key] = begin(apps, old, assessment.run_id)
        apps.get_model("evidence", "Credit").objects.create(
            public_id=old.public_id,
            evidence=known[key],
            kpi_id=old.item.kpi_id,
            months=assessment.months,
            number=old.number,
            credited_at=old.added_at,
            credited_by_id=old.added_by_id,
            withdrawn_at=old.withdrawn_at,
            withdrawn_by_id=old.withdrawn_by_id,
        )
    for report in apps.get_model("assessments", "SelfAssessment").objects.filter(submitted_at__isnull=False):
        close(apps, report)


def begin(apps: Any, old: Any, run: int) -> Any:
    return apps.get_model("evidence", "Evidence").objects.create(
        run_id=run,
        file=old.file,
        title=old.title,
        search_text="\n".join(map(one_way, (old.title, old.file.name, "", ""))),
        added_at=old.added_at,
        added_by_id=old.added_by_id,
    )


def close(apps: Any, report: Any) -> None:
    apps.get_model("evidence", "Folder").objects.create(
        run_id=report.run_id,
        months=report.months,
        closed_at=report.submitted_at,
        closed_by_id=report.submitted_by_id,
        closed_after=0,
    )


class Migration(migrations.Migration):
    dependencies = [("evidence", "0001_initial"), ("assessments", "0005_scores_at_any_places")]

    operations = [migrations.RunPython(carry_over, migrations.RunPython.noop)]
