from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("assessments", "0005_scores_at_any_places"), ("evidence", "0002_carry_evidence_over")]

    operations = [migrations.DeleteModel(name="Evidence")]
