from django.db import migrations, models

from ._rows import row_level_security


class Migration(migrations.Migration):

    dependencies = [("rounds", "0002_reading_in_turns")]

    operations = [
        migrations.AlterModelOptions(name="answer", options={"base_manager_name": "objects"}),
        # Without a default, so that SQLite does not make the table anew and drop its triggers.
        migrations.AddField(
            model_name="secondanswer", name="nonce", field=models.CharField(max_length=64, null=True)
        ),
        row_level_security(),
    ]
