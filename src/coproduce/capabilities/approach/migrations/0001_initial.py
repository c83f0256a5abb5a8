import coproduce.core.ids
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('projects', '0010_foreword_in_full'),
        ('rounds', '0004_answered_in_every_way'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.UUIDField(default=coproduce.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField()),
                ('words', models.CharField(max_length=300)),
                ('answers', models.JSONField(default=dict)),
                ('suggested', models.CharField(choices=[('simple', 'Simple'), ('complicated', 'Complicated'), ('complex', 'Complex'), ('chaotic', 'Chaotic'), ('not_sure', 'Not sure yet')], max_length=20)),
                ('complexity', models.CharField(blank=True, choices=[('simple', 'Simple'), ('complicated', 'Complicated'), ('complex', 'Complex'), ('chaotic', 'Chaotic'), ('not_sure', 'Not sure yet')], max_length=20)),
                ('complexity_note', models.TextField(blank=True)),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('level', models.CharField(blank=True, choices=[('protect', 'Protect or coerce'), ('educate', 'Educate'), ('inform', 'Inform'), ('consult', 'Consult'), ('involve', 'Involve'), ('co_design', 'Co-design'), ('co_produce', 'Co-produce'), ('citizen_led', 'Citizen-led')], max_length=20)),
                ('decides', models.PositiveSmallIntegerField(choices=[(0, '0: the organisation alone'), (1, '1: mostly the organisation'), (2, '2: shared equally'), (3, '3: mostly citizens'), (4, '4: citizens alone')], null=True)),
                ('acts', models.PositiveSmallIntegerField(choices=[(0, '0: the organisation alone'), (1, '1: mostly the organisation'), (2, '2: shared equally'), (3, '3: mostly citizens'), (4, '4: citizens alone')], null=True)),
                ('reason', models.TextField(blank=True)),
                ('promise', models.TextField(blank=True)),
                ('agreed_with', models.TextField(blank=True)),
                ('chosen_at', models.DateTimeField(null=True)),
                ('chosen_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='projects.project')),
            ],
        ),
        migrations.CreateModel(
            name='LevelAsked',
            fields=[
                ('id', models.UUIDField(default=coproduce.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('question', models.CharField(max_length=20)),
                ('options', models.JSONField(default=dict)),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='approach.decision')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='rounds.round')),
            ],
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.UniqueConstraint(fields=('project', 'number'), name='one_decision_a_number'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('decides__isnull', True), ('decides__range', (0, 4)), _connector='OR'), name='who_decides_0_to_4'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('acts__isnull', True), ('acts__range', (0, 4)), _connector='OR'), name='who_acts_0_to_4'),
        ),
        migrations.AddConstraint(
            model_name='levelasked',
            constraint=models.UniqueConstraint(fields=('round', 'question'), name='a_question_asks_of_one_decision'),
        ),
    ]
