import coproduce.core.ids
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from coproduce.core.triggers import append_only


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('projects', '0010_foreword_in_full'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.UUIDField(default=coproduce.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField()),
                ('stage', models.CharField(choices=[('foreword', 'Foreword'), ('cupboards', 'Cupboards'), ('research', 'Research'), ('round', 'Independent round'), ('draft', 'Draft'), ('consultation', 'Consultation'), ('decision', 'Decision'), ('review', 'Review')], max_length=20)),
                ('kind', models.CharField(choices=[('clarify', 'Clarify'), ('assumptions', 'Assumptions'), ('evidence', 'Evidence'), ('viewpoints', 'Viewpoints'), ('implications', 'Implications'), ('itself', 'The question itself')], max_length=20)),
                ('words', models.TextField()),
                ('asked_at', models.DateTimeField()),
                ('status', models.CharField(choices=[('open', 'Open'), ('answered', 'Answered'), ('changed', 'Changed our mind'), ('cannot', 'Cannot be answered')], default='open', max_length=10)),
                ('answered_at', models.DateTimeField(null=True)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='projects.project')),
            ],
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.UUIDField(default=coproduce.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('status', models.CharField(choices=[('answered', 'Answered'), ('changed', 'Changed our mind'), ('cannot', 'Cannot be answered')], max_length=10)),
                ('words', models.TextField()),
                ('what_changed', models.TextField(blank=True)),
                ('evidence', models.TextField(blank=True)),
                ('address', models.CharField(blank=True, max_length=1000)),
                ('cited_kind', models.CharField(blank=True, max_length=40)),
                ('cited_id', models.UUIDField(null=True)),
                ('cited_ref', models.CharField(blank=True, max_length=20)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='questions.question')),
            ],
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.UniqueConstraint(fields=('project', 'number'), name='one_question_a_number'),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('answered_by__isnull', True), ('status', 'open')), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False), ('status__in', ('answered', 'changed', 'cannot'))), _connector='OR'), name='an_answer_has_its_person_and_time'),
        ),
        append_only("questions_answer"),
    ]
