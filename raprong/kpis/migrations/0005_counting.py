from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("kpis", "0004_search_text"),
    ]

    operations = [
        migrations.AddField(
            model_name="kpiyear",
            name="counting",
            field=models.CharField(
                choices=[
                    ("cumulative", "Cumulative since October"),
                    ("monthly", "Each month by itself"),
                    ("annual", "Once, for the whole year"),
                ],
                default="cumulative",
                max_length=12,
            ),
        ),
    ]
