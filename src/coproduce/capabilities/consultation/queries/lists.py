"""What belongs to a consultation, and how it stands; never a word of a reply."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Max, OuterRef, QuerySet, Subquery, Sum
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coproduce.capabilities.drafting import queries as drafting
from coproduce.capabilities.drafting.rules.blocks import body, heading_of
from coproduce.capabilities.drafting.rules.outline import chapters, outline
from coproduce.capabilities.drafting.terms import Status
from coproduce.capabilities.equality import queries as equality
from coproduce.capabilities.people import queries as people
from coproduce.capabilities.projects import queries as projects
from coproduce.capabilities.projects.queries import Visit
from coproduce.capabilities.questions import queries as socratic
from coproduce.capabilities.questions.terms import Stage as Asking
from coproduce.core import clock
from coproduce.core.findings import Finding, Words
from coproduce.core.working_days import bank_holidays

from .. import rules
from ..models import (
    Consultation,
    Consultee,
    DecisionMaker,
    Follower,
    Format,
    Period,
    Question,
    Reply,
    TakenIn,
)
from ..terms import Channel, Stage

MOST_SHOWN = 90  # letters of a passage in a list to choose from


@dataclass(frozen=True)
class Passage:
    """A numbered piece of the version that people are asked about."""

    number: int
    block: int
    words: str
    heading: int  # its level, or 0
    section: str

    @property
    def label(self) -> str:
        line = " ".join(self.words.split())
        return f"{self.number}. {line if len(line) <= MOST_SHOWN else line[: MOST_SHOWN - 1] + '…'}"


@dataclass(frozen=True)
class Counted:
    """One line of a live count: replies, and the people behind them."""

    key: str
    name: Words
    replies: int
    people: int


@dataclass(frozen=True)
class Counts:
    """Everything that is known of replies before their words are."""

    replies: int
    people: int
    set_aside: int
    late: int
    by_group: list[Counted]
    by_channel: list[Counted]


def consultations_of(project_id: UUID) -> QuerySet[Consultation]:
    rows = Consultation.objects.filter(project_id=project_id).select_related("version__document")
    return rows.order_by("number")


def next_number(project_id: UUID) -> int:
    last = Consultation.objects.filter(project_id=project_id).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def code_is_taken(short_code: str) -> bool:
    return Consultation.objects.filter(short_code=short_code).exists()


def questions_of(consultation: Consultation) -> list[Question]:
    return list(Question.objects.filter(consultation=consultation).order_by("position"))


def formats_of(consultation: Consultation) -> list[Format]:
    return list(Format.objects.filter(consultation=consultation).order_by("kind", "detail", "pk"))


def consultees_of(consultation: Consultation) -> list[Consultee]:
    rows = Consultee.objects.filter(consultation=consultation).select_related("group")
    return list(rows.order_by("position"))


def decision_makers_of(consultation: Consultation) -> list[DecisionMaker]:
    rows = DecisionMaker.objects.filter(consultation=consultation).select_related("person")
    return list(rows.order_by("person__name", "pk"))


def followers_of(consultation: Consultation) -> QuerySet[Follower]:
    """Those who confirmed that they want to hear, and have not left."""
    return Follower.objects.filter(
        consultation=consultation, confirmed_at__isnull=False, left_at__isnull=True
    )


def options_of(project_id: UUID) -> list[Any]:
    """The options of the foreword, those kept first."""
    return sorted(projects.options_of(project_id), key=lambda option: option.outcome == "dropped")


def passages_of(consultation: Consultation) -> list[Passage]:
    """The version in numbered pieces; two queries."""
    state = drafting.text_at(consultation.version.document, consultation.version.at_seq)
    found: list[Passage] = []
    for chapter in chapters(state, outline(state)):
        for block in chapter.blocks:
            text = body(state.blocks[block].text)
            heading = heading_of(text)
            words = heading[1] if heading else text
            if words.strip():
                section = chapter.heading.words if chapter.heading else ""
                found.append(Passage(len(found) + 1, block, words, heading[0] if heading else 0, section))
    return found


def last_day(consultation: Consultation, formats: Iterable[Format]) -> date:
    return rules.last_day_of_all(consultation, [one.last_day(consultation) for one in formats])


# What stands in the way


def periods() -> QuerySet[Period]:
    return Period.objects.filter(removed_at=None).order_by("starts_on", "name")


def busy_times(consultation: Consultation) -> tuple[list[date], list[Period]]:
    """The public holidays and the periods of the calendar that fall into it; one query."""
    years = range(consultation.opens_on.year, consultation.closes_on.year + 1)
    jurisdiction = consultation.project.jurisdiction
    holidays = [day for year in years for day in bank_holidays(jurisdiction, year)]
    during = periods().filter(starts_on__lte=consultation.closes_on, ends_on__gte=consultation.opens_on)
    return holidays, list(during)


def readiness(
    consultation: Consultation, questions: list[Question] | None = None, formats: list[Format] | None = None
) -> list[Finding]:
    """R03, R74–R79 and C16 for opening it as it stands, and R90; five queries at most."""
    holidays, during = busy_times(consultation)
    asked = questions_of(consultation) if questions is None else questions
    wanted = formats_of(consultation) if formats is None else formats
    return [
        *equality.findings_at_opening(consultation.project_id),
        *rules.dates_stand_in_order(consultation),
        *rules.a_consultation_is_long_enough(consultation),
        *rules.a_consultation_takes_the_usual_time(consultation),
        *rules.busy_times_are_answered(consultation, holidays, during),
        *rules.people_are_told_early(consultation.lead_days),
        *rules.nobody_is_asked_online_only(consultation.channels),
        *rules.formats_are_ready(wanted, consultation.opens_on),
        *rules.people_hear_what_happened(consultation),
        *rules.dropped_options_are_listed(projects.options_of(consultation.project_id)),
        *rules.a_consultation_says_what_it_must(consultation, len(asked)),
        *rules.the_first_three_gunning_tests_are_met(consultation),
    ]


def before_opening(consultation: Consultation) -> list[Finding]:
    """`readiness`, with what the foreword (R06) and the Socratic log (R38) say; six queries at most."""
    return [
        *readiness(consultation),
        *rules.what_is_decided_is_not_asked(projects.foreword_of(consultation.project_id)),
        *socratic.findings_at(consultation.project_id, Asking.CONSULTATION),
    ]


# Counts


def counts(consultation: Consultation, replies: Iterable[Reply] | None = None) -> Counts:
    """How many replies, by group and by channel; two queries."""
    if replies is None:
        replies = Reply.objects.filter(consultation=consultation).only(
            "group_id", "channel", "people", "late", "set_aside_at"
        )
    every = list(replies)
    kept = [one for one in every if one.set_aside_at is None]
    groups = [(one.pk, one.code, one.name) for one in people.groups_of(consultation.project_id)]
    none = (None, "none", _("None of these groups"))
    return Counts(
        replies=len(kept),
        people=sum(one.people for one in kept),
        set_aside=len(every) - len(kept),
        late=sum(one.late for one in kept),
        by_group=_counted(kept, "group_id", [*groups, none]),
        by_channel=_counted(kept, "channel", [(one.value, one.value, one.label) for one in Channel]),
    )


def _counted(rows: list[Reply], name: str, lines: Iterable[tuple[Any, str, Words]]) -> list[Counted]:
    replies: Counter[Any] = Counter(getattr(row, name) for row in rows)
    heads: Counter[Any] = Counter()
    for row in rows:
        heads[getattr(row, name)] += row.people
    return [Counted(key, words, replies[value], heads[value]) for value, key, words in lines]


def suggested_beside(consultation: Consultation) -> int:
    """People who made suggestions in the master copy while it is open, beside its form; one query."""
    return len(suggested_directly(consultation).order_by().values_list("author_id").distinct())


def suggested_directly(consultation: Consultation) -> QuerySet[Any]:
    """Suggestions on the document from its first to its last day that did not come out of a reply."""
    last = last_day(consultation, formats_of(consultation))
    rows = drafting.suggestions_on(consultation.version.document_id).exclude(status=Status.WITHDRAWN)
    rows = rows.filter(said_on__gte=consultation.opens_on, said_on__lte=last)
    taken = TakenIn.objects.filter(said__reply__consultation__project_id=consultation.project_id)
    return rows.exclude(pk__in=taken.values("suggestion_id"))


def reached(consultation: Consultation) -> int:
    """How many people the consultees are, where it is known."""
    found: int | None = Consultee.objects.filter(consultation=consultation).aggregate(n=Sum("people"))["n"]
    return found or 0


def summary(visit: Visit) -> Words:
    """Where the newest consultation stands, in one line; one query."""
    newest = Consultation.objects.filter(project_id=visit.project.pk).order_by("-number").first()
    if newest is None:
        return _("Not planned yet")
    stage = newest.stage(clock.today())
    if stage in {Stage.DRAFT, Stage.WAITING}:
        return _("%(stage)s: opens on %(day)s") % {
            "stage": stage.label, "day": date_format(newest.opens_on, "j F Y"),
        }  # fmt: skip
    words = ngettext("%(stage)s: %(count)d reply", "%(stage)s: %(count)d replies", newest.replies)
    return words % {"stage": stage.label, "count": newest.replies}


def end_of(document: str) -> Subquery:
    """When the last closed consultation about a document ended, within a query about documents."""
    rows = Consultation.objects.filter(version__document_id=OuterRef(document), closed_at__isnull=False)
    return Subquery(rows.order_by("-closes_on").values("closes_on")[:1])


def closed_on(project: str) -> Subquery:
    """The last day of the newest closed consultation of a project, within a query; `project` names the field."""
    rows = Consultation.objects.filter(project_id=OuterRef(project), closed_at__isnull=False)
    return Subquery(rows.order_by("-closes_on").values("closes_on")[:1])
