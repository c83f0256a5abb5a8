from django.db import models

from coproduce.core.ids import uuid7

from .rules import may_quote
from .terms import Acknowledgement, Capacity, ContactRoute, GroupKind, NeedKind


class Group(models.Model):
    """People with a like position in relation to the service."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    project = models.ForeignKey("projects.Project", on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=8)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=GroupKind.choices)
    why = models.TextField(blank=True)
    how_affected = models.PositiveSmallIntegerField(null=True, blank=True)
    influence = models.PositiveSmallIntegerField(null=True, blank=True)
    places_wanted = models.PositiveSmallIntegerField(default=0)
    missing = models.TextField(blank=True)
    route = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "code"], name="one_group_a_code"),
            models.CheckConstraint(
                condition=models.Q(how_affected__range=(1, 5)), name="how_affected_is_1_to_5"
            ),
            models.CheckConstraint(condition=models.Q(influence__range=(1, 5)), name="influence_is_1_to_5"),
        ]

    def __str__(self) -> str:
        return self.name


class Seat(models.Model):
    """One person's place in one project: counted once, in the main group."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    project = models.ForeignKey("projects.Project", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=8)
    main_group = models.ForeignKey("people.Group", on_delete=models.PROTECT, related_name="+")
    other_groups = models.ManyToManyField("people.Group", related_name="+", blank=True)
    about = models.CharField(max_length=200, blank=True)
    capacity = models.CharField(max_length=20, choices=Capacity.choices, default=Capacity.PERSONAL)
    organisation = models.CharField(max_length=200, blank=True)
    contact_route = models.CharField(max_length=20, choices=ContactRoute.choices, default=ContactRoute.EMAIL)
    supporter = models.CharField(max_length=200, blank=True)
    acknowledgement = models.CharField(
        max_length=20, choices=Acknowledgement.choices, default=Acknowledgement.ANONYMOUS
    )
    wants_outcomes = models.BooleanField(default=False)
    wants_review = models.BooleanField(default=False)
    quotes_agreed_on = models.DateField(null=True, blank=True)
    quotes_withdrawn_on = models.DateField(null=True, blank=True)
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "person"], name="one_seat_a_person"),
            models.UniqueConstraint(fields=["project", "code"], name="one_seat_a_code"),
        ]

    @property
    def quotable(self) -> bool:
        return may_quote(self)

    def __str__(self) -> str:
        return self.code


class AccessNeed(models.Model):
    """What someone needs in order to take part: the need only, never the reason for it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    seat = models.ForeignKey("people.Seat", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=NeedKind.choices)
    need = models.CharField(max_length=200)
    share_with_venue = models.BooleanField(default=False)
    recorded_on = models.DateField()
