"""The words of a project and its foreword."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


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
