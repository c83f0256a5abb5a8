"""Kept results of votes, the order in which statements go round, and results that serve as evidence.

No row here is a person's: a result holds figures of enough people only (`rules/hiding.py`).
"""

from django.db import models
from django.db.models import Q

from coproduce.core.ids import uuid7

from .rules import Figures, from_json
from .terms import LinkedKind


class Kept(models.Model):
    """What the votes on a ballot say, of so many votes, at this time."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    ballot = models.OneToOneField("voting.Ballot", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    voters = models.PositiveIntegerField()
    votes = models.PositiveIntegerField()
    settings = models.JSONField()
    figures = models.JSONField()
    # The plane of the opinion map, with which people find themselves; it stays out of the record.
    plane = models.JSONField(default=dict)
    # SHA-256 of the figures as text.
    digest = models.CharField(max_length=64)

    is_final = False

    class Meta:
        abstract = True

    def read(self) -> Figures:
        return from_json(self.figures)


class Result(Kept):
    """The result that a closed ballot rests on. It is made once and stays."""

    is_final = True

    def __str__(self) -> str:
        return "result"


class Interim(Kept):
    """How an open ballot stands, where it says so; the next one takes its place, so no entry speaks of it."""

    def __str__(self) -> str:
        return "interim result"


class Order(models.Model):
    """Which statements of an open ballot most need votes, the first first. An order and never a count."""

    ballot = models.OneToOneField(
        "voting.Ballot", on_delete=models.CASCADE, related_name="+", primary_key=True
    )
    made_at = models.DateTimeField()
    votes = models.PositiveIntegerField()
    statements = models.JSONField()

    def __str__(self) -> str:
        return "order"


class Evidence(models.Model):
    """The result of one statement, with its figure as it was then, beside a suggestion or a barrier."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    result = models.ForeignKey("insights.Result", on_delete=models.PROTECT, related_name="+")
    statement = models.ForeignKey("voting.Statement", on_delete=models.PROTECT, related_name="+")
    linked_kind = models.CharField(max_length=40, choices=LinkedKind.choices)
    linked_id = models.UUIDField()
    linked_ref = models.CharField(max_length=20)
    figure = models.JSONField()
    figure_on = models.DateField()
    by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    taken_back_by = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    taken_back_at = models.DateTimeField(null=True, blank=True)
    why_taken_back = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["statement", "linked_id"], condition=Q(taken_back_at__isnull=True),
                name="a_result_is_evidence_for_a_thing_once",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["linked_id"], name="evidence_for_a_thing")]

    def __str__(self) -> str:
        return self.linked_ref
