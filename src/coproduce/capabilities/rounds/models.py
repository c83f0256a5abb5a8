"""Tables of the rounds. Before the seal no row holds a word of an answer: `Answer` is ciphertext."""

from typing import Any

from django.db import models

from coproduce.core.ids import uuid7

from .rules import is_transcribed_late, sealing
from .terms import (
    BEFORE_THE_SEAL,
    TURN_SECONDS,
    BuiltOn,
    Channel,
    Kind,
    Level,
    Part,
    Question,
    Size,
    State,
    TurnState,
    Written,
    words_are_open,
)

_UNSEALED = sorted(BEFORE_THE_SEAL)


class Round(models.Model):
    """One independent-first cycle. A database trigger lets its state only go forward, one step at a time."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    project = models.ForeignKey("projects.Project", on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=8)
    title = models.CharField(max_length=300)
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.FOCUS_GROUP)
    # The earlier round whose people rate again, where this is a re-rating.
    follows = models.ForeignKey("rounds.Round", on_delete=models.PROTECT, null=True, related_name="+")
    proposal = models.TextField(blank=True)
    wording = models.JSONField(default=dict)
    # Asked beside the three levels and barriers: a list of {"id", "words", "form", ...} (terms.Question).
    questions = models.JSONField(default=list)
    # The wording in other languages: {"cy": {"level_1": …, "questions": {id: …}}}.
    translations = models.JSONField(default=dict)
    formats = models.JSONField(default=list)
    # What the foreword stated when the round opened: people are asked what they think that day's aims are.
    stated_intents = models.JSONField(default=list)
    opens_at = models.DateTimeField()
    seals_at = models.DateTimeField()
    # When the answers will be read together, told to people before they come.
    reads_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=20, choices=State.choices, default=State.DRAFT)
    opened_at = models.DateTimeField(null=True, blank=True)
    sealed_at = models.DateTimeField(null=True, blank=True)
    sealed_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, null=True, related_name="+")
    root = models.CharField(max_length=64, blank=True)
    # Chosen at the seal: answers are opened one by one, each at its reading turn, instead of all at once.
    in_turns = models.BooleanField(default=False)
    turn_seconds = models.PositiveSmallIntegerField(default=TURN_SECONDS)
    reading_began_at = models.DateTimeField(null=True, blank=True)
    reading_ended_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    # Fixes the second answers of a round that was read in turns, as `root` fixes the first.
    second_root = models.CharField(max_length=64, blank=True)
    # The key of the answers, itself encrypted under the key of the installation, which is not in the database.
    wrapped_key = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "code"], name="one_round_a_code"),
            models.CheckConstraint(
                condition=models.Q(seals_at__gt=models.F("opens_at")), name="seals_after_it_opens"
            ),
            models.CheckConstraint(
                condition=models.Q(~models.Q(state__in=_UNSEALED), sealed_at__isnull=False)
                | models.Q(state__in=_UNSEALED, sealed_at__isnull=True, root=""),
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
    def asked(self) -> list[Question]:
        """The questions beside the three levels."""
        return [Question.from_record(plain) for plain in self.questions]

    @property
    def languages(self) -> list[str]:
        """The tags of the other languages in which people can read the questions."""
        return sorted(self.translations)

    @property
    def asks_ratings(self) -> bool:
        return Kind(self.kind).asks_ratings

    @property
    def is_premortem(self) -> bool:
        return self.kind == Kind.PREMORTEM

    @property
    def is_draft(self) -> bool:
        return self.state == State.DRAFT

    @property
    def is_open(self) -> bool:
        return self.state == State.OPEN

    @property
    def is_sealed(self) -> bool:
        """Whether first answers stay as they are, open or not."""
        return self.state not in BEFORE_THE_SEAL

    @property
    def is_all_open(self) -> bool:
        """Whether everyone may read all first answers."""
        return words_are_open(self.state, self.in_turns)

    @property
    def is_being_read(self) -> bool:
        return self.state == State.READING

    @property
    def is_closed(self) -> bool:
        return self.state == State.CLOSED

    @property
    def takes_second_answers(self) -> bool:
        return self.state == State.SECOND or (self.state == State.SEALED and not self.in_turns)


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
    # Asked for in advance, privately: this person's reading turn lasts twice as long.
    double_time = models.BooleanField(default=False)
    # Joined after the seal: may answer late and a second time, and is in no figure of independence.
    came_late = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "person"], name="one_invitation_a_person")]


class Support(models.Model):
    """Who helps an invited person to answer: they may write the answer down together with that person."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    invitation = models.ForeignKey("rounds.Invitation", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    named_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    named_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["invitation", "person"], name="named_once_a_supporter")
        ]


