from django.db import migrations

from coproduce.core.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("plans", "0010_year")]

    operations = [append_only("plans_planreview"), append_only("plans_reminder")]
