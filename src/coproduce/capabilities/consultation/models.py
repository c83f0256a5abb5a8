from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q

from coproduce.core.ids import uuid7

from .terms import Channel, Characteristic, FormatKind, PeriodKind, QuestionKind, Stage, Way


class Period(models.Model):
    """Days of the organisation's calendar on which people are hard to reach, or nothing may be launched."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=20, choices=PeriodKind.choices)
    name = models.CharField(max_length=200)
    starts_on = models.DateField()
    ends_on = models.DateField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="a_period_ends_after_it_starts"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Consultation(models.Model):
    """Asking people outside about one version of a draft."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    project = models.ForeignKey("projects.Project", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    version = models.ForeignKey("drafting.Version", on_delete=models.PROTECT, related_name="+")
    what_we_ask = models.TextField(blank=True)
    can_change = models.TextField(blank=True)
    cannot_change = models.TextField(blank=True)
    who_decides = models.CharField(max_length=200, blank=True)
    decides_on = models.DateField(null=True, blank=True)
    cost = models.TextField(blank=True)
    negative_effects = models.TextField(blank=True)
    told_on = models.DateField(null=True, blank=True)
    opens_on = models.DateField()
    closes_on = models.DateField()
    # Until when what comes on paper, by phone or by post still counts.
    late_until = models.DateField(null=True, blank=True)
    why_short = models.TextField(blank=True)
    mitigation = models.TextField(blank=True)
    channels = models.JSONField(default=list)
    how_to_reply = models.TextField(blank=True)
    answers_by = models.DateField(null=True, blank=True)
    publishes_on = models.DateField(null=True, blank=True)
    reviews_on = models.DateField(null=True, blank=True)
    offers_outcomes = models.BooleanField(default=False)
    gunning_open = models.TextField(blank=True)
    gunning_information = models.TextField(blank=True)
    gunning_time = models.TextField(blank=True)
    # Nobody reads a reply before the close; until then its words are there in closed form only.
    sealed = models.BooleanField(default=False)
    wrapped = models.BinaryField(null=True, blank=True)
    short_code = models.CharField(max_length=8, unique=True)
    replies = models.PositiveIntegerField(default=0)

    started_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    opened_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+", null=True)
    opened_at = models.DateTimeField(null=True)
    # Warnings of the opening, and the reason of whoever opened it despite a rule: both are shown to everyone.
    warnings = models.JSONField(default=list, blank=True)
    despite = models.JSONField(default=list, blank=True)
    despite_reason = models.TextField(blank=True)
    closed_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+", null=True)
    closed_at = models.DateTimeField(null=True)

    decision = models.TextField(blank=True)
    decided_on = models.DateField(null=True)
    said_words = models.TextField(blank=True)
    decided_words = models.TextField(blank=True)
    connect_words = models.TextField(blank=True)
    published_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+", null=True)
    published_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="one_consultation_a_number"),
            models.CheckConstraint(
                condition=Q(closes_on__gt=F("opens_on")), name="a_consultation_closes_after_it_opens"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def days(self) -> int:
        return (self.closes_on - self.opens_on).days

    @property
    def lead_days(self) -> int | None:
        return (self.opens_on - self.told_on).days if self.told_on else None

    @property
    def is_opened(self) -> bool:
        return self.opened_at is not None

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None

    @property
    def hides_words(self) -> bool:
        return self.sealed and not self.is_closed

    @property
    def topic(self) -> str:
        return f"consultation-{self.pk}"

    def stage(self, today: date) -> Stage:
        if self.is_closed:
            return Stage.CLOSED
        if not self.is_opened:
            return Stage.DRAFT
        if today < self.opens_on:
            return Stage.WAITING
        return Stage.OPEN if today <= self.closes_on else Stage.ENDED


class Question(models.Model):
    """One question of the form."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    consultation = models.ForeignKey("consultation.Consultation", on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=QuestionKind.choices, default=QuestionKind.WORDS)
    words = models.CharField(max_length=300)
    answers = models.JSONField(default=list, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["consultation", "position"], name="one_question_a_position")
        ]


class Format(models.Model):
    """A form in which somebody asked for the documents. That person's time begins when it is ready."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    consultation = models.ForeignKey("consultation.Consultation", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=FormatKind.choices)
    detail = models.CharField(max_length=100, blank=True)
    ready_on = models.DateField(null=True, blank=True)
    where = models.CharField(max_length=300, blank=True)

    @property
    def name(self) -> str:
        words = str(FormatKind(self.kind).label)
        return f"{words}: {self.detail}" if self.detail else words

    def last_day(self, consultation: Consultation) -> date | None:
        """Until when who asked for this format may reply: they get as many days as everyone else."""
        if self.ready_on is None or self.ready_on <= consultation.opens_on:
            return consultation.closes_on if self.ready_on else None
        return self.ready_on + timedelta(days=consultation.days)


class Consultee(models.Model):
    """Whom we meant to ask, and how they were reached."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    consultation = models.ForeignKey("consultation.Consultation", on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    who = models.CharField(max_length=200)
    group = models.ForeignKey(
        "people.Group", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    way = models.CharField(max_length=10, choices=Way.choices)
    reached_on = models.DateField(null=True, blank=True)
    people = models.PositiveIntegerField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)


class DecisionMaker(models.Model):
    """Someone who decides after the consultation, and how they considered what people said (Gunning 4)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    consultation = models.ForeignKey("consultation.Consultation", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    statement = models.TextField(blank=True)
    stated_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["consultation", "person"], name="one_decision_maker_a_person")
        ]


