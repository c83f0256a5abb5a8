from django.db import models

from coproduce.core.ids import uuid7

from .rules.replay import OpKind
from .rules.versions import Number
from .terms import (
    Channel,
    CostPeriod,
    Doing,
    Outcome,
    ReasonCode,
    Saying,
    Status,
    SuggestionKind,
    Verdict,
    VersionStatus,
    Way,
)


class Document(models.Model):
    """A master copy: its text is what its operations leave."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    project = models.ForeignKey("projects.Project", on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=8)
    title = models.CharField(max_length=300)
    language = models.CharField(max_length=10, default="en-gb")
    seq = models.PositiveIntegerField(default=0)
    # Until when suggestions on this document are promised an answer.
    answers_by = models.DateField(null=True, blank=True)
    # What an imported file had and Markdown cannot hold.
    left_out = models.JSONField(default=list, blank=True)
    started_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "code"], name="one_document_a_code")]

    def __str__(self) -> str:
        return self.title


class Suggestion(models.Model):
    """An idea or comment on a draft, verbatim, by a person, on a date. Its words never change."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    project = models.ForeignKey("projects.Project", on_delete=models.PROTECT, related_name="+")
    document = models.ForeignKey("drafting.Document", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=SuggestionKind.choices)
    words = models.TextField(blank=True)
    # The same in one line, for lists: what was said, or which words give way to which.
    gist = models.CharField(max_length=300, blank=True)
    reason = models.TextField(blank=True)
    block = models.PositiveIntegerField(null=True, blank=True)
    section = models.CharField(max_length=300, blank=True)
    page = models.CharField(max_length=20, blank=True)
    base_seq = models.PositiveIntegerField()
    base_version = models.ForeignKey(
        "drafting.Version", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    author = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    group = models.ForeignKey(
        "people.Group", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    entered_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel.choices, default=Channel.WEB)
    quote_consent = models.BooleanField(default=False)
    said_on = models.DateField()
    due_on = models.DateField(null=True, blank=True)
    made_at = models.DateTimeField()
    doing = models.CharField(max_length=10, choices=Doing.choices, blank=True)
    # Kept with the newest decision, so that lists of thousands can be filtered.
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "number"], name="one_suggestion_a_number")]
        indexes = [
            models.Index(fields=["document", "status", "number"], name="suggestions_of_a_document"),
            models.Index(fields=["document", "block"], name="suggestions_on_a_block"),
        ]

    def __str__(self) -> str:
        return self.ref

    @property
    def ref(self) -> str:
        return f"S{self.number:02d}"

    @property
    def is_open(self) -> bool:
        return self.status == Status.OPEN


class SuggestedEdit(models.Model):
    """One place that a suggestion touches, in the text it was made on. Database triggers keep it as it is."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    suggestion = models.ForeignKey("drafting.Suggestion", on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=15, choices=[(kind.value, kind.value) for kind in OpKind])
    block = models.PositiveIntegerField()
    start = models.PositiveIntegerField(default=0)
    quote = models.TextField(blank=True)
    words = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["suggestion", "position"], name="one_edit_a_position")]


class Decision(models.Model):
    """An answer to a suggestion. A later one stands beside it, never in its place."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    suggestion = models.ForeignKey("drafting.Suggestion", on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    reason_code = models.CharField(max_length=20, choices=ReasonCode.choices, blank=True)
    reason = models.TextField(blank=True)
    cost_amount = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    cost_period = models.CharField(max_length=10, choices=CostPeriod.choices, blank=True)
    cost_note = models.TextField(blank=True)
    sent_to = models.CharField(max_length=300, blank=True)
    done_instead = models.TextField(blank=True)
    same_as = models.ForeignKey(
        "drafting.Suggestion", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    place = models.CharField(max_length=300, blank=True)
    decided_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    decided_on = models.DateField()
    decided_at = models.DateTimeField()
    due_on = models.DateField(null=True, blank=True)
    # The last operation that carried it out; it is in every version from there on.
    landed_seq = models.PositiveIntegerField(null=True, blank=True)
    told_on = models.DateField(null=True, blank=True)
    told_how = models.CharField(max_length=200, blank=True)
    supersedes = models.OneToOneField(
        "drafting.Decision", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    # Its source says that it was carried out, and not who decided.
    imported = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["suggestion", "decided_at"], name="decisions_on_a_suggestion")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome=Outcome.ACCEPTED) | ~models.Q(reason=""),
                name="no_refusal_without_reason",
            ),
            # Each further answer stands in the place of exactly one, so only the newest counts.
            models.UniqueConstraint(
                fields=["suggestion"], condition=models.Q(supersedes=None), name="one_first_answer"
            ),
        ]


