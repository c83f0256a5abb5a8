from django.db import migrations

from ._words_stay import words_stay


class Migration(migrations.Migration):
    dependencies = [("barriers", "0001_initial")]

    operations = [words_stay()]