class Reply(models.Model):
    """What one person, or a session of several, sent us. Its words are rows of `Said`, once they may be read."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    consultation = models.ForeignKey("consultation.Consultation", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    group = models.ForeignKey(
        "people.Group", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    organisation = models.CharField(max_length=200, blank=True)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    people = models.PositiveIntegerField(default=1)
    said_on = models.DateField()
    received_at = models.DateTimeField()
    entered_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+", null=True)
    read_back = models.BooleanField(default=False)
    asked_for = models.ForeignKey(
        "consultation.Format", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    late = models.BooleanField(default=False)
    named = models.BooleanField(default=False)
    quote_consent = models.BooleanField(default=False)
    # What people suggested in the master copy while this was open, brought in at the close.
    gathered = models.BooleanField(default=False)
    form_key = models.UUIDField(null=True, unique=True)
    closed_words = models.BinaryField(null=True, blank=True)
    fingerprint = models.CharField(max_length=64, blank=True)
    set_aside_at = models.DateTimeField(null=True)
    set_aside_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+", null=True)
    set_aside_because = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["consultation", "number"], name="one_reply_a_number")]

    @property
    def ref(self) -> str:
        return f"R{self.number:03d}"

    def __str__(self) -> str:
        return self.ref


class Said(models.Model):
    """Words of a reply, letter by letter: to a question, on a passage, or in general. Append-only."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    reply = models.ForeignKey("consultation.Reply", on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    question = models.ForeignKey(
        "consultation.Question", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    block = models.PositiveIntegerField(null=True, blank=True)
    section = models.CharField(max_length=300, blank=True)
    page = models.CharField(max_length=20, blank=True)
    kind = models.CharField(max_length=10, blank=True)
    words = models.TextField()
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reply", "position"], name="one_said_a_position")]


class TakenIn(models.Model):
    """The suggestion that was made of what somebody said on a passage."""

    said = models.OneToOneField(
        "consultation.Said", on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    suggestion = models.ForeignKey("drafting.Suggestion", on_delete=models.PROTECT, related_name="+")


class Follower(models.Model):
    """Someone who wants to hear what happened. Whoever leaves takes their address with them."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    consultation = models.ForeignKey("consultation.Consultation", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    email = models.EmailField(blank=True)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "email"], condition=~Q(email=""), name="one_follower_an_address"
            )
        ]


class Code(models.Model):
    """One line of the code frame: what counts as this, in plain words. A sub-code says whom it touches."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    consultation = models.ForeignKey("consultation.Consultation", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=100)
    definition = models.TextField()
    parent = models.ForeignKey(
        "consultation.Code", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    characteristic = models.CharField(max_length=12, choices=Characteristic.choices, blank=True)
    added_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["consultation", "number"], name="one_code_a_number"),
            models.UniqueConstraint(fields=["consultation", "name"], name="one_code_a_name"),
        ]

    @property
    def ref(self) -> str:
        return f"K{self.number}"

    def __str__(self) -> str:
        return f"{self.ref} {self.name}"


class Reading(models.Model):
    """One person's coding of one reply: the first, or the second by somebody who does not see the first."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    reply = models.ForeignKey("consultation.Reply", on_delete=models.PROTECT, related_name="+")
    coder = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    is_second = models.BooleanField(default=False)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reply", "is_second"], name="two_readings_a_reply"),
            models.UniqueConstraint(fields=["reply", "coder"], name="one_reading_a_coder"),
        ]


class Coded(models.Model):
    """A code on a passage of the words of a reply: from one letter to another."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    reading = models.ForeignKey("consultation.Reading", on_delete=models.PROTECT, related_name="+")
    said = models.ForeignKey("consultation.Said", on_delete=models.PROTECT, related_name="+")
    code = models.ForeignKey("consultation.Code", on_delete=models.PROTECT, related_name="+")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["reading", "said", "code", "start", "end"], name="one_code_a_passage"
            ),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="a_coded_passage_has_words"),
        ]

    @property
    def stretch(self) -> str:
        """The words that the code stands on."""
        return self.said.words[self.start : self.end]
