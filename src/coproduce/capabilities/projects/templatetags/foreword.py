"""How a foreword is told: each change in words, and all of it a sentence a line."""

from collections.abc import Iterable, Iterator
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
from coproduce.ui.documents import Block, Bullets, Document, Facts, Grid, Heading, Paragraph
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


def foreword_document(visit: Any, foreword: Any, options: Iterable[Any], changes: Iterable[Any]) -> Document:
    """The foreword on paper: by Word, and as a tagged PDF."""
    blocks: list[Block] = [Paragraph(visit.project.summary, lead=True)]
    for heading, text in _texts(foreword):
        blocks += [Heading(heading), Paragraph(text or _("Not said yet."))]
        if heading == _WANTED and foreword.intents:
            blocks.insert(-1, Bullets(foreword.intents))
    rows = [(one.title, one.get_outcome_display(), one.why, _decided(one)) for one in options]
    head = (_("Option"), _("What became of it"), _("Why"), _("Decided"))
    blocks += [Heading(_("Options we looked at")), Grid(_("Options"), head, rows, (3, 2, 4, 2))]
    blocks += [
        Heading(_("Who decides, and when")),
        Facts(_("Who decides, and when"), _facts(visit, foreword)),
    ]
    blocks += list(_told_on_paper(changes))
    return Document(_("Foreword: %(title)s") % {"title": visit.project.title}, blocks)


_WANTED = gettext_lazy("What those who lead this want")


def _texts(foreword: Any) -> Iterator[tuple[Words, str]]:
    yield _("Why now"), foreword.why_now
    yield _("What happens if nothing changes"), foreword.if_nothing_changes
    yield _WANTED, foreword.intent_words
    yield _("Money"), "\n\n".join(_easy_money(foreword))
    yield _("What people can change"), foreword.what_can_change
    yield _("What cannot change, and why not"), foreword.what_cannot_change


def _facts(visit: Any, foreword: Any) -> list[tuple[Words, Any]]:
    who = ", ".join(part for part in (foreword.who_decides, foreword.decision_meeting) if part)
    return [
        (_("Who decides"), who), (_("Decision date"), foreword.decision_date),
        (_("Taking part ends"), foreword.involvement_ends), (_("Who asked for the work"), foreword.commissioner),
        (_("Manager, who answers for it"), _names(visit.managers)),
        (_("Facilitator, who is neutral"), _names(visit.facilitators)),
        (_("Who pays the facilitator"), foreword.facilitation_paid_by),
        (_("Size of the work"), foreword.get_tier_display()), (_("Shared on"), foreword.shared_at),
    ]  # fmt: skip


def _told_on_paper(changes: Iterable[Any]) -> Iterator[Block]:
    known = list(changes)
    if known:
        yield Heading(_("What changed since it was shared"))
    for one in known:
        caption = f"{date_format(one.at, 'j F Y')}, {one.by.shown_name}: {one.why}"
        lines = [(line.part, line.was, line.now) for line in told(one)]
        yield Grid(caption, (_("Part"), _("It said"), _("It says now")), lines, (1, 2, 2))


def _names(people: Iterable[Any]) -> str:
    return ", ".join(person.shown_name for person in people)


def _decided(option: Any) -> str:
    day = date_format(option.decided_on, "j F Y") if option.decided_on else ""
    return " ".join(part for part in (option.decided_by, day) if part)


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