class _WithoutBody(models.Manager["Answer"]):
    """Ciphertext travels only when it is asked for by name."""

    def get_queryset(self) -> models.QuerySet["Answer"]:
        return super().get_queryset().defer("ciphertext")


class Answer(models.Model):
    """One sealed revision. Append-only: the last revision of an invitation counts."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    round = models.ForeignKey("rounds.Round", on_delete=models.PROTECT, related_name="+")
    invitation = models.ForeignKey("rounds.Invitation", on_delete=models.PROTECT, related_name="+")
    part = models.PositiveSmallIntegerField(choices=Part.choices, default=Part.FIRST)
    revision = models.PositiveIntegerField()
    ciphertext = models.BinaryField()
    commitment = models.CharField(max_length=64)
    submitted_at = models.DateTimeField()
    channel = models.CharField(max_length=20, choices=Channel.choices)
    entered_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, null=True, related_name="+")
    read_back = models.BooleanField(default=False)
    is_late = models.BooleanField(default=False)
    # Given when words of others were open already: never counted as independent (listening.md §4.8).
    exposed = models.BooleanField(default=False)

    objects = _WithoutBody()

    class Meta:
        # Also where a row leads to its answer.
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(fields=["invitation", "part", "revision"], name="revisions_in_order")
        ]
        indexes = [models.Index(fields=["round", "invitation"], name="answers_of_a_round")]

    def __str__(self) -> str:
        return self.receipt

    @property
    def receipt(self) -> str:
        return sealing.receipt(bytes.fromhex(self.commitment))

    @property
    def is_transcribed_late(self) -> bool:
        return is_transcribed_late(is_late=self.is_late, entered_for_someone=self.entered_by_id is not None)


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
    # A reason out of a premortem: how likely, how much it would do, and what to watch for.
    likelihood = models.CharField(max_length=10, choices=Size.choices, blank=True)
    impact = models.CharField(max_length=10, choices=Size.choices, blank=True)
    early_sign = models.TextField(blank=True)

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
    def premortem(self) -> bool:
        """Whether it is a reason why things failed, written as if a year from now."""
        return self.round.kind == Kind.PREMORTEM

    @property
    def person(self) -> Any:
        """The raiser."""
        return self.opened.invitation.person

    @property
    def group(self) -> Any:
        """The raiser's main group when they were invited."""
        return self.opened.invitation.group


class Turn(models.Model):
    """One person's place in the reading. Its words are written as plain rows when it is shown, not before."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    round = models.ForeignKey("rounds.Round", on_delete=models.PROTECT, related_name="+")
    answer = models.OneToOneField("rounds.Answer", on_delete=models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=TurnState.choices, default=TurnState.WAITING)
    passes = models.PositiveSmallIntegerField(default=0)
    called_at = models.DateTimeField(null=True)
    shown_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "place"], name="turns_in_order"),
            models.UniqueConstraint(
                fields=["round"],
                condition=models.Q(state__in=[TurnState.CALLED, TurnState.SHOWN]),
                name="one_turn_at_a_time",
            ),
        ]

    @property
    def invitation(self) -> Any:
        return self.answer.invitation


class Comment(models.Model):
    """What someone says to an answer, or to all of them, once every turn is done or passed (R29)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    round = models.ForeignKey("rounds.Round", on_delete=models.PROTECT, related_name="+")
    about = models.ForeignKey("rounds.OpenedAnswer", on_delete=models.PROTECT, null=True, related_name="+")
    words = models.TextField()
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    entered_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()


class SecondAnswer(models.Model):
    """A person's view after the reading, beside the first, never over it. The last revision counts."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    round = models.ForeignKey("rounds.Round", on_delete=models.PROTECT, related_name="+")
    invitation = models.ForeignKey("rounds.Invitation", on_delete=models.PROTECT, related_name="+")
    revision = models.PositiveIntegerField()
    me_rating = models.SmallIntegerField(null=True)
    around_rating = models.SmallIntegerField(null=True)
    words = models.TextField(blank=True)
    # Of the sealed revision that opened with the close; none where second answers were never sealed.
    nonce = models.CharField(max_length=64, null=True)
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
