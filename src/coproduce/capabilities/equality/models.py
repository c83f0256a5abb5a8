import secrets
from typing import Any

from django.db import models
from django.db.models import Q

from coproduce.core.ids import uuid7

from .terms import (
    Aim,
    Characteristic,
    Conclusion,
    Impact,
    LinkedKind,
    Side,
    VersionKind,
    only_discrimination,
)

_LARGEST = 2**31 - 1


class Assessment(models.Model):
    """The equality impact assessment of a project, as it stands today; its versions are kept beside it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    project = models.OneToOneField("projects.Project", on_delete=models.PROTECT, related_name="+")
    begun_on = models.DateField()
    begun_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    # Screening: could people be affected?
    affects = models.BooleanField(null=True, blank=True)
    why = models.TextField(blank=True)
    screened_on = models.DateField(null=True, blank=True)
    previous_actions = models.TextField(blank=True)
    previous_improved = models.TextField(blank=True)
    intersections = models.TextField(blank=True)
    cumulative = models.TextField(blank=True)
    # What is not known: [{"what", "plan", "by"}].
    gaps = models.JSONField(default=list)
    aim_discrimination = models.TextField(blank=True)
    aim_equality = models.TextField(blank=True)
    aim_relations = models.TextField(blank=True)
    conclusion = models.CharField(max_length=20, choices=Conclusion.choices, blank=True)
    conclusion_why = models.TextField(blank=True)
    after_consultation = models.TextField(blank=True)
    after_consultation_on = models.DateField(null=True, blank=True)
    assessor = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    reviewer = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    decision_maker = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    monitoring_on = models.DateField(null=True, blank=True)
    # Moves with every change of it or of a row, so that a version knows whether it is still how things stand.
    revision = models.PositiveIntegerField(default=0)
    published = models.ForeignKey(
        "equality.Version", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    published_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def aims(self) -> list[tuple[Any, str]]:
        return [(aim.label, getattr(self, f"aim_{aim.value}")) for aim in Aim]


class Row(models.Model):
    """One group of people in the assessment, with the four columns that councils use."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    assessment = models.ForeignKey("equality.Assessment", on_delete=models.PROTECT, related_name="+")
    characteristic = models.CharField(max_length=30, choices=Characteristic.choices)
    name = models.CharField(max_length=100, blank=True)
    place = models.PositiveSmallIntegerField()
    know = models.TextField(blank=True)
    source = models.CharField(max_length=300, blank=True)
    told = models.TextField(blank=True)
    impacts = models.JSONField(default=list)
    impact_words = models.CharField(max_length=300, blank=True)
    size = models.PositiveSmallIntegerField(null=True, blank=True)
    likelihood = models.PositiveSmallIntegerField(null=True, blank=True)
    aims = models.JSONField(default=list)
    can_do = models.TextField(blank=True)
    plan = models.TextField(blank=True)
    plan_by = models.DateField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)
    changed_by = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    changed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "characteristic", "name"], name="one_row_a_group"),
            models.UniqueConstraint(fields=["assessment", "place"], name="one_row_a_place"),
            models.CheckConstraint(
                condition=Q(size__isnull=True) | Q(size__range=(1, 3)), name="size_of_impact_1_to_3"
            ),
            models.CheckConstraint(
                condition=Q(likelihood__isnull=True) | Q(likelihood__range=(1, 3)),
                name="likelihood_of_impact_1_to_3",
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)

    @property
    def title(self) -> Any:
        return self.name or self.get_characteristic_display()

    @property
    def impact_labels(self) -> str:
        return ", ".join(str(Impact(value).label) for value in self.impacts)

    @property
    def aim_labels(self) -> str:
        return ", ".join(str(Aim(value).label) for value in self.aims)

    @property
    def one_aim_only(self) -> bool:
        return only_discrimination(self.characteristic, self.assessment.project.jurisdiction)

    @property
    def is_blank(self) -> bool:
        return not (self.know.strip() and self.impacts)


class RowLink(models.Model):
    """What a row leads to: a barrier or suggestion that speaks of it, an action or commitment that answers it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    row = models.ForeignKey("equality.Row", on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=5, choices=Side.choices)
    linked_kind = models.CharField(max_length=30, choices=LinkedKind.choices)
    linked_id = models.UUIDField()
    linked_ref = models.CharField(max_length=12)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["row", "side", "linked_id"], name="one_link_a_side_of_a_row")
        ]
        indexes = [models.Index(fields=["linked_id"], name="rows_of_what_is_linked")]


class Version(models.Model):
    """The whole assessment as it stood on a day. Database triggers keep it as it is."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    assessment = models.ForeignKey("equality.Assessment", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=VersionKind.choices)
    day = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    note = models.TextField()
    revision = models.PositiveIntegerField()
    content = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "number"], name="one_assessment_version_a_number")
        ]

    def __str__(self) -> str:
        return f"{self.number}"

    @property
    def is_final(self) -> bool:
        return self.kind == VersionKind.FINAL


class Reading(models.Model):
    """R94: the decision-maker's own word that they read a final version. Append-only."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    version = models.ForeignKey("equality.Version", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "person"], name="a_version_is_read_once")]


# Monitoring. Nothing here leads to a person or to what anybody said, and no answer has a time (R96).


class Survey(models.Model):
    """What a project asks about the people who take part: voluntary, and kept apart from everything else."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    project = models.OneToOneField("projects.Project", on_delete=models.PROTECT, related_name="+")
    purpose = models.TextField()
    questions = models.JSONField(default=list)
    asked = models.PositiveIntegerField(null=True, blank=True)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    # Forms that were in no table when it closed, and were deleted.
    closed_forms = models.PositiveIntegerField(default=0)

    @property
    def is_open(self) -> bool:
        return self.closed_on is None


def random_number() -> int:
    """In SQLite this is where the row lies in the file, so that its place tells no order."""
    return secrets.randbelow(_LARGEST) + 1


class MonitoringAnswer(models.Model):
    """One answer to one question. Two answers of one person have nothing in common that the database could know."""

    id = models.IntegerField(primary_key=True, default=random_number, editable=False)
    survey = models.ForeignKey("equality.Survey", on_delete=models.PROTECT, related_name="+")
    question = models.CharField(max_length=20)
    choice = models.CharField(max_length=20)
    code_hash = models.CharField(max_length=64, unique=True)

    class Meta:
        indexes = [models.Index(fields=["survey", "question", "choice"], name="answers_to_a_question")]


class SpentCode(models.Model):
    """A form that came in, so that the same form sent again counts once; it leads to no answer."""

    id = models.IntegerField(primary_key=True, default=random_number, editable=False)
    survey = models.ForeignKey("equality.Survey", on_delete=models.PROTECT, related_name="+")
    code_hash = models.CharField(max_length=64, unique=True)


class MonitoringTable(models.Model):
    """A published table: its lines as they were made, for good. The answers behind it are deleted. Append-only."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    survey = models.ForeignKey("equality.Survey", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    day = models.DateField()
    forms = models.PositiveIntegerField()
    threshold = models.PositiveSmallIntegerField()
    # {question: [{"codes": [...], "count": n}]}; what is hidden is in no column.
    lines = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["survey", "number"], name="one_monitoring_table_a_number")
        ]
