"""The ledger's tables and that of the task worker, the only ones that the core has."""

from django.db import models

from .ids import uuid7


class Chain(models.Model):
    """One chain of entries, a project's or the installation's own, and its newest hash."""

    name = models.CharField(max_length=64, primary_key=True)
    length = models.PositiveBigIntegerField(default=0)
    head = models.CharField(max_length=64)


class Entry(models.Model):
    """One thing that happened. Database triggers refuse every UPDATE and DELETE."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    chain = models.ForeignKey("core.Chain", on_delete=models.PROTECT, related_name="+")
    seq = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor = models.UUIDField()
    on_behalf_of = models.UUIDField(null=True)
    verb = models.CharField(max_length=64)
    object_kind = models.CharField(max_length=64)
    object_id = models.CharField(max_length=64)
    payload_digest = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    request_key = models.UUIDField(null=True, unique=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "seq"], name="one_entry_a_place")]
        indexes = [models.Index(fields=["object_kind", "object_id"], name="entries_of_an_object")]


class Payload(models.Model):
    """The words of an entry and the key of their digest, kept beside it so that they can be erased."""

    entry = models.OneToOneField("core.Entry", on_delete=models.PROTECT, primary_key=True, related_name="+")
    key = models.BinaryField(max_length=32)
    content = models.JSONField()


class Task(models.Model):
    """A piece of work for the task worker. One for each name, thing and day, so that it is asked for once."""

    class State(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        GIVEN_UP = "given_up"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=80)
    about = models.CharField(max_length=64, blank=True)
    day = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    due_at = models.DateTimeField()
    made_at = models.DateTimeField()
    lease_ends = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    trouble = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "about", "day"], name="one_task_a_day")]
        indexes = [models.Index(fields=["state", "due_at"], name="tasks_that_wait")]
