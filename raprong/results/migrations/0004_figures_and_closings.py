import hashlib
import json
from typing import Any

import django.db.models.deletion
from django.db import migrations, models

import raprong.core.models
from raprong.core.append_only import ForbidChanges, PermitChanges


def digest_what_is_closed(apps: Any, schema_editor: Any) -> None:
    """Months that were closed before have a digest like those that close from now on."""
    for close in apps.get_model("results", "MonthClose").objects.order_by("pk"):
        written = json.dumps(close.snapshot, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        close.digest = hashlib.sha256(written.encode()).hexdigest()
        close.save(update_fields=["digest"])


class Migration(migrations.Migration):

    dependencies = [
        ('kpis', '0005_counting'),
        ('organisation', '0002_temporary_passwords'),
        ('processes', '0001_initial'),
        ('results', '0003_readings_of_criteria'),
    ]

    operations = [
        migrations.CreateModel(
            name='CorrectiveAction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=raprong.core.models.new_public_id, editable=False, max_length=16, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('month', models.DateField()),
                ('figure', models.DecimalField(decimal_places=4, max_digits=15)),
                ('cause', models.TextField()),
                ('action', models.TextField()),
                ('due_on', models.DateField()),
                ('written_at', models.DateTimeField()),
                ('outcome', models.TextField(blank=True)),
                ('closed_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ['due_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='FigureAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=raprong.core.models.new_public_id, editable=False, max_length=16, unique=True)),
                ('month', models.DateField()),
                ('rule', models.CharField(max_length=40)),
                ('facts', models.JSONField()),
                ('value', models.DecimalField(decimal_places=4, max_digits=15)),
                ('because', models.TextField()),
                ('answered_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['answered_at', 'pk'],
                'base_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='FigureComment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=raprong.core.models.new_public_id, editable=False, max_length=16, unique=True)),
                ('month', models.DateField()),
                ('text', models.TextField()),
                ('written_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['written_at', 'pk'],
                'base_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='FollowUpLevel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('below', models.DecimalField(decimal_places=2, max_digits=6)),
                ('chosen_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Reopening',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=raprong.core.models.new_public_id, editable=False, max_length=16, unique=True)),
                ('because', models.TextField()),
                ('reopened_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['reopened_at', 'pk'],
                'base_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='TakenBack',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=raprong.core.models.new_public_id, editable=False, max_length=16, unique=True)),
                ('month', models.DateField()),
                ('about', models.CharField(max_length=120)),
                ('taken_back_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['taken_back_at', 'pk'],
                'base_manager_name': 'objects',
            },
        ),
        migrations.AlterModelOptions(
            name='monthclose',
            options={'base_manager_name': 'objects', 'ordering': ['run', 'month', 'revision']},
        ),
        PermitChanges("results_monthclose"),
        migrations.RemoveConstraint(
            model_name='monthclose',
            name='a_month_closes_once',
        ),
        migrations.AddField(
            model_name='monthclose',
            name='digest',
            field=models.CharField(default='', max_length=64),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='monthclose',
            name='revision',
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AddConstraint(
            model_name='monthclose',
            constraint=models.UniqueConstraint(fields=('run', 'month', 'revision'), name='a_revision_of_a_month_closes_once'),
        ),
        migrations.RunPython(digest_what_is_closed, migrations.RunPython.noop),
        ForbidChanges("results_monthclose"),
        migrations.AddField(
            model_name='correctiveaction',
            name='closed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person'),
        ),
        migrations.AddField(
            model_name='correctiveaction',
            name='kpi',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='corrective_actions', to='kpis.kpiyear'),
        ),
        migrations.AddField(
            model_name='correctiveaction',
            name='owner',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='corrective_actions', to='organisation.person'),
        ),
        migrations.AddField(
            model_name='correctiveaction',
            name='written_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person'),
        ),
        migrations.AddField(
            model_name='figureanswer',
            name='answered_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person'),
        ),
        migrations.AddField(
            model_name='figureanswer',
            name='kpi',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='figure_answers', to='kpis.kpiyear'),
        ),
        migrations.AddField(
            model_name='figurecomment',
            name='kpi',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='figure_comments', to='kpis.kpiyear'),
        ),
        migrations.AddField(
            model_name='figurecomment',
            name='written_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person'),
        ),
        migrations.AddField(
            model_name='followuplevel',
            name='chosen_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person'),
        ),
        migrations.AddField(
            model_name='followuplevel',
            name='run',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='follow_up_level', to='processes.run'),
        ),
        migrations.AddField(
            model_name='reopening',
            name='close',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='reopening', to='results.monthclose'),
        ),
        migrations.AddField(
            model_name='reopening',
            name='reopened_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person'),
        ),
        migrations.AddField(
            model_name='takenback',
            name='kpi',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='results_taken_back', to='kpis.kpiyear'),
        ),
        migrations.AddField(
            model_name='takenback',
            name='taken_back_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person'),
        ),
        migrations.AddConstraint(
            model_name='correctiveaction',
            constraint=models.UniqueConstraint(fields=('kpi', 'month'), name='one_corrective_action_for_a_figure'),
        ),
        migrations.AddConstraint(
            model_name='correctiveaction',
            constraint=models.CheckConstraint(condition=models.Q(('closed_at__isnull', True), models.Q(('outcome', ''), _negated=True), _connector='OR'), name='a_closed_action_says_what_was_done'),
        ),
        migrations.AddIndex(
            model_name='figureanswer',
            index=models.Index(fields=['kpi', 'month'], name='results_fig_kpi_id_77777f_idx'),
        ),
        migrations.AddIndex(
            model_name='figurecomment',
            index=models.Index(fields=['kpi', 'month'], name='results_fig_kpi_id_b0a281_idx'),
        ),
        ForbidChanges("results_figureanswer"),
        ForbidChanges("results_figurecomment"),
        ForbidChanges("results_reopening"),
        ForbidChanges("results_takenback"),
    ]
