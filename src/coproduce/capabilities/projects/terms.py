"""The words of a project and its foreword."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from coproduce.core.findings import Words


class Trigger(TextChoices):
    LAW = "law", _("The law")
    REVIEW_DUE = "review_due", _("A review is due")
    TECHNOLOGY = "technology", _("New technology")
    BETTER_PROCESS = "better_process", _("A better way of working")
    USER_NEED = "user_need", _("What people need")
    MONEY = "money", _("Money")
    OTHER = "other", _("Something else")


class Intent(TextChoices):
    BETTER_OUTCOMES = "better_outcomes", _("Better outcomes for people")
    SAVE_MONEY = "save_money", _("Save money")
    FREE_CAPACITY = "free_capacity", _("Free capacity, such as beds or time")
    FOLLOW_THE_LAW = "follow_the_law", _("Follow the law")
    FAIRNESS = "fairness", _("Fairness")
    STAFF_WELLBEING = "staff_wellbeing", _("Staff wellbeing")
    OTHER = "other", _("Something else")


class Tier(TextChoices):
    S = "S", _("Small")
    M = "M", _("Medium")
    L = "L", _("Large")


class PeopleBand(TextChoices):
    UNDER_100 = "under_100", _("Fewer than 100 people")
    UP_TO_1000 = "up_to_1000", _("100 to 1,000 people")
    OVER_1000 = "over_1000", _("More than 1,000 people")


class MoneyBand(TextChoices):
    UNDER_25K = "under_25k", _("Less than £25,000")
    UP_TO_250K = "up_to_250k", _("£25,000 to £250,000")
    OVER_250K = "over_250k", _("More than £250,000")


class LegalRisk(TextChoices):
    LOW = "low", _("Low")
    SOME = "some", _("Some")
    HIGH = "high", _("High: somebody may go to court")


class OptionOutcome(TextChoices):
    KEPT = "kept", _("Kept")
    DROPPED = "dropped", _("Dropped")
    UNDECIDED = "undecided", _("Still being looked at")


class Jurisdiction(TextChoices):
    ENGLAND = "england", _("England")
    WALES = "wales", _("Wales")
    SCOTLAND = "scotland", _("Scotland")
    NORTHERN_IRELAND = "northern_ireland", _("Northern Ireland")
    OTHER = "other", _("Somewhere else")


PROJECT = "projects.project"
FOREWORD = "projects.foreword"
ROLES = "projects.roles"

# What each field of the project and of its foreword is called where a change is told.
FIELD_WORDS: dict[str, Words] = {
    "title": _("Name of the project"),
    "summary": _("What it is for"),
    "service_area": _("Service and area"),
    "jurisdiction": _("Where it is"),
    "trigger": _("What started it"),
    "why_now": _("Why now"),
    "if_nothing_changes": _("What happens if nothing changes"),
    "stated_intents": _("What those who lead this want"),
    "intent_words": _("What they want, in their own words"),
    "saving_is_aim": _("Is saving money an aim"),
    "saving_amount": _("Amount to save in a year"),
    "saving_by": _("Saved by"),
    "saving_spent_on": _("What the money is used for"),
    "what_can_change": _("What people can change"),
    "what_cannot_change": _("What cannot change, and why not"),
    "who_decides": _("Who decides"),
    "decision_meeting": _("Meeting that decides"),
    "decision_date": _("Decision date"),
    "involvement_ends": _("Taking part ends"),
    "decision_taken": _("Is the decision already taken"),
    "commissioner": _("Who asked for the work"),
    "facilitation_paid_by": _("Who pays the facilitator"),
    "people_band": _("How many people it touches"),
    "money_band": _("How much money is involved"),
    "is_statutory": _("Does the law require it"),
    "legal_risk": _("Legal risk"),
    "is_do_nothing": _("Is it the option of doing nothing"),
    "outcome": _("What became of it"),
    "why": _("Why"),
    "decided_by": _("Decided by"),
    "decided_on": _("Decided on"),
}
CHOICES_OF: dict[str, type[TextChoices]] = {
    "trigger": Trigger, "stated_intents": Intent, "people_band": PeopleBand, "money_band": MoneyBand,
    "legal_risk": LegalRisk, "outcome": OptionOutcome, "jurisdiction": Jurisdiction,
}  # fmt: skip
