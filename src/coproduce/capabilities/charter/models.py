from django.db import models
from django.db.models import Q

from coproduce.core.ids import uuid7

from .terms import Coming, Commitment, Limits, Verdict, breach_ref


class Charter(models.Model):
    """Signed promises between the authority and its partners; everyone may read it once it is published."""

    project = models.OneToOneField(
        "projects.Project", on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    title = models.CharField(max_length=300)
    scope = models.TextField(blank=True)
    citizens_do = models.TextField(blank=True)
    staff_do = models.TextField(blank=True)
    incentives = models.TextField(blank=True)
    conflict = models.TextField(blank=True)
    response_time = models.CharField(max_length=300, blank=True)
    review_on = models.DateField(null=True, blank=True)
    written_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    # Numbers go up, so that two reports never share one.
    reports = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(published_at__isnull=True)
                | Q(published_by__isnull=False, review_on__isnull=False),
                name="a_public_charter_has_its_review",
            )
        ]

    def __str__(self) -> str:
        return self.title


class Signatory(models.Model):
    """Who signed the charter, for which organisation, and when. Whoever withdraws stays, with the day."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    charter = models.ForeignKey("charter.Charter", on_delete=models.PROTECT, related_name="+")
    organisation = models.CharField(max_length=200)
    person = models.CharField(max_length=200)
    role = models.CharField(max_length=200)
    signed_on = models.DateField()
    left_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.person}, {self.organisation}"


class ViewRound(models.Model):
    """The sealed round in which participants rate the eight commitments."""

    round = models.OneToOneField("rounds.Round", on_delete=models.PROTECT, primary_key=True, related_name="+")
    project = models.ForeignKey("projects.Project", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Breach(models.Model):
    """“Tell us a promise was missed”: what somebody said, the answer that is due, and the answer."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    charter = models.ForeignKey("charter.Charter", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    commitment = models.PositiveSmallIntegerField(choices=Commitment.choices, null=True, blank=True)
    words = models.TextField()
    may_show_words = models.BooleanField(default=False)
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=12, unique=True)
    told_on = models.DateField()
    told_at = models.DateTimeField()
    due_on = models.DateField()
    form_key = models.UUIDField(null=True, unique=True)
    verdict = models.CharField(max_length=10, choices=Verdict.choices, blank=True)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    answered_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["charter", "number"], name="one_missed_promise_a_number"),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True)
                | (Q(answered_by__isnull=False) & ~Q(answer="") & ~Q(verdict="")),
                name="an_answer_is_by_name",
            ),
        ]

    @property
    def ref(self) -> str:
        return breach_ref(self.number)

    def __str__(self) -> str:
        return self.ref


class Setting(models.Model):
    """From when on a commitment counts as met, for the whole installation; one row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    on_time_percent = models.PositiveSmallIntegerField(default=Limits.on_time_percent)
    updates_percent = models.PositiveSmallIntegerField(default=Limits.updates_percent)
    review_months = models.PositiveSmallIntegerField(default=Limits.review_months)
    answer_days = models.PositiveSmallIntegerField(default=Limits.answer_days)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="one_setting"),
            models.CheckConstraint(
                condition=Q(on_time_percent__range=(1, 100), updates_percent__range=(1, 100)),
                name="limits_are_shares",
            ),
        ]


class Standing(models.Model):
    """The figures of one project as they were measured last: a cache, made again from the records at any time.

    `head` is the hash of the project's chain at that moment: while it is the same, nothing has changed. What time
    alone changes, changes after `holds_until`.
    """

    project = models.OneToOneField(
        "projects.Project", on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    head = models.CharField(max_length=64)
    measured_at = models.DateTimeField()
    holds_until = models.DateField(null=True, blank=True)
    is_public = models.BooleanField(default=False)

    met_1 = models.BooleanField(null=True)
    met_2 = models.BooleanField(null=True)
    met_3 = models.BooleanField(null=True)
    met_4 = models.BooleanField(null=True)
    met_5 = models.BooleanField(null=True)
    met_6 = models.BooleanField(null=True)
    met_7 = models.BooleanField(null=True)
    met_8 = models.BooleanField(null=True)
    met = models.PositiveSmallIntegerField(default=0)
    measured = models.PositiveSmallIntegerField(default=0)
    # {"6": [37, 40]}: so many of so many.
    figures = models.JSONField(default=dict)
    # {"6": [62, 24]}: the sum and the number of the sealed answers, where they may be shown.
    views = models.JSONField(default=dict)

    stage = models.CharField(max_length=20, blank=True)
    stage_place = models.PositiveSmallIntegerField(default=0)
    # [[stage, citizens, people], …] of the stages that were reached.
    presence = models.JSONField(default=list)
    absent = models.PositiveSmallIntegerField(default=0)
    next_on = models.DateField(null=True, blank=True)
    next_what = models.CharField(max_length=10, choices=Coming.choices, blank=True)
    late_answers = models.PositiveIntegerField(default=0)
    late_actions = models.PositiveIntegerField(default=0)
    late_reviews = models.PositiveIntegerField(default=0)
    late_promises = models.PositiveIntegerField(default=0)
    late = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["is_public", "met"], name="standings_of_charters")]
