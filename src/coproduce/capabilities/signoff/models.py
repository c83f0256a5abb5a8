from django.db import models

from coproduce.core.ids import uuid7

from .terms import State


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
    gunning_4 = models.TextField(blank=True)
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
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title


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
