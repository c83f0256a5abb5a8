from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q

from coproduce.core import clock
from coproduce.core.ids import uuid7

from .terms import USUAL_MINUTES, DecisionLevel, How, Met, Next, prototype_ref


class Facilitation(models.Model):
    """Who pays the facilitator of a project, what interests they have, and how the skill is handed on."""

    project = models.OneToOneField(
        "projects.Project", on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    paid_by = models.CharField(max_length=300, blank=True)
    interests = models.TextField(blank=True)
    statement = models.TextField(blank=True)
    co_facilitator = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    target_percent = models.PositiveSmallIntegerField(null=True, blank=True)
    training = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(target_percent__range=(0, 100)), name="target_is_a_share")
        ]


class HandedOn(models.Model):
    """Facilitation passed from one person to another. Append-only."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    project = models.ForeignKey("projects.Project", on_delete=models.PROTECT, related_name="+")
    from_person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    to_person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    what = models.TextField()
    by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Lab(models.Model):
    """A working session of citizens and staff to design how something will work."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    project = models.ForeignKey("projects.Project", on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=8)
    question = models.CharField(max_length=300)
    level = models.CharField(max_length=20, choices=DecisionLevel.choices)
    date = models.DateField()
    starts_at = models.TimeField()
    minutes = models.PositiveSmallIntegerField(default=USUAL_MINUTES)
    place = models.CharField(max_length=300, blank=True)
    ways = models.JSONField(default=list)
    # Its opening independent write, where that is a round.
    round = models.ForeignKey(
        "rounds.Round", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    recognition = models.CharField(max_length=300, blank=True)
    content_warning = models.TextField(blank=True)
    safeguarding_name = models.CharField(max_length=200, blank=True)
    safeguarding_phone = models.CharField(max_length=40, blank=True)
    pause_signal = models.CharField(max_length=300, blank=True)
    ground_rules = models.JSONField(default=list)

    # Written down once it was held.
    held_at = models.DateTimeField(null=True, blank=True)
    ground_rules_agreed = models.BooleanField(default=False)
    opening_write_done = models.BooleanField(default=False)
    facilitators = models.ManyToManyField("accounts.Person", related_name="+", blank=True)
    led_by_citizen = models.BooleanField(null=True, blank=True)
    interruptions = models.PositiveSmallIntegerField(null=True, blank=True)
    silent_invited = models.PositiveSmallIntegerField(null=True, blank=True)
    energy_in = models.JSONField(default=list)
    energy_out = models.JSONField(default=list)
    debrief = models.TextField(blank=True)

    planned_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    planned_at = models.DateTimeField()
    # How often the plan was changed, so that a calendar knows which of two entries is the newer.
    revision = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "code"], name="one_lab_a_code"),
            models.CheckConstraint(condition=Q(minutes__range=(1, 1440)), name="a_lab_ends_within_a_day"),
        ]

    @property
    def begins(self) -> datetime:
        return datetime.combine(self.date, self.starts_at, clock.LONDON)

    @property
    def ends(self) -> datetime:
        return self.begins + timedelta(minutes=self.minutes)

    @property
    def is_held(self) -> bool:
        return self.held_at is not None

    @property
    def has_opening_write(self) -> bool:
        """A round counts before the lab as a plan, and after it only if it was opened."""
        if self.opening_write_done:
            return True
        return self.round is not None and not (self.is_held and self.round.is_draft)

    def __str__(self) -> str:
        return self.code


class Invited(models.Model):
    """Somebody asked to come to a lab."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    lab = models.ForeignKey("labs.Lab", on_delete=models.PROTECT, related_name="+")
    seat = models.ForeignKey("people.Seat", on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["lab", "seat"], name="invited_to_a_lab_once")]


class Arrangement(models.Model):
    """How far one access need is looked after for one lab; it goes when the person takes the need away."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    lab = models.ForeignKey("labs.Lab", on_delete=models.PROTECT, related_name="+")
    need = models.ForeignKey("people.AccessNeed", on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=Met.choices, default=Met.NOT_YET)
    arranged_by = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["lab", "need"], name="one_arrangement_a_need")]


