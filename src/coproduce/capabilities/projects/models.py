from typing import Any

from django.db import models

from coproduce.core.access import ROLE_WORDS, Role
from coproduce.core.ids import uuid7

from .terms import Intent, Jurisdiction, LegalRisk, MoneyBand, OptionOutcome, PeopleBand, Tier, Trigger


class Project(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    title = models.CharField(max_length=200)
    summary = models.CharField(max_length=400)
    service_area = models.CharField(max_length=200, blank=True)
    jurisdiction = models.CharField(max_length=20, choices=Jurisdiction.choices, default=Jurisdiction.ENGLAND)
    # The fingerprint of what was imported, so that importing it again changes nothing.
    imported_from = models.CharField(max_length=64, null=True, unique=True)
    started_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.title


class Foreword(models.Model):
    """One page: why, why now, options, money, what can change."""

    project = models.OneToOneField(
        "projects.Project", on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    trigger = models.CharField(max_length=20, choices=Trigger.choices, blank=True)
    why_now = models.TextField(blank=True)
    if_nothing_changes = models.TextField(blank=True)
    stated_intents = models.JSONField(default=list)
    intent_words = models.TextField(blank=True)
    saving_is_aim = models.BooleanField(default=False)
    saving_amount = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    saving_by = models.DateField(null=True, blank=True)
    saving_spent_on = models.TextField(blank=True)
    what_can_change = models.TextField(blank=True)
    what_cannot_change = models.TextField(blank=True)
    who_decides = models.CharField(max_length=200, blank=True)
    decision_meeting = models.CharField(max_length=200, blank=True)
    decision_date = models.DateField(null=True, blank=True)
    involvement_ends = models.DateField(null=True, blank=True)
    decision_taken = models.BooleanField(default=False)
    commissioner = models.CharField(max_length=200, blank=True)
    facilitation_paid_by = models.CharField(max_length=200, blank=True)
    people_band = models.CharField(max_length=20, choices=PeopleBand.choices, default=PeopleBand.UNDER_100)
    money_band = models.CharField(max_length=20, choices=MoneyBand.choices, default=MoneyBand.UNDER_25K)
    is_statutory = models.BooleanField(default=False)
    legal_risk = models.CharField(max_length=10, choices=LegalRisk.choices, default=LegalRisk.LOW)
    tier = models.CharField(max_length=1, choices=Tier.choices, default=Tier.S)
    shared_at = models.DateTimeField(null=True, blank=True)

    @property
    def intents(self) -> list[Any]:
        return [Intent(value).label for value in self.stated_intents]


class Option(models.Model):
    """One option that was looked at, doing nothing among them."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    project = models.ForeignKey("projects.Project", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=300)
    is_do_nothing = models.BooleanField(default=False)
    outcome = models.CharField(max_length=20, choices=OptionOutcome.choices, default=OptionOutcome.UNDECIDED)
    why = models.TextField(blank=True)
    decided_by = models.CharField(max_length=200, blank=True)
    decided_on = models.DateField(null=True, blank=True)


class ForewordChange(models.Model):
    """What changed in a foreword, or in one of its options, after it was shared: never changed itself."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    project = models.ForeignKey("projects.Project", on_delete=models.PROTECT, related_name="+")
    option = models.ForeignKey("projects.Option", on_delete=models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    why = models.TextField()
    # By field, in JSON's own types; nothing before for an option that was added.
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)


class ProjectRole(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    project = models.ForeignKey("projects.Project", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=30, choices=[(role.value, ROLE_WORDS[role]) for role in Role])
    given_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "person", "role"], name="one_role_once")]


class Invitation(models.Model):
    """A personal link that signs one person in, once. Only the hash of its token is kept."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    project = models.ForeignKey("projects.Project", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
