from django.db import models
from django.db.models import Q

from coproduce.core.ids import uuid7

from .terms import LetterKind, LetterState, Needed, Outcome, Route, State


class Review(models.Model):
    """One look-back at what was signed: open from 30 days before its date, until the manager closes it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    project = models.ForeignKey("projects.Project", on_delete=models.PROTECT, related_name="+")
    sign_off = models.ForeignKey("signoff.SignOff", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")

    still_needed = models.CharField(max_length=10, choices=Needed.choices, blank=True)
    needs_change = models.TextField(blank=True)
    did_not_work = models.TextField(blank=True)
    learned = models.TextField(blank=True)
    equality = models.TextField(blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    outcome_why = models.TextField(blank=True)
    new_version = models.ForeignKey(
        "drafting.Version", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    celebration = models.TextField(blank=True)

    next_review_on = models.DateField(null=True, blank=True)
    # The figures of each section as they were on the day of closing.
    figures = models.JSONField(default=list, blank=True)
    override_reason = models.TextField(blank=True)
    closed_by = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sign_off", "due_on"], name="one_review_a_date"),
            models.UniqueConstraint(fields=["project", "number"], name="one_review_a_number"),
            models.CheckConstraint(
                condition=Q(state=State.OPEN) | (Q(closed_at__isnull=False) & Q(closed_by__isnull=False)),
                name="a_closed_review_says_who_and_when",
            ),
        ]

    @property
    def is_open(self) -> bool:
        return self.state == State.OPEN


class Benefit(models.Model):
    """What got better or worse, by a figure: before, wanted, now."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    review = models.ForeignKey("review.Review", on_delete=models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField()
    indicator = models.CharField(max_length=300)
    baseline = models.CharField(max_length=100, blank=True)
    target = models.CharField(max_length=100, blank=True)
    now = models.CharField(max_length=100, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["review", "position"], name="one_benefit_a_position")]


class Voice(models.Model):
    """What somebody who took part says one year on, word for word. Append-only."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    review = models.ForeignKey("review.Review", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    still_needed = models.CharField(max_length=10, choices=Needed.choices, blank=True)
    words = models.TextField()
    entered_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class YearLetter(models.Model):
    """One person's letter of a review. What it says is made when it is read; its words are kept nowhere else."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    review = models.ForeignKey("review.Review", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=LetterKind.choices)
    # Why this person has it: they asked to be invited, they raised barriers, or both.
    invites = models.BooleanField(default=False)
    asks = models.BooleanField(default=False)
    route = models.CharField(max_length=10, choices=Route.choices)
    state = models.CharField(max_length=10, choices=LetterState.choices, default=LetterState.WAITING)
    # The kind of failure only: a server's own words can hold the address.
    fault = models.CharField(max_length=100, blank=True)
    made_at = models.DateTimeField()
    sent_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "route"], name="year_letters_to_send")]
        constraints = [
            models.UniqueConstraint(fields=["review", "kind", "person"], name="one_year_letter_a_person"),
            models.CheckConstraint(
                condition=~Q(state=LetterState.SENT) | Q(sent_on__isnull=False),
                name="a_sent_year_letter_has_its_day",
            ),
        ]
