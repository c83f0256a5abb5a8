from django.db import migrations

from ._rows import row_level_security


class Migration(migrations.Migration):

    dependencies = [("rounds", "0002_reading_in_turns")]

    operations = [
        migrations.AlterModelOptions(name="answer", options={"base_manager_name": "objects"}),
        row_level_security(),
    ]
