from django.db import models

from coproduce.core.ids import uuid7

from .terms import LetterKind, LetterState, Progress, Route, Style


class Report(models.Model):
    """The answers to the suggestions on one document, while they are written."""

    document = models.OneToOneField(
        "drafting.Document", on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    project = models.ForeignKey("projects.Project", on_delete=models.PROTECT, related_name="+")
    style = models.CharField(max_length=20, choices=Style.choices, default=Style.YOU_SAID)
    introduction = models.TextField(blank=True)
    # What people were asked, for “We asked, you said, we did”.
    asked = models.TextField(blank=True)
    comments_closed_on = models.DateField(null=True, blank=True)


class Statement(models.Model):
    """What was said, and what came of it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    project = models.ForeignKey("projects.Project", on_delete=models.PROTECT, related_name="+")
    report = models.ForeignKey("feedback.Report", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    heading = models.CharField(max_length=200)
    said = models.TextField()
    did = models.TextField(blank=True)
    will = models.TextField(blank=True)
    will_by = models.DateField(null=True, blank=True)
    could_not = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    cost = models.TextField(blank=True)
    place = models.CharField(max_length=300, blank=True)
    # The same in Easy Read, one idea a line, as people wrote it.
    easy_said = models.TextField(blank=True)
    easy_came = models.TextField(blank=True)
    # Ids of people, so that each is named as they choose on the day of reading.
    together = models.JSONField(default=list, blank=True)
    together_words = models.CharField(max_length=300, blank=True)
    responsible = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    status_on = models.DateField()
    next_update_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="one_statement_a_number"),
            models.CheckConstraint(
                condition=models.Q(will="") | models.Q(will_by__isnull=False), name="a_promise_has_a_date"
            ),
        ]

    @property
    def ref(self) -> str:
        return f"Y{self.number:02d}"

    def __str__(self) -> str:
        return self.ref


class Answer(models.Model):
    """A suggestion that a statement answers, and the passages of it that are quoted, letter by letter."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    statement = models.ForeignKey("feedback.Statement", on_delete=models.CASCADE, related_name="+")
    suggestion = models.ForeignKey("drafting.Suggestion", on_delete=models.PROTECT, related_name="+")
    passages = models.JSONField(default=list, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["statement", "suggestion"], name="one_answer_a_suggestion")
        ]


class Publication(models.Model):
    """What the manager signed and everyone may read. The next one stands beside it, not in its place.

    It holds people's ids and never their names, so that each is named as they choose on the day of reading.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    report = models.ForeignKey("feedback.Report", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    style = models.CharField(max_length=20, choices=Style.choices)
    introduction = models.TextField(blank=True)
    asked = models.TextField(blank=True)
    statements = models.JSONField()
    published_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="one_publication_a_number")]


class Update(models.Model):
    """News of a promise, on a day. Database triggers keep it: what was said of it in public stays."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    statement = models.ForeignKey("feedback.Statement", on_delete=models.PROTECT, related_name="+")
    # The promise as it was then: news of it does not close another one that takes its place.
    promise = models.TextField()
    progress = models.CharField(max_length=10, choices=Progress.choices)
    words = models.TextField()
    on = models.DateField()
    new_date = models.DateField(null=True, blank=True)
    next_on = models.DateField(null=True, blank=True)
    written_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["statement", "at"], name="news_of_a_promise")]
        constraints = [
            models.CheckConstraint(condition=~models.Q(words=""), name="news_has_words"),
            models.CheckConstraint(
                condition=~models.Q(progress=Progress.MOVED) | models.Q(new_date__isnull=False),
                name="a_moved_promise_has_a_date",
            ),
        ]


class Letter(models.Model):
    """One person's own points, once. What it says is made from what was signed, so its words are kept nowhere else."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    report = models.ForeignKey("feedback.Report", on_delete=models.PROTECT, related_name="+")
    publication = models.ForeignKey(
        "feedback.Publication", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=LetterKind.choices)
    route = models.CharField(max_length=10, choices=Route.choices)
    # Ids of the suggestions that it is about.
    points = models.JSONField(default=list, blank=True)
    # Of what it says, so that nobody is told the same twice.
    digest = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=LetterState.choices, default=LetterState.WAITING)
    # The kind of failure only: a server's own words can hold the address.
    fault = models.CharField(max_length=100, blank=True)
    made_at = models.DateTimeField()
    sent_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["report", "state"], name="letters_to_send")]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "kind", "person", "digest"],
                condition=~models.Q(state=LetterState.REPLACED),
                name="nobody_is_told_the_same_twice",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=LetterState.SENT) | models.Q(sent_on__isnull=False),
                name="a_sent_letter_has_its_day",
            ),
        ]