class Op(models.Model):
    """One small step of the text. Database triggers refuse every UPDATE and DELETE."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    document = models.ForeignKey("drafting.Document", on_delete=models.PROTECT, related_name="+")
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=15, choices=[(kind.value, kind.value) for kind in OpKind])
    block = models.PositiveIntegerField()
    after = models.PositiveIntegerField(default=0)
    start = models.PositiveIntegerField(default=0)
    removed = models.TextField(blank=True)
    inserted = models.TextField(blank=True)
    # Who wrote the words put in, where they only come from elsewhere in the text: [[operation, characters], …].
    runs = models.JSONField(null=True, blank=True)
    author = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    suggestion = models.ForeignKey(
        "drafting.Suggestion", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    decision = models.ForeignKey(
        "drafting.Decision", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    day = models.DateField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "seq"], name="one_op_a_place")]


class Version(models.Model):
    """A name for a moment of the text, with the hash of the text there."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    document = models.ForeignKey("drafting.Document", on_delete=models.PROTECT, related_name="+")
    major = models.PositiveSmallIntegerField()
    minor = models.PositiveSmallIntegerField()
    day = models.DateField()
    author = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    summary = models.TextField()
    at_seq = models.PositiveIntegerField()
    text_sha256 = models.CharField(max_length=64)
    status = models.CharField(max_length=10, choices=VersionStatus.choices, default=VersionStatus.SHARED)
    skipped_because = models.TextField(blank=True)
    published_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "major", "minor"], name="one_version_a_number"),
            models.CheckConstraint(condition=~models.Q(summary=""), name="a_version_has_a_summary"),
        ]
        indexes = [models.Index(fields=["document", "at_seq"], name="versions_in_order")]

    def __str__(self) -> str:
        return str(self.number)

    @property
    def number(self) -> Number:
        return Number(self.major, self.minor)


class Snapshot(models.Model):
    """The text and blame at one moment: a cache, made again from the operations at any time.

    The one without a version is the text as it stands now.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    document = models.ForeignKey("drafting.Document", on_delete=models.PROTECT, related_name="+")
    version = models.OneToOneField(
        "drafting.Version", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    seq = models.PositiveIntegerField()
    blocks = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["document"], condition=models.Q(version=None), name="one_current_text"
            )
        ]


class BarrierLink(models.Model):
    """A suggestion is about this barrier."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    suggestion = models.ForeignKey("drafting.Suggestion", on_delete=models.PROTECT, related_name="+")
    barrier = models.ForeignKey("barriers.Barrier", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["suggestion", "barrier"], name="suggestion_links_barrier_once")
        ]


