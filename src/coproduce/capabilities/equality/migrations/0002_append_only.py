from django.db import migrations

from coproduce.core.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("equality", "0001_initial")]

    operations = [
        append_only("equality_version"),
        append_only("equality_reading"),
        append_only("equality_monitoringtable"),
    ]
