from django.db import migrations, models

from coproduce.capabilities.drafting.rules.replay import Op, replay, to_snapshot

KINDS = ["insert_block", "replace", "delete_block", "restore_block", "move_block"]
STEP = ("seq", "kind", "block", "after", "start", "removed", "inserted")


def remember_removed_blocks(apps, schema_editor):
    """A snapshot keeps what removed blocks said, so that they can come back; older ones are made anew."""
    rows = apps.get_model("drafting", "Op").objects
    for snapshot in apps.get_model("drafting", "Snapshot").objects.iterator(chunk_size=20):
        if any(len(row) == 2 for row in snapshot.blocks):
            steps = rows.filter(document_id=snapshot.document_id, seq__lte=snapshot.seq).order_by("seq")
            snapshot.blocks = to_snapshot(replay(Op(*step) for step in steps.values_list(*STEP)))
            snapshot.save(update_fields=["blocks"])


class Migration(migrations.Migration):

    dependencies = [
        ('drafting', '0002_barrier_links'),
    ]

    operations = [
        migrations.AddField(
            model_name='op',
            name='runs',
            field=models.JSONField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='op',
            name='kind',
            field=models.CharField(choices=[(kind, kind) for kind in KINDS], max_length=15),
        ),
        migrations.AlterField(
            model_name='suggestededit',
            name='kind',
            field=models.CharField(choices=[(kind, kind) for kind in KINDS], max_length=15),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.UniqueConstraint(condition=models.Q(('supersedes', None)), fields=('suggestion',), name='one_first_answer'),
        ),
        migrations.RunPython(remember_removed_blocks, migrations.RunPython.noop),
    ]