class Attendance(models.Model):
    """How many people of one group were there."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    lab = models.ForeignKey("labs.Lab", on_delete=models.PROTECT, related_name="+")
    group = models.ForeignKey("people.Group", on_delete=models.PROTECT, related_name="+")
    people = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["lab", "group"], name="one_count_a_group")]


class Came(models.Model):
    """Somebody who is known by name to have been there; they are among those counted."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    lab = models.ForeignKey("labs.Lab", on_delete=models.PROTECT, related_name="+")
    seat = models.ForeignKey("people.Seat", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["lab", "seat"], name="came_to_a_lab_once")]


class Turn(models.Model):
    """Turns of speaking that were counted, or taken back (`undoes`). Append-only."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    lab = models.ForeignKey("labs.Lab", on_delete=models.PROTECT, related_name="+")
    group = models.ForeignKey("people.Group", on_delete=models.PROTECT, related_name="+")
    turns = models.SmallIntegerField()
    undoes = models.OneToOneField(
        "labs.Turn", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(turns=0), name="a_turn_counts")]


class AgendaItem(models.Model):
    """One step of a lab: what happens, for how long, and who leads it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    lab = models.ForeignKey("labs.Lab", on_delete=models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField()
    minutes = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    words = models.TextField(blank=True)
    owner = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )


class Idea(models.Model):
    """Something that somebody in a lab thought of, in their words."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    lab = models.ForeignKey("labs.Lab", on_delete=models.PROTECT, related_name="+")
    words = models.TextField()
    group = models.ForeignKey(
        "people.Group", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    person = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    # R55: who settled it outside the lab, and why.
    elsewhere_by = models.CharField(max_length=200, blank=True)
    elsewhere_why = models.TextField(blank=True)
    elsewhere_on = models.DateField(null=True, blank=True)
    noted_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(elsewhere_by="", elsewhere_why="", elsewhere_on__isnull=True)
                | (~Q(elsewhere_by="") & ~Q(elsewhere_why="") & Q(elsewhere_on__isnull=False)),
                name="elsewhere_has_who_and_why",
            )
        ]


class LabDecision(models.Model):
    """What a lab decided, how, and who saw it differently."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    lab = models.ForeignKey("labs.Lab", on_delete=models.PROTECT, related_name="+")
    words = models.TextField()
    how = models.CharField(max_length=10, choices=How.choices)
    dissent = models.TextField(blank=True)
    noted_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()


class ParkedItem(models.Model):
    """Something put aside for another day, so that it is not lost."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    lab = models.ForeignKey("labs.Lab", on_delete=models.PROTECT, related_name="+")
    words = models.TextField()
    until = models.CharField(max_length=300, blank=True)
    noted_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()


class Jargon(models.Model):
    """A word from the jar: nobody should need to ask twice what it means."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    lab = models.ForeignKey("labs.Lab", on_delete=models.PROTECT, related_name="+")
    word = models.CharField(max_length=100)
    meaning = models.TextField()
    noted_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()


class Prototype(models.Model):
    """Something small to try, with whom and until when, and what came of it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    lab = models.ForeignKey("labs.Lab", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    what = models.CharField(max_length=300)
    with_whom = models.CharField(max_length=300, blank=True)
    begins = models.DateField()
    ends = models.DateField()
    expect = models.TextField()
    how_know = models.TextField()
    result = models.TextField(blank=True)
    next_step = models.CharField(max_length=10, choices=Next.choices, blank=True)
    noted_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends__gte=F("begins")), name="a_trial_ends_after_it_begins")
        ]

    @property
    def ref(self) -> str:
        return prototype_ref(self.number)

    def __str__(self) -> str:
        return self.ref


class ConflictNote(models.Model):
    """What went wrong between people, for those who run the project alone. Append-only; never in the record."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    lab = models.ForeignKey("labs.Lab", on_delete=models.PROTECT, related_name="+")
    words = models.TextField()
    by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
