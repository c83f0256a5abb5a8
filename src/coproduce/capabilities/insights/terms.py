"""The words of what the votes say: results, and results used as evidence."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

RESULT = "insights.result"
EVIDENCE = "insights.evidence"

# A result made while people vote may be this old before new votes make a new one.
SECONDS_BETWEEN = 60
# What `least` must reach before a statement is called common ground: at least half of each group.
COMMON = 0.5
# Groups divide where we can be sure that more than one in ten lies between the furthest two.
APART = 0.1
MOST_SHOWN = 10
LEAST_SMALL_NUMBER = 5


class LinkedKind(TextChoices):
    """What a result can be evidence for. A decision stands on the page of its suggestion."""

    SUGGESTION = "drafting.suggestion", _("Suggestion")
    BARRIER = "barriers.barrier", _("Barrier")


class Silence(TextChoices):
    """Why a result says nothing, or not all that it could."""

    NONE = "", _("Nothing is missing")
    TOO_FEW_PEOPLE = "too_few_people", _("Too few people voted.")
    NO_STATEMENTS = "no_statements", _("There is no statement that counts.")