class Unnamed(models.Model):
    """Who made a suggestion that carries no name. Its author is a stand-in; only the person themself is shown this."""

    suggestion = models.OneToOneField(
        "drafting.Suggestion", on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    # The ledger keeps a mark of the person under this key, and no name.
    seal_key = models.BinaryField(max_length=32)
    request_key = models.UUIDField(null=True, unique=True)


class Draft(models.Model):
    """What somebody has typed and not sent: for its author, and in no list, count, search or record."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    document = models.ForeignKey("drafting.Document", on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    saying = models.CharField(max_length=10, choices=Saying.choices)
    block = models.PositiveIntegerField(null=True, blank=True)
    typed = models.JSONField()
    kept_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["author", "document"], name="drafts_of_an_author")]


class Support(models.Model):
    """“I support this”: a passage as it was at `base_seq`, or somebody else's suggestion."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    document = models.ForeignKey("drafting.Document", on_delete=models.PROTECT, related_name="+")
    suggestion = models.ForeignKey(
        "drafting.Suggestion", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    block = models.PositiveIntegerField(null=True, blank=True)
    base_seq = models.PositiveIntegerField()
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    group = models.ForeignKey(
        "people.Group", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    entered_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    why = models.TextField(blank=True)
    at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(suggestion=None) ^ models.Q(block=None), name="support_is_of_one_thing"
            ),
            models.UniqueConstraint(
                fields=["suggestion", "person"], condition=models.Q(taken_back_at=None), name="one_support_each"
            ),
            models.UniqueConstraint(
                fields=["document", "block", "person"],
                condition=models.Q(taken_back_at=None, suggestion=None), name="one_support_a_passage",
            ),
        ]  # fmt: skip


class Receipt(models.Model):
    """A suggester was told that the suggestion has arrived."""

    suggestion = models.OneToOneField(
        "drafting.Suggestion", on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    way = models.CharField(max_length=10, choices=Way.choices)
    on = models.DateField()
    at = models.DateTimeField()


class Bundle(models.Model):
    """Suggestions that say the same, as a person has confirmed. Each keeps its voice; one answer goes to all."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    document = models.ForeignKey("drafting.Document", on_delete=models.PROTECT, related_name="+")
    lead = models.OneToOneField("drafting.Suggestion", on_delete=models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField()


class BundleVoice(models.Model):
    """One suggestion of a bundle, the lead among them; `likeness` is how many in a hundred words it shares with it."""

    suggestion = models.OneToOneField(
        "drafting.Suggestion", on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    bundle = models.ForeignKey("drafting.Bundle", on_delete=models.CASCADE, related_name="+")
    likeness = models.PositiveSmallIntegerField()


class PassedOn(models.Model):
    """A suggestion that waits for the reply of somebody else."""

    decision = models.OneToOneField(
        "drafting.Decision", on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    to = models.CharField(max_length=300)
    sent_on = models.DateField()
    remind_on = models.DateField()
    reminded_on = models.DateField(null=True, blank=True)
    reminders = models.PositiveSmallIntegerField(default=0)
    reply = models.TextField(blank=True)
    replied_on = models.DateField(null=True, blank=True)
    entered_by = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(replied_on=None) | ~models.Q(reply=""), name="a_reply_has_words"
            )
        ]


class Reaction(models.Model):
    """What the suggester says of an answer. Whoever is not satisfied may ask again, once."""

    decision = models.OneToOneField(
        "drafting.Decision", on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    suggestion = models.ForeignKey("drafting.Suggestion", on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    words = models.TextField(blank=True)
    asks_again = models.BooleanField(default=False)
    entered_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["suggestion"], condition=models.Q(asks_again=True), name="asks_again_once"
            )
        ]


class Redaction(models.Model):
    """Words taken out of a suggestion's own text, with the reason; the suggestion stays."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    suggestion = models.ForeignKey("drafting.Suggestion", on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    whole = models.BooleanField()
    by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="no_redaction_without_reason")
        ]


class SummaryPoint(models.Model):
    """One plain sentence of a document's short summary, which people answer by itself."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    document = models.ForeignKey("drafting.Document", on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=300)
    written_at = models.DateTimeField()
    # A point that was reworded stays for those who answered it.
    gone_at = models.DateTimeField(null=True, blank=True)


class WordUpload(models.Model):
    """A Word file that came back: who brought it, when, and from which moment of the text it was made."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    document = models.ForeignKey("drafting.Document", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    sha256 = models.CharField(max_length=64)
    base_seq = models.PositiveIntegerField()


class WordOrigin(models.Model):
    """What a Word file says of a suggestion's author and day: a claim, so it stands beside them, as it was."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    suggestion = models.OneToOneField("drafting.Suggestion", on_delete=models.PROTECT, related_name="+")
    upload = models.ForeignKey("drafting.WordUpload", on_delete=models.PROTECT, related_name="+")
    name_in_file = models.CharField(max_length=300, blank=True)
    moment_in_file = models.CharField(max_length=40, blank=True)
    # Found by comparing, since tracking was off: who wrote it is only what the person who brought it said.
    tracked = models.BooleanField(default=True)
    about = models.ForeignKey(
        "drafting.Suggestion", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )


class Picture(models.Model):
    """A picture of a text, known there by its name."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    document = models.ForeignKey("drafting.Document", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "name"], name="one_picture_a_name")]
