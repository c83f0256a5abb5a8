from django.db import migrations

from coproduce.core.working_days import add_working_days


def wait_for_replies(apps, schema_editor):
    """What was passed on before this migration waits for its reply, too."""
    decisions = apps.get_model("drafting", "Decision").objects.filter(outcome="passed_on")
    apps.get_model("drafting", "PassedOn").objects.bulk_create(
        apps.get_model("drafting", "PassedOn")(
            decision=one, to=one.sent_to, sent_on=one.decided_on, remind_on=add_working_days(one.decided_on, 20)
        )
        for one in decisions
    )


class Migration(migrations.Migration):
    # By itself: PostgreSQL lets no trigger be made on a table with rows that still wait for their checks.
    dependencies = [("drafting", "0030_responding")]

    operations = [migrations.RunPython(wait_for_replies, migrations.RunPython.noop)]
