"""The words of signing off."""

from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from coproduce.core.findings import Words

SIGN_OFF = "signoff.sign_off"

REVIEW_WITHIN_MONTHS = 12
INVITE_DAYS_BEFORE = 30


class State(TextChoices):
    DRAFT = "draft", _("Being prepared")
    SIGNED = "signed", _("Signed off")


@dataclass(frozen=True)
class Check:
    """One thing that must be so before anyone signs: `url_name` is the page where it is put right."""

    words: Words
    missing: tuple[str, ...] = ()
    url_name: str = ""
    may_be_overridden: bool = False

    @property
    def is_met(self) -> bool:
        return not self.missing


@dataclass(frozen=True)
class LeftBarrier:
    """An important barrier without a response, with the person who looks after it and by when."""

    ref: str
    statement: str
    person: str
    due: date | None
