from django.db import models

from coproduce.core.ids import uuid7

from .terms import ANSWERS, Kind, Stage, Status


class Question(models.Model):
    """Somebody asks, at a stage, in their own words. How it stands follows from its last answer."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    project = models.ForeignKey("projects.Project", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    stage = models.CharField(max_length=20, choices=Stage.choices)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    words = models.TextField()
    asked_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)
    # Of the last answer, so that a list needs no other table.
    answered_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="one_question_a_number"),
            models.CheckConstraint(
                condition=models.Q(status=Status.OPEN, answered_by__isnull=True, answered_at__isnull=True)
                | models.Q(status__in=ANSWERS, answered_by__isnull=False, answered_at__isnull=False),
                name="an_answer_has_its_person_and_time",
            ),
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def ref(self) -> str:
        return f"Q{self.number}"

    @property
    def is_open(self) -> bool:
        return self.status == Status.OPEN


class Answer(models.Model):
    """One answer to a question. Append-only: a later answer stands beside the earlier one, the last one counts."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    question = models.ForeignKey("questions.Question", on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=10, choices=[(one.value, one.label) for one in ANSWERS])
    words = models.TextField()
    what_changed = models.TextField(blank=True)
    evidence = models.TextField(blank=True)
    address = models.CharField(max_length=1000, blank=True)
    # A thing of a capability above, cited by kind, id and ref.
    cited_kind = models.CharField(max_length=40, blank=True)
    cited_id = models.UUIDField(null=True)
    cited_ref = models.CharField(max_length=20, blank=True)
    by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
