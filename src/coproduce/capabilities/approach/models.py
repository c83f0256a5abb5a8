from django.db import models

from coproduce.core.ids import uuid7

from .terms import PROMISES, QUESTIONS, Complexity, Dial, Level, Said


class Decision(models.Model):
    """One thing that a project decides, with the kind of challenge it is and how far people share it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    project = models.ForeignKey("projects.Project", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    words = models.CharField(max_length=300)
    # By question: yes, partly, no or not sure.
    answers = models.JSONField(default=dict)
    suggested = models.CharField(max_length=20, choices=Complexity.choices)
    # What a person confirmed; nothing before somebody does.
    complexity = models.CharField(max_length=20, choices=Complexity.choices, blank=True)
    complexity_note = models.TextField(blank=True)
    confirmed_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    level = models.CharField(max_length=20, choices=Level.choices, blank=True)
    decides = models.PositiveSmallIntegerField(choices=Dial.choices, null=True)
    acts = models.PositiveSmallIntegerField(choices=Dial.choices, null=True)
    reason = models.TextField(blank=True)
    promise = models.TextField(blank=True)
    agreed_with = models.TextField(blank=True)
    chosen_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, null=True, related_name="+")
    chosen_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="one_decision_a_number"),
            models.CheckConstraint(
                condition=models.Q(decides__isnull=True) | models.Q(decides__range=(0, 4)),
                name="who_decides_0_to_4",
            ),
            models.CheckConstraint(
                condition=models.Q(acts__isnull=True) | models.Q(acts__range=(0, 4)), name="who_acts_0_to_4"
            ),
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def ref(self) -> str:
        return f"E{self.number}"

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_at is not None

    @property
    def said(self) -> list[tuple[object, object]]:
        """Each question with its answer, in words."""
        return [
            (words, Said(self.answers.get(name, Said.NOT_SURE)).label) for name, words in QUESTIONS.items()
        ]

    @property
    def promised(self) -> object:
        """The project's own sentence, or the usual one of the level; nothing before there is a level."""
        return self.promise or PROMISES.get(self.level, "")


class LevelAsked(models.Model):
    """A sealed round asks people what they met at one decision; `options` leads from its words to the level."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    round = models.ForeignKey("rounds.Round", on_delete=models.PROTECT, related_name="+")
    decision = models.ForeignKey("approach.Decision", on_delete=models.PROTECT, related_name="+")
    question = models.CharField(max_length=20)
    options = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "question"], name="a_question_asks_of_one_decision")
        ]
