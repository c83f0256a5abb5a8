"""How a foreword is told: each change in words, and all of it a sentence a line."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django import template
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coproduce.capabilities.projects import rules
from coproduce.capabilities.projects.terms import CHOICES_OF, FIELD_WORDS
from coproduce.core.findings import Finding, Words, warn
from coproduce.core.reading import sentences, words_in
from coproduce.ui.templatetags.govuk import pounds

register = template.Library()

EASY_SENTENCE = 15
_OPEN = gettext_lazy("Nothing")


@dataclass(frozen=True)
class Told:
    """One part of the foreword: what it said, and what it says now."""

    part: Words
    was: Words
    now: Words


@dataclass(frozen=True)
class Easy:
    """The foreword for Easy Read; `findings` warn whoever writes of sentences that are too long."""

    parts: list[tuple[Words, list[str]]]
    findings: list[Finding]


@register.filter
def told(change: Any) -> list[Told]:
    """The lines of a change, by field."""
    return [
        Told(FIELD_WORDS[name], _shown(name, change.before.get(name)), _shown(name, value))
        for name, value in change.after.items()
        if name in FIELD_WORDS
    ]


@register.simple_tag
def easy_foreword(foreword: Any, visit: Any) -> Easy:
    told = [(heading, sentences(text)) for heading, text in _easy_texts(foreword, visit)]
    parts = [(heading, lines) for heading, lines in told if lines]
    long = [line for _heading, lines in parts for line in lines if words_in(line) > EASY_SENTENCE]
    said = _("This sentence has %(count)s words. Easy Read needs 15 or fewer: “%(sentence)s”")
    return Easy(parts, [warn("R108", said % {"count": words_in(line), "sentence": line}) for line in long])


def _easy_texts(foreword: Any, visit: Any) -> Iterator[tuple[Words, str]]:
    yield _("What it is about"), visit.project.summary
    yield _("Why now"), foreword.why_now
    yield _("If nothing changes"), foreword.if_nothing_changes
    yield _("What the leaders want"), "\n".join([*map(str, foreword.intents), foreword.intent_words])
    yield _("Money"), "\n".join(_easy_money(foreword))
    yield _("What you can change"), foreword.what_can_change
    yield _("What you cannot change"), foreword.what_cannot_change
    yield _("Who decides"), "\n".join(_easy_decision(foreword))


def _easy_money(foreword: Any) -> Iterator[str]:
    if foreword.saving_is_aim:
        yield _("We want to save %(amount)s a year.") % {"amount": pounds(foreword.saving_amount)}
        yield foreword.saving_spent_on
    elif foreword.stated_intents:
        yield _("Saving money is not an aim.")


def _easy_decision(foreword: Any) -> Iterator[str]:
    if foreword.who_decides:
        yield _("%(who)s decides.") % {"who": foreword.who_decides}
    if foreword.involvement_ends:
        yield _("You can take part until %(day)s.") % {"day": date_format(foreword.involvement_ends, "j F Y")}
    if foreword.decision_date:
        yield _("The decision is on %(day)s.") % {"day": date_format(foreword.decision_date, "j F Y")}
    for finding in rules.a_decision_already_taken_is_shown(foreword):
        yield str(finding.message)


def _shown(name: str, value: Any) -> Words:
    if value is None or value in ("", []):
        return _OPEN
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if name == "saving_amount":
        return str(pounds(Decimal(value)))
    if name in CHOICES_OF:
        labels = dict(CHOICES_OF[name].choices)
        return "; ".join(str(labels.get(one, one)) for one in (value if isinstance(value, list) else [value]))
    if name in {"saving_by", "decision_date", "involvement_ends", "decided_on"}:
        return date_format(date.fromisoformat(value), "j F Y")
    return str(value)
