from django.db import models
from django.db.models import F, Q

from coproduce.capabilities.rounds.terms import BuiltOn, Level
from coproduce.core.ids import uuid7

from .terms import CheckBack, ComB, Given, Lens, Response, Size, WhoActs, Zone, ref_of, zone_of

ONE_TO_FIVE = (1, 5)


class Theme(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    project = models.ForeignKey("projects.Project", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "number"], name="one_theme_a_number")]

    @property
    def code(self) -> str:
        return f"T{self.number}"

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Barrier(models.Model):
    """What someone believes could get in the way, in their own words."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    project = models.ForeignKey("projects.Project", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    statement = models.TextField()
    raised_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, null=True, related_name="+")
    group = models.ForeignKey("people.Group", on_delete=models.PROTECT, null=True, related_name="+")
    level = models.PositiveSmallIntegerField(choices=Level.choices, null=True)
    importance = models.PositiveSmallIntegerField(null=True)
    ease = models.PositiveSmallIntegerField(null=True)
    felt_by = models.CharField(max_length=300, blank=True)

    # Where the words come from: a sealed round, or somebody who added them later.
    round = models.ForeignKey("rounds.Round", on_delete=models.PROTECT, null=True, related_name="+")
    opened_id = models.UUIDField(null=True, unique=True)
    added_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    theme = models.ForeignKey("barriers.Theme", on_delete=models.PROTECT, null=True, related_name="+")
    built_on = models.CharField(max_length=30, choices=BuiltOn.choices, blank=True)
    lens = models.CharField(max_length=20, choices=Lens.choices, blank=True)
    com_b = models.CharField(max_length=3, choices=ComB.choices, blank=True)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")

    # A reason why it failed, told a year ahead of time.
    premortem = models.BooleanField(default=False)
    likelihood = models.CharField(max_length=6, choices=Size.choices, blank=True)
    impact = models.CharField(max_length=6, choices=Size.choices, blank=True)
    early_sign = models.TextField(blank=True)

    response = models.CharField(max_length=12, choices=Response.choices, default=Response.NONE_YET)
    response_words = models.TextField(blank=True)
    lets_people = models.TextField(blank=True)
    who_acts = models.CharField(max_length=20, choices=WhoActs.choices, blank=True)
    owner = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, null=True, related_name="+")
    due = models.DateField(null=True)

    checked_back = models.CharField(max_length=10, choices=CheckBack.choices, blank=True)
    checked_back_on = models.DateField(null=True)
    gone_proposed_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="one_barrier_a_number"),
            models.CheckConstraint(condition=Q(importance__range=ONE_TO_FIVE), name="importance_is_1_to_5"),
            models.CheckConstraint(condition=Q(ease__range=ONE_TO_FIVE), name="ease_is_1_to_5"),
            models.CheckConstraint(condition=Q(level__range=(1, 3)), name="level_is_1_to_3"),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")), name="not_merged_into_itself"
            ),
        ]
        indexes = [models.Index(fields=["project", "theme"]), models.Index(fields=["merged_into"])]

    @property
    def ref(self) -> str:
        return ref_of(self.number)

    @property
    def zone(self) -> Zone:
        return zone_of(self.importance, self.ease)

    def __str__(self) -> str:
        return self.ref


class Intake(models.Model):
    """The barriers of a sealed round were brought in: once at its seal, and again for each late answer."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    project = models.ForeignKey("projects.Project", on_delete=models.PROTECT, related_name="+")
    round = models.ForeignKey("rounds.Round", on_delete=models.PROTECT, related_name="+")
    count = models.PositiveIntegerField()
    at = models.DateTimeField()


class Note(models.Model):
    """What the facilitator adds beside the words, never over them."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    barrier = models.ForeignKey("barriers.Barrier", on_delete=models.PROTECT, related_name="+")
    words = models.TextField()
    by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Merge(models.Model):
    """One barrier was merged into another; undoing it keeps the row."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    barrier = models.ForeignKey("barriers.Barrier", on_delete=models.PROTECT, related_name="+")
    into = models.ForeignKey("barriers.Barrier", on_delete=models.PROTECT, related_name="+")
    why = models.TextField(blank=True)
    by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["barrier"], condition=Q(undone_at__isnull=True), name="merged_into_one_at_a_time"
            )
        ]


class Said(models.Model):
    """One check-back: what the raiser, or their group, says has become of the barrier."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    barrier = models.ForeignKey("barriers.Barrier", on_delete=models.PROTECT, related_name="+")
    said = models.CharField(max_length=10, choices=CheckBack.choices)
    words = models.TextField(blank=True)
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    entered_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    at = models.DateTimeField()


class ThemeRating(models.Model):
    """How much one theme matters to one person; the group's figure is the median of its people."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    theme = models.ForeignKey("barriers.Theme", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    group = models.ForeignKey("people.Group", on_delete=models.PROTECT, related_name="+")
    importance = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["theme", "person"], name="one_rating_a_theme_and_person"),
            models.CheckConstraint(
                condition=Q(importance__range=ONE_TO_FIVE), name="theme_importance_is_1_to_5"
            ),
        ]


class BarrierRating(models.Model):
    """What one person says of one barrier, sealed until others have given theirs (R34).

    The ratings with which a barrier was raised stand on the barrier itself and count as the raiser's,
    unless a row here replaces them. A row with neither figure was left out on purpose.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    barrier = models.ForeignKey("barriers.Barrier", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    group = models.ForeignKey("people.Group", on_delete=models.PROTECT, related_name="+")
    importance = models.PositiveSmallIntegerField(null=True)
    ease = models.PositiveSmallIntegerField(null=True)
    entered_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["barrier", "person"], name="one_rating_a_barrier_and_person"),
            models.CheckConstraint(
                condition=Q(importance__range=ONE_TO_FIVE), name="barrier_rating_importance_1_to_5"
            ),
            models.CheckConstraint(condition=Q(ease__range=ONE_TO_FIVE), name="barrier_rating_ease_1_to_5"),
        ]

    @property
    def given(self) -> Given:
        return Given(self.importance, self.ease)


class Evidence(models.Model):
    """What speaks for a barrier: words with a web address or a document of the project. Taking it out keeps the row."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    barrier = models.ForeignKey("barriers.Barrier", on_delete=models.PROTECT, related_name="+")
    words = models.TextField()
    address = models.CharField(max_length=1000, blank=True)
    # A thing of a capability above, cited by kind, id and ref.
    cited_kind = models.CharField(max_length=40, blank=True)
    cited_id = models.UUIDField(null=True)
    cited_ref = models.CharField(max_length=20, blank=True)
    by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    taken_out_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, null=True, related_name="+")
    taken_out_at = models.DateTimeField(null=True)


class Asking(models.Model):
    """Somebody was asked what has become of the barriers that they raised."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    project = models.ForeignKey("projects.Project", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
