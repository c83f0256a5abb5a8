"""The words of signing off."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from coproduce.core.findings import Finding, Strength, Words

SIGN_OFF = "signoff.sign_off"

REVIEW_WITHIN_MONTHS = 12
INVITE_DAYS_BEFORE = 30
STOPS = frozenset({Strength.REFUSE, Strength.REFUSE_UNLESS_NAMED})


class State(TextChoices):
    DRAFT = "draft", _("Being prepared")
    SIGNED = "signed", _("Signed off")


@dataclass(frozen=True)
class Check:
    """One thing that must be so before anyone signs: `url_name` is the page where it is put right."""

    words: Words
    findings: tuple[Finding, ...]
    url_name: str

    @property
    def is_met(self) -> bool:
        return not any(finding.strength in STOPS for finding in self.findings)

    @property
    def may_be_overridden(self) -> bool:
        """Only what a named person may take upon themselves stands in the way."""
        return not any(finding.strength == Strength.REFUSE for finding in self.findings)
