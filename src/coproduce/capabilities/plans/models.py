from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from coproduce.core.ids import uuid7

from .terms import CheckResult, ImportState, LinkedKind, Rhythm, Status, Which, action_ref, commitment_ref


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


class PlanReview(models.Model):
    """A manager's look at the whole plan, with how it stood then and the date of the next. Append-only."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    project = models.ForeignKey("projects.Project", on_delete=models.PROTECT, related_name="+")
    rhythm = models.CharField(max_length=10, choices=Rhythm.choices)
    words = models.TextField()
    stood = models.JSONField()
    next_on = models.DateField()
    by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["project", "at"])]


class CalendarFeed(models.Model):
    """The secret address of one person's calendar. Its id is drawn by lot and says nothing of when or whose."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(revoked_at__isnull=True), name="one_feed_a_person"
            )
        ]


class ReminderChoice(models.Model):
    """Whether a person wants e-mails about what is due; without a row they do."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.OneToOneField("accounts.Person", on_delete=models.PROTECT, related_name="+")
    wanted = models.BooleanField()


class Reminder(models.Model):
    """An e-mail about what is due, that went out: one a person a day. Append-only."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    things = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "day"], name="one_reminder_a_day")]


class PlanImport(models.Model):
    """A spreadsheet that was brought in, or waits to be. Its cells are kept only while it waits."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    project = models.ForeignKey("projects.Project", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=ImportState.choices, default=ImportState.WAITING)
    sheet = models.JSONField(default=list)
    columns = models.JSONField(default=dict)
    people = models.JSONField(default=dict)
    # What the ledger and the note log had of it when it came in: more than that was built on it.
    entries = models.PositiveIntegerField(default=0)
    notes = models.PositiveIntegerField(default=0)
    by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)


class Imported(models.Model):
    """What one row of a spreadsheet became."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    plan_import = models.ForeignKey("plans.PlanImport", on_delete=models.CASCADE, related_name="+")
    row = models.PositiveIntegerField()
    action = models.ForeignKey("plans.Action", on_delete=models.CASCADE, null=True, related_name="+")
    commitment = models.ForeignKey(
        "plans.StandingCommitment", on_delete=models.CASCADE, null=True, related_name="+"
    )
