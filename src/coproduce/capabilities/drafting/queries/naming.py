"""People as they chose to be named, on every page, print and file that says who wrote which words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from coproduce.capabilities.people import queries as people
from coproduce.capabilities.projects.queries import Visit

from .traces import Cause

NO_NAME = _("No name given")


@dataclass(frozen=True)
class Names:
    """Who leads is named; who has a seat is named as they chose there; all others as they gave their name."""

    leads: Mapping[UUID, str]
    voices: people.Voices

    def of(self, person: Any) -> str:
        """The chosen name, or nothing for whoever chose none."""
        return self.chosen(person.pk, person.shown_name)

    def chosen(self, person_id: UUID, given: str) -> str:
        if person_id in self.leads:
            return self.leads[person_id]
        if person_id in self.voices.seated:
            return self.voices.names.get(person_id, "")
        return "" if given == str(NO_NAME) else given

    def said(self, person: Any) -> str:
        """The same in a list, where an empty place would look like a fault."""
        return self.of(person) or str(NO_NAME)


@dataclass(frozen=True)
class Credit:
    """A cause, with the people in it as they chose to be named."""

    cause: Cause
    by: str
    suggested_by: str
    decided_by: str

    @property
    def others_words(self) -> bool:
        """Whether somebody else than the suggester wrote the words."""
        suggestion = self.cause.suggestion
        return suggestion is not None and suggestion.author_id != self.cause.author.pk

    @property
    def group(self) -> str:
        suggestion = self.cause.suggestion
        return suggestion.group.name if suggestion and suggestion.group else ""

    @property
    def ref(self) -> str:
        return self.cause.suggestion.ref if self.cause.suggestion else ""


def names_in(visit: Visit) -> Names:
    """How the people of a project are named; one query."""
    leads = {person.pk: person.shown_name for person in [*visit.facilitators, *visit.managers]}
    return Names(leads, people.voices_of(visit.project.pk))


def credit_of(cause: Cause, names: Names) -> Credit:
    suggestion, decision = cause.suggestion, cause.decision
    decider = decision.decided_by if decision and not decision.imported else None
    return Credit(
        cause,
        names.said(cause.author),
        names.said(suggestion.author) if suggestion else "",
        names.said(decider) if decider else "",
    )
