from django.db import migrations

from coproduce.core.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("labs", "0001_initial")]

    operations = [
        append_only("labs_turn"),
        append_only("labs_handedon"),
        append_only("labs_conflictnote"),
    ]
