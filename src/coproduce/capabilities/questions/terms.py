"""The words of the Socratic log: eight stages, six kinds of questions, and how a question stands."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from coproduce.core.findings import Words

QUESTION = "questions.question"


class Stage(TextChoices):
    """The same hard questions are asked at each; in the order of the work."""

    FOREWORD = "foreword", _("Foreword")
    CUPBOARDS = "cupboards", _("Cupboards")
    RESEARCH = "research", _("Research")
    ROUND = "round", _("Independent round")
    DRAFT = "draft", _("Draft")
    CONSULTATION = "consultation", _("Consultation")
    DECISION = "decision", _("Decision")
    REVIEW = "review", _("Review")


class Kind(TextChoices):
    CLARIFY = "clarify", _("Clarify")
    ASSUMPTIONS = "assumptions", _("Assumptions")
    EVIDENCE = "evidence", _("Evidence")
    VIEWPOINTS = "viewpoints", _("Viewpoints")
    IMPLICATIONS = "implications", _("Implications")
    ITSELF = "itself", _("The question itself")


class Status(TextChoices):
    """How a question stands: open until somebody who leads answers it."""

    OPEN = "open", _("Open")
    ANSWERED = "answered", _("Answered")
    CHANGED = "changed", _("Changed our mind")
    CANNOT = "cannot", _("Cannot be answered")


ANSWERS = (Status.ANSWERED, Status.CHANGED, Status.CANNOT)
STATUS_COLOURS = {
    Status.OPEN: "orange",
    Status.ANSWERED: "green",
    Status.CHANGED: "purple",
    Status.CANNOT: "grey",
}

ABOUT: dict[str, Words] = {
    Kind.CLARIFY: _("What exactly is meant."),
    Kind.ASSUMPTIONS: _("What we take for granted."),
    Kind.EVIDENCE: _("How we know."),
    Kind.VIEWPOINTS: _("Who sees it differently."),
    Kind.IMPLICATIONS: _("What follows from it."),
    Kind.ITSELF: _("Whether we ask the right thing."),
}
# Two of each kind to begin with; people may reword them, or ask their own.
STARTERS: dict[str, tuple[Words, Words]] = {
    Kind.CLARIFY: (
        _("What do we mean by this, in plain words?"),
        _("Can someone tell us about a real case?"),
    ),
    Kind.ASSUMPTIONS: (
        _("What are we taking for granted here?"),
        _("What would we do if the opposite were true?"),
    ),
    Kind.EVIDENCE: (
        _("How do we know that this is so?"),
        _("Who would not agree with this figure, and why?"),
    ),
    Kind.VIEWPOINTS: (
        _("Who would look at this in another way?"),
        _("What would the people say whom we hear least?"),
    ),
    Kind.IMPLICATIONS: (
        _("If we do this, what happens next?"),
        _("Who pays for it, with their time or their money?"),
    ),
    Kind.ITSELF: (
        _("Is this the right question?"),
        _("Why do we ask it now?"),
    ),
}
