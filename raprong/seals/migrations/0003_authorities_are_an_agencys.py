"""An authority is trusted by an agency. After the rows have theirs: PostgreSQL changes no table with rows in the air."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("seals", "0002_authorities_of_agencies")]

    operations = [
        migrations.AlterField(
            model_name="trustedauthority",
            name="agency",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisation.agency"
            ),
        ),
        migrations.AddConstraint(
            model_name="trustedauthority",
            constraint=models.UniqueConstraint(
                fields=["agency", "sha256"],
                condition=Q(withdrawn_at__isnull=True),
                name="an_authority_is_trusted_once_in_an_agency",
            ),
        ),
    ]
