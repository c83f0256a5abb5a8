import coproduce.core.ids
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from coproduce.core.triggers import append_only


class Migration(migrations.Migration):

    dependencies = [
        ('feedback', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='publication',
            name='asked',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='report',
            name='asked',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='statement',
            name='easy_came',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='statement',
            name='easy_said',
            field=models.TextField(blank=True),
        ),
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.UUIDField(default=coproduce.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('thanks', 'Thanks and receipt'), ('answers', 'What became of each point')], max_length=10)),
                ('route', models.CharField(choices=[('email', 'E-mail'), ('print', 'On paper')], max_length=10)),
                ('points', models.JSONField(blank=True, default=list)),
                ('digest', models.CharField(max_length=64)),
                ('state', models.CharField(choices=[('waiting', 'Not sent yet'), ('on_its_way', 'Not known whether it arrived'), ('sent', 'Sent'), ('failed', 'Failed'), ('replaced', 'Replaced by a newer letter')], default='waiting', max_length=10)),
                ('fault', models.CharField(blank=True, max_length=100)),
                ('made_at', models.DateTimeField()),
                ('sent_on', models.DateField(blank=True, null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('publication', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='feedback.publication')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='feedback.report')),
            ],
            options={
                'indexes': [models.Index(fields=['report', 'state'], name='letters_to_send')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'replaced'), _negated=True), fields=('report', 'kind', 'person', 'digest'), name='nobody_is_told_the_same_twice'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'sent'), _negated=True), ('sent_on__isnull', False), _connector='OR'), name='a_sent_letter_has_its_day')],
            },
        ),
        migrations.CreateModel(
            name='Update',
            fields=[
                ('id', models.UUIDField(default=coproduce.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('promise', models.TextField()),
                ('progress', models.CharField(choices=[('going_on', 'Under way'), ('moved', 'Under way, with a new date'), ('done', 'Done'), ('stopped', 'We could not do it')], max_length=10)),
                ('words', models.TextField()),
                ('on', models.DateField()),
                ('new_date', models.DateField(blank=True, null=True)),
                ('next_on', models.DateField(blank=True, null=True)),
                ('at', models.DateTimeField()),
                ('statement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='feedback.statement')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['statement', 'at'], name='news_of_a_promise')],
                'constraints': [models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='news_has_words'), models.CheckConstraint(condition=models.Q(models.Q(('progress', 'moved'), _negated=True), ('new_date__isnull', False), _connector='OR'), name='a_moved_promise_has_a_date')],
            },
        ),
        append_only("feedback_update"),
        append_only("feedback_letter", verbs=("DELETE", "TRUNCATE")),
    ]
