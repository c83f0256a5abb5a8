"""Tables of the live room. They hold no word of an answer: those are in `rounds`, sealed."""

from uuid import uuid4

from django.db import models

from coproduce.core.ids import uuid7

from .terms import Device


class Session(models.Model):
    """One round held together in one room. `seq` grows with each step, so that open pages notice."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    project = models.ForeignKey("projects.Project", on_delete=models.PROTECT, related_name="+")
    round = models.ForeignKey("rounds.Round", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    join_code = models.CharField(max_length=6)
    is_lobby_open = models.BooleanField(default=True)
    # No name is asked for and none is kept; places are called by number.
    is_anonymous = models.BooleanField(default=False)
    heads = models.PositiveSmallIntegerField(null=True, blank=True)
    seq = models.PositiveIntegerField(default=1)
    step_began_at = models.DateTimeField()
    planned_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    planned_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["join_code"], condition=models.Q(ended_at__isnull=True), name="one_open_room_a_code"
            ),
            models.UniqueConstraint(
                fields=["round"], condition=models.Q(ended_at__isnull=True), name="one_room_a_round"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def topic(self) -> str:
        return f"live:{self.pk}"

    @property
    def has_ended(self) -> bool:
        return self.ended_at is not None


class Place(models.Model):
    """Someone's place in the room. Its id is wholly random, so that it tells nothing about when they came."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    session = models.ForeignKey("live.Session", on_delete=models.PROTECT, related_name="+")
    invitation = models.ForeignKey(
        "rounds.Invitation", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    device = models.CharField(max_length=10, choices=Device.choices, default=Device.PHONE)
    # Grows when the place is handed to another device: cookies of an older epoch are worth nothing.
    epoch = models.PositiveSmallIntegerField(default=1)
    phrase_digest = models.CharField(max_length=64, blank=True)
    # Of the form that made this place, so that a repeat of it gives the same place.
    join_key = models.UUIDField(null=True, unique=True)
    joined_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "number"], name="one_place_a_number"),
            models.UniqueConstraint(
                fields=["session", "person"], condition=models.Q(removed_at__isnull=True),
                name="one_place_a_person",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.number)
