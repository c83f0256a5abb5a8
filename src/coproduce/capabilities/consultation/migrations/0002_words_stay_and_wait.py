from django.db import migrations

from coproduce.core.triggers import append_only

from ._before_the_close import words_wait


class Migration(migrations.Migration):
    dependencies = [("consultation", "0001_initial")]

    operations = [append_only("consultation_said"), words_wait()]
