"""The words for who is at the table, and on what terms."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

GROUP = "people.group"
SEAT = "people.seat"


class GroupKind(TextChoices):
    LEADERS = "leaders", _("Leaders")
    FRONTLINE = "frontline", _("Frontline workers")
    CITIZENS = "citizens", _("Citizens who use it")
    CARERS = "carers", _("Carers")
    RESIDENTS = "residents", _("Wider residents")
    PARTNER = "partner", _("Partner organisation")
    OTHER = "other", _("Other")


# Carers and residents act for themselves, their family or their community, as those who use it do.
CITIZEN_KINDS = frozenset({GroupKind.CITIZENS, GroupKind.CARERS, GroupKind.RESIDENTS})
PROFESSIONAL_KINDS = frozenset({GroupKind.LEADERS, GroupKind.FRONTLINE, GroupKind.PARTNER})


class Label(TextChoices):
    """What a piece of work may call itself, from who is at the table."""

    CO_PRODUCTION = "co-production", _("Co-production")
    COLLABORATION = "collaboration", _("Collaboration")
    COMMUNITY_LED = "community-led action", _("Community-led action")
    NOT_YET = "not yet", _("Nobody at the table yet")


def label_of(kinds: Iterable[GroupKind]) -> Label:
    """Citizens and professionals make co-production; either of them alone makes something else."""
    present = set(kinds)
    if not present:
        return Label.NOT_YET
    if present.isdisjoint(CITIZEN_KINDS):
        return Label.COLLABORATION
    if present.isdisjoint(PROFESSIONAL_KINDS):
        return Label.COMMUNITY_LED
    return Label.CO_PRODUCTION


@dataclass(frozen=True)
class Mix:
    """How many people sit for each kind of group; each person is counted once, in the main group.

    A kind whose groups are all empty is there with nought.
    """

    people: Mapping[GroupKind, int]

    @property
    def total(self) -> int:
        return sum(self.people.values())

    @property
    def citizens(self) -> int:
        return sum(count for kind, count in self.people.items() if kind in CITIZEN_KINDS)

    @property
    def citizen_share(self) -> float:
        return self.citizens / self.total if self.total else 0.0

    @property
    def present(self) -> frozenset[GroupKind]:
        return frozenset(kind for kind, count in self.people.items() if count)

    @property
    def label(self) -> Label:
        return label_of(self.present)


class Capacity(TextChoices):
    PERSONAL = "personal", _("For themselves, their family or community")
    ORGANISATION = "organisation", _("For an organisation")


class ContactRoute(TextChoices):
    EMAIL = "email", _("E-mail")
    TEXT = "text", _("Text message")
    PHONE = "phone", _("Phone")
    POST = "post", _("Post")
    SUPPORTER = "supporter", _("Through a supporter")


class Acknowledgement(TextChoices):
    NAMED = "named", _("Full name")
    FIRST_NAME = "first name", _("First name only")
    ORGANISATION = "organisation only", _("Name of the organisation only")
    ANONYMOUS = "anonymous", _("No name")


class NeedKind(TextChoices):
    CONTACT = "contact", _("How we get in touch")
    FORMAT = "format", _("Format of what we send")
    PROFESSIONAL = "professional", _("Interpreter or other communication professional")
    SUPPORT = "support", _("Support to communicate")
    MEETING = "meeting", _("At a meeting: travel, step-free, timing, breaks, care, food")
