from datetime import date

from django.db import models

from coproduce.core.ids import uuid7

from .terms import ReminderState, State


class SignOff(models.Model):
    """Who owns a version, what was decided about it, and when it is looked at again. One at a time is prepared."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    project = models.ForeignKey("projects.Project", on_delete=models.PROTECT, related_name="+")
    document = models.ForeignKey("drafting.Document", on_delete=models.PROTECT, related_name="+")
    # What was signed; empty until then.
    version = models.OneToOneField(
        "drafting.Version", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    title = models.CharField(max_length=300, blank=True)
    decision = models.TextField(blank=True)
    decided_on = models.DateField(null=True, blank=True)
    meeting = models.CharField(max_length=200, blank=True)
    owner = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    facilitator = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    # The final version and conclusion of the assessment at the signature; in words where it was signed without one.
    equality_reference = models.TextField(blank=True)
    # One text for everyone who decided, from before each of them wrote their own.
    gunning_4 = models.TextField(blank=True)
    # In which formats people can have the final text.
    formats = models.TextField(blank=True)
    review_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    started_at = models.DateTimeField()
    signed_by = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    signed_at = models.DateTimeField(null=True, blank=True)
    # Why it was signed although a promise has nobody who carries it.
    override_reason = models.TextField(blank=True)
    # How many suggestions had their answer on the day; none may be without one.
    suggestions_answered = models.PositiveIntegerField(default=0)
    # How many promises there were on the day, and how many of them nothing carried.
    promises = models.PositiveIntegerField(null=True, blank=True)
    promises_left = models.PositiveIntegerField(default=0)
    # What became of the review date: when somebody last looked at it again, and when the next time is.
    reviewed_on = models.DateField(null=True, blank=True)
    next_review_on = models.DateField(null=True, blank=True)
    times_reviewed = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["project"], condition=models.Q(state=State.DRAFT), name="one_sign_off_in_preparation"
            ),
            models.CheckConstraint(
                condition=models.Q(state=State.DRAFT)
                | models.Q(
                    version__isnull=False, decided_on__isnull=False, review_on__isnull=False,
                    owner__isnull=False, facilitator__isnull=False, signed_by__isnull=False,
                    signed_at__isnull=False,
                ),
                name="what_is_signed_is_complete",
            ),
            models.CheckConstraint(
                condition=models.Q(review_on__isnull=True)
                | models.Q(decided_on__isnull=True)
                | models.Q(review_on__gt=models.F("decided_on")),
                name="the_review_follows_the_decision",
            ),
            models.CheckConstraint(
                condition=models.Q(next_review_on__isnull=True) | models.Q(reviewed_on__isnull=False),
                name="the_next_review_follows_one",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    @property
    def due_on(self) -> date | None:
        """When this is looked at again; none once a review ended it."""
        return self.next_review_on if self.reviewed_on else self.review_on


class DecisionMaker(models.Model):
    """R80: someone who decides, and how they took into account what people said, in their own words."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    sign_off = models.ForeignKey("signoff.SignOff", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    statement = models.TextField(blank=True)
    stated_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sign_off", "person"], name="one_decision_maker_a_sign_off"),
            models.CheckConstraint(
                condition=models.Q(statement="") | models.Q(stated_on__isnull=False),
                name="a_statement_has_its_day",
            ),
        ]


class LeftBarrier(models.Model):
    """R36: an important barrier that had no response at sign-off, with who looks after it and by when."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    sign_off = models.ForeignKey("signoff.SignOff", on_delete=models.PROTECT, related_name="+")
    barrier = models.ForeignKey("barriers.Barrier", on_delete=models.PROTECT, related_name="+")
    ref = models.CharField(max_length=10)
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    due = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sign_off", "barrier"], name="a_barrier_is_left_once_a_sign_off")
        ]


class Reminder(models.Model):
    """R98: the manager or the facilitator was reminded of a review, once for each of its two days."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    sign_off = models.ForeignKey("signoff.SignOff", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    days_before = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=ReminderState.choices)
    # The kind of failure only: a server's own words can hold the address.
    fault = models.CharField(max_length=100, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sign_off", "person", "due_on", "days_before"], name="one_reminder_a_person_and_day"
            )
        ]
