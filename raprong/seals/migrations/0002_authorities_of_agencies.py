"""Each agency says for itself whom it trusts; what was trusted so far is trusted by the agency of whoever entered it."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def give_to_agencies(apps, schema_editor):
    authorities = apps.get_model("seals", "TrustedAuthority")
    people = apps.get_model("organisation", "Person").objects.filter(pk=OuterRef("trusted_by"))
    authorities.objects.update(agency_id=Subquery(people.values("agency_id")[:1]))


class Migration(migrations.Migration):
    dependencies = [("seals", "0001_initial")]

    operations = [
        migrations.RemoveConstraint(model_name="trustedauthority", name="an_authority_is_trusted_once"),
        migrations.AddField(
            model_name="trustedauthority",
            name="agency",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisation.agency"
            ),
        ),
        migrations.RunPython(give_to_agencies, migrations.RunPython.noop),
    ]
