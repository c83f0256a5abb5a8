"""Tables of the rounds. Before the seal no row holds a word of an answer: `Answer` is ciphertext."""

from typing import Any

from django.db import models

from coproduce.core.ids import uuid7

from .rules import sealing
from .terms import BuiltOn, Channel, Level, State, Written


class Round(models.Model):
    """One independent-first cycle. A database trigger lets its state only go forward, one step at a time."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    project = models.ForeignKey("projects.Project", on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=8)
    title = models.CharField(max_length=300)
    proposal = models.TextField(blank=True)
    wording = models.JSONField(default=dict)
    formats = models.JSONField(default=list)
    # What the foreword stated when the round opened: people are asked what they think that day's aims are.
    stated_intents = models.JSONField(default=list)
    opens_at = models.DateTimeField()
    seals_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    opened_at = models.DateTimeField(null=True, blank=True)
    sealed_at = models.DateTimeField(null=True, blank=True)
    sealed_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, null=True, related_name="+")
    root = models.CharField(max_length=64, blank=True)
    # The key of the answers, itself encrypted under the key of the installation, which is not in the database.
    wrapped_key = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "code"], name="one_round_a_code"),
            models.CheckConstraint(
                condition=models.Q(seals_at__gt=models.F("opens_at")), name="seals_after_it_opens"
            ),
            models.CheckConstraint(
                condition=models.Q(state=State.SEALED, sealed_at__isnull=False)
                | models.Q(~models.Q(state=State.SEALED), sealed_at__isnull=True, root=""),
                name="sealed_with_its_time",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def short_code(self) -> str:
        """What stands on the paper form: enough to find the round again."""
        return f"{self.code}-{self.id.hex[-4:].upper()}"

    @property
    def is_draft(self) -> bool:
        return self.state == State.DRAFT

    @property
    def is_open(self) -> bool:
        return self.state == State.OPEN

    @property
    def is_sealed(self) -> bool:
        return self.state == State.SEALED


class Invitation(models.Model):
    """Someone asked to answer, with their main group at that time."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    round = models.ForeignKey("rounds.Round", on_delete=models.PROTECT, related_name="+")
    seat = models.ForeignKey("people.Seat", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    group = models.ForeignKey("people.Group", on_delete=models.PROTECT, related_name="+")
    group_code = models.CharField(max_length=8)
    group_name = models.CharField(max_length=200)
    group_kind = models.CharField(max_length=20)
    invited_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "person"], name="one_invitation_a_person")]


class _WithoutBody(models.Manager["Answer"]):
    """Ciphertext travels only when it is asked for by name."""

    def get_queryset(self) -> models.QuerySet["Answer"]:
        return super().get_queryset().defer("ciphertext")


class Answer(models.Model):
    """One sealed revision. Append-only: the last revision of an invitation counts."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    round = models.ForeignKey("rounds.Round", on_delete=models.PROTECT, related_name="+")
    invitation = models.ForeignKey("rounds.Invitation", on_delete=models.PROTECT, related_name="+")
    revision = models.PositiveIntegerField()
    ciphertext = models.BinaryField()
    commitment = models.CharField(max_length=64)
    submitted_at = models.DateTimeField()
    channel = models.CharField(max_length=20, choices=Channel.choices)
    entered_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, null=True, related_name="+")
    read_back = models.BooleanField(default=False)
    is_late = models.BooleanField(default=False)

    objects = _WithoutBody()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["invitation", "revision"], name="revisions_in_order")]
        indexes = [models.Index(fields=["round", "invitation"], name="answers_of_a_round")]

    def __str__(self) -> str:
        return self.receipt

    @property
    def receipt(self) -> str:
        return sealing.receipt(bytes.fromhex(self.commitment))


class OpenedAnswer(models.Model):
    """The last revision of an answer in plain words, written by the seal; never changed afterwards."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    round = models.ForeignKey("rounds.Round", on_delete=models.PROTECT, related_name="+")
    invitation = models.OneToOneField("rounds.Invitation", on_delete=models.PROTECT, related_name="+")
    answer = models.OneToOneField("rounds.Answer", on_delete=models.PROTECT, related_name="+")
    # The words of the record, exactly as the commitment covers them; the columns below repeat the figures.
    content = models.JSONField()
    nonce = models.CharField(max_length=64)
    me_rating = models.SmallIntegerField(null=True)
    around_rating = models.SmallIntegerField(null=True)
    is_late = models.BooleanField(default=False)
    opened_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(me_rating__range=(-3, 3)), name="me_rating_in_range"),
            models.CheckConstraint(
                condition=models.Q(around_rating__range=(-3, 3)), name="around_rating_in_range"
            ),
        ]

    @property
    def written(self) -> Written:
        return Written.from_record(self.content)


class OpenedBarrier(models.Model):
    """A barrier out of an opened answer, in the words of its raiser."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    round = models.ForeignKey("rounds.Round", on_delete=models.PROTECT, related_name="+")
    opened = models.ForeignKey("rounds.OpenedAnswer", on_delete=models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField()
    words = models.TextField()
    level = models.PositiveSmallIntegerField(choices=Level.choices)
    importance = models.PositiveSmallIntegerField(null=True)
    ease = models.PositiveSmallIntegerField(null=True)
    built_on = models.CharField(max_length=30, choices=BuiltOn.choices, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["opened", "place"], name="barriers_in_order"),
            models.CheckConstraint(condition=models.Q(level__range=(1, 3)), name="barrier_level_1_to_3"),
            models.CheckConstraint(
                condition=models.Q(importance__range=(1, 5)), name="barrier_importance_1_to_5"
            ),
            models.CheckConstraint(condition=models.Q(ease__range=(1, 5)), name="barrier_ease_1_to_5"),
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def person(self) -> Any:
        """The raiser."""
        return self.opened.invitation.person

    @property
    def group(self) -> Any:
        """The raiser's main group when they were invited."""
        return self.opened.invitation.group


class SecondAnswer(models.Model):
    """A person's view after the reading, beside the first, never over it. The last revision counts."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    round = models.ForeignKey("rounds.Round", on_delete=models.PROTECT, related_name="+")
    invitation = models.ForeignKey("rounds.Invitation", on_delete=models.PROTECT, related_name="+")
    revision = models.PositiveIntegerField()
    me_rating = models.SmallIntegerField(null=True)
    around_rating = models.SmallIntegerField(null=True)
    words = models.TextField(blank=True)
    given_at = models.DateTimeField()
    entered_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["invitation", "revision"], name="second_revisions_in_order"),
            models.CheckConstraint(condition=models.Q(me_rating__range=(-3, 3)), name="second_me_in_range"),
            models.CheckConstraint(
                condition=models.Q(around_rating__range=(-3, 3)), name="second_around_in_range"
            ),
        ]
