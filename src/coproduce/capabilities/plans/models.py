from django.db import models
from django.db.models import F, Q

from coproduce.core.ids import uuid7

from .terms import CheckResult, LinkedKind, Status, Which, action_ref, commitment_ref


class Action(models.Model):
    """Dated, owned, measurable piece of work with start and end."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    project = models.ForeignKey("projects.Project", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    what = models.CharField(max_length=300)
    specific = models.TextField(blank=True)
    measure = models.CharField(max_length=300, blank=True)
    baseline = models.CharField(max_length=200, blank=True)
    target = models.CharField(max_length=200, blank=True)
    achievable = models.BooleanField(null=True)
    achievable_note = models.TextField(blank=True)
    result = models.TextField(blank=True)
    start = models.DateField()
    end = models.DateField()
    times_moved = models.PositiveSmallIntegerField(default=0)
    owner = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    co_owners = models.ManyToManyField("accounts.Person", related_name="+", blank=True)
    cost = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    depends_on = models.ManyToManyField("plans.Action", related_name="+", symmetrical=False, blank=True)
    review_date = models.DateField(null=True)

    status = models.CharField(max_length=12, choices=Status.choices, default=Status.NOT_STARTED)
    status_why = models.TextField(blank=True)
    reached = models.PositiveSmallIntegerField(null=True)
    measure_result = models.TextField(blank=True)
    evidence = models.TextField(blank=True)
    closed_on = models.DateField(null=True)

    added_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="one_action_a_number"),
            models.CheckConstraint(condition=Q(end__gte=F("start")), name="an_action_ends_after_it_starts"),
            models.CheckConstraint(condition=Q(reached__range=(0, 100)), name="reached_is_a_share"),
            models.CheckConstraint(
                condition=~Q(status=Status.DONE) | (~Q(measure_result="") & ~Q(evidence="")),
                name="done_is_proved",
            ),
        ]

    @property
    def ref(self) -> str:
        return action_ref(self.number)

    def __str__(self) -> str:
        return self.ref


class DateChange(models.Model):
    """R62: one change of one date, with who and why. Append-only."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    action = models.ForeignKey("plans.Action", on_delete=models.PROTECT, related_name="+")
    which = models.CharField(max_length=5, choices=Which.choices)
    was = models.DateField()
    now = models.DateField()
    why = models.TextField()
    by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class StandingCommitment(models.Model):
    """A promise that holds from a day onwards and is checked on a date; it replaces "ongoing"."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    project = models.ForeignKey("projects.Project", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    what = models.TextField()
    result = models.TextField(blank=True)
    in_force_from = models.DateField()
    check_date = models.DateField()
    checker = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    last_result = models.CharField(max_length=10, choices=CheckResult.choices, blank=True)
    last_checked_on = models.DateField(null=True)
    added_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="one_commitment_a_number"),
            models.CheckConstraint(
                condition=Q(check_date__gte=F("in_force_from")), name="checked_once_it_is_in_force"
            ),
        ]

    @property
    def ref(self) -> str:
        return commitment_ref(self.number)

    def __str__(self) -> str:
        return self.ref


class Check(models.Model):
    """One look at a standing commitment. Append-only."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    commitment = models.ForeignKey("plans.StandingCommitment", on_delete=models.PROTECT, related_name="+")
    result = models.CharField(max_length=10, choices=CheckResult.choices)
    words = models.TextField()
    next_check = models.DateField()
    by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Link(models.Model):
    """What an action or a standing commitment carries on, cited by kind, id and ref."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    action = models.ForeignKey("plans.Action", on_delete=models.CASCADE, null=True, related_name="+")
    commitment = models.ForeignKey(
        "plans.StandingCommitment", on_delete=models.CASCADE, null=True, related_name="+"
    )
    linked_kind = models.CharField(max_length=40, choices=LinkedKind.choices)
    linked_id = models.UUIDField()
    linked_ref = models.CharField(max_length=20)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(action__isnull=False, commitment__isnull=True)
                | Q(action__isnull=True, commitment__isnull=False),
                name="a_link_has_one_end",
            ),
            models.UniqueConstraint(fields=["action", "linked_kind", "linked_id"], name="action_links_once"),
            models.UniqueConstraint(
                fields=["commitment", "linked_kind", "linked_id"], name="commitment_links_once"
            ),
        ]
        indexes = [models.Index(fields=["linked_kind", "linked_id"])]


class ActionNote(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    action = models.ForeignKey("plans.Action", on_delete=models.PROTECT, related_name="+")
    words = models.TextField()
    by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Handover(models.Model):
    """Actions passed from one person to another, with a note. Append-only."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    project = models.ForeignKey("projects.Project", on_delete=models.PROTECT, related_name="+")
    from_person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    to_person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    note = models.TextField()
    by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class HandedOver(models.Model):
    """One action of a handover. Append-only."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    handover = models.ForeignKey("plans.Handover", on_delete=models.PROTECT, related_name="+")
    action = models.ForeignKey("plans.Action", on_delete=models.PROTECT, related_name="+")
