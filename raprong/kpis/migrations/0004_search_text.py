from typing import Any

from django.db import migrations

from raprong.kpis.search_text import search_text_of


def write_search_text(apps: Any, schema_editor: Any) -> None:
    """KPIs from before searching had a text of its own get theirs."""
    kpis = apps.get_model("kpis", "KpiYear").objects
    for kpi in kpis.filter(search_text="").iterator():
        kpis.filter(pk=kpi.pk).update(search_text=search_text_of(kpi))


class Migration(migrations.Migration):
    dependencies = [("kpis", "0003_kinds_of_ones_own")]

    operations = [migrations.RunPython(write_search_text, migrations.RunPython.noop, elidable=True)]
