import django.db.models.deletion
from django.db import migrations, models

from raprong.core.append_only import ForbidChanges, PermitChanges


class Migration(migrations.Migration):

    dependencies = [
        ('organisation', '0002_temporary_passwords'),
        ('records', '0002_batches'),
    ]

    operations = [
        PermitChanges('records_record'),
        migrations.AlterField(
            model_name='record',
            name='deposited_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person'),
        ),
        ForbidChanges('records_record'),
    ]
