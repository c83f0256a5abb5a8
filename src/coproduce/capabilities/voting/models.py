"""Tables of voting. A vote stands under a number that tells nobody who gave it, and without a time."""

import secrets
from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from coproduce.core.ids import uuid7

from .terms import (
    Channel,
    Checking,
    Reason,
    Shown,
    Standing,
    State,
    Value,
    Who,
    ballot_ref,
)


def a_link() -> str:
    """What the address of a ballot ends in; nobody guesses it."""
    return secrets.token_urlsafe(12)


def a_number() -> int:
    """Drawn, not counted: the numbers of voters say nothing about who came first."""
    return secrets.randbelow(2**31)


class Ballot(models.Model):
    """A set of short statements that people vote on."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    project = models.ForeignKey("projects.Project", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    intro = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    who = models.CharField(max_length=10, choices=Who.choices, default=Who.PROJECT)
    shown = models.CharField(max_length=12, choices=Shown.choices, default=Shown.AFTER_CLOSE)
    takes_statements = models.BooleanField(default=False)
    checking = models.CharField(max_length=10, choices=Checking.choices, default=Checking.FIRST)
    opens_on = models.DateField(null=True, blank=True)
    # The last day on which people can vote.
    closes_on = models.DateField(null=True, blank=True)
    link = models.CharField(max_length=24, unique=True, default=a_link, editable=False)

    made_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    votes_at_close = models.PositiveIntegerField(null=True, blank=True)
    people_at_close = models.PositiveIntegerField(null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="one_ballot_a_number"),
            models.CheckConstraint(
                condition=Q(opens_on__isnull=True)
                | Q(closes_on__isnull=True)
                | Q(closes_on__gte=F("opens_on")),
                name="a_ballot_closes_after_it_opens",
            ),
        ]

    @property
    def ref(self) -> str:
        return ballot_ref(self.number)

    @property
    def is_draft(self) -> bool:
        return self.state == State.DRAFT

    @property
    def is_open(self) -> bool:
        return self.state == State.OPEN

    @property
    def is_closed(self) -> bool:
        return self.state == State.CLOSED

    @property
    def is_public(self) -> bool:
        return self.who == Who.LINK

    def __str__(self) -> str:
        return self.title


class Statement(models.Model):
    """One short sentence that people agree with, disagree with, or pass."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    ballot = models.ForeignKey("voting.Ballot", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    text = models.TextField()
    # Grows with each change of the words, so that no vote given on other words is kept.
    revision = models.PositiveSmallIntegerField(default=1)
    standing = models.CharField(max_length=10, choices=Standing.choices, default=Standing.ACCEPTED)
    # Where it comes from, by kind, id and ref; nothing where somebody wrote it.
    origin_kind = models.CharField(max_length=40, blank=True)
    origin_id = models.UUIDField(null=True, blank=True)
    origin_ref = models.CharField(max_length=20, blank=True)
    author = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    # With which whoever holds the link's cookie finds what became of theirs; it fits no voter.
    author_key = models.CharField(max_length=64, blank=True)
    replaces = models.OneToOneField(
        "voting.Statement", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    why_replaced = models.CharField(max_length=300, blank=True)
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ballot", "number"], name="one_ballot_statement_a_number"),
            models.CheckConstraint(condition=~Q(text=""), name="a_ballot_statement_has_words"),
        ]
        indexes = [
            models.Index(fields=["origin_id"], name="statements_from_a_thing"),
            models.Index(fields=["ballot", "standing"], name="statements_of_a_standing"),
        ]

    @property
    def is_voted_on(self) -> bool:
        return self.standing == Standing.ACCEPTED

    def __str__(self) -> str:
        return str(self.number)


class Moderation(models.Model):
    """Who settled what about a statement, and why. Append-only: an undo is a new row."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    statement = models.ForeignKey("voting.Statement", on_delete=models.PROTECT, related_name="+")
    standing = models.CharField(max_length=10, choices=Standing.choices)
    was = models.CharField(max_length=10, choices=Standing.choices)
    reason = models.CharField(max_length=20, choices=Reason.choices, blank=True)
    words = models.CharField(max_length=500, blank=True)
    undoes = models.OneToOneField(
        "voting.Moderation", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Voter(models.Model):
    """Somebody who votes on one ballot: a drawn number and a key that only they bring; no name and no time."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    ballot = models.ForeignKey("voting.Ballot", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(default=a_number)
    # Of the person, of the cookie or of the paper's code, keyed with this installation's secret.
    key = models.CharField(max_length=64)
    group = models.ForeignKey(
        "people.Group", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    channel = models.CharField(max_length=10, choices=Channel.choices, default=Channel.WEB)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ballot", "key"], name="one_voter_a_key"),
            models.UniqueConstraint(fields=["ballot", "number"], name="one_voter_a_number"),
        ]

    def __str__(self) -> str:
        return "voter"


class Vote(models.Model):
    """What one voter says of one statement now. It keeps no time, and changes leave no trace."""

    pk = models.CompositePrimaryKey("voter_id", "statement_id")
    voter = models.ForeignKey("voting.Voter", on_delete=models.CASCADE, related_name="+", db_index=False)
    statement = models.ForeignKey("voting.Statement", on_delete=models.PROTECT, related_name="+")
    value = models.SmallIntegerField(choices=Value.choices)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(value__in=[-1, 0, 1]), name="a_vote_is_one_of_three")
        ]

    def __str__(self) -> str:
        return "vote"
