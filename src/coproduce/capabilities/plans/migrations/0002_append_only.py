from django.db import migrations

from coproduce.core.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("plans", "0001_initial")]

    operations = [
        append_only("plans_datechange"),
        append_only("plans_check"),
        append_only("plans_handover"),
        append_only("plans_handedover"),
    ]
