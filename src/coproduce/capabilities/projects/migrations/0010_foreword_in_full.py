import coproduce.core.ids
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from coproduce.core.triggers import append_only


class Migration(migrations.Migration):

    dependencies = [
        ('projects', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='foreword',
            name='legal_risk',
            field=models.CharField(choices=[('low', 'Low'), ('some', 'Some'), ('high', 'High: somebody may go to court')], default='low', max_length=10),
        ),
        migrations.CreateModel(
            name='ForewordChange',
            fields=[
                ('id', models.UUIDField(default=coproduce.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('why', models.TextField()),
                ('before', models.JSONField(default=dict)),
                ('after', models.JSONField(default=dict)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('option', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='projects.option')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='projects.project')),
            ],
        ),
        append_only("projects_forewordchange"),
    ]
