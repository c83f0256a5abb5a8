"""What the records of one project hold, read from the capabilities that keep it, each list once and only if asked."""

from collections.abc import Collection
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from coproduce.capabilities.consultation import queries as consultation
from coproduce.capabilities.drafting import queries as drafting
from coproduce.capabilities.drafting.terms import Status
from coproduce.capabilities.feedback import queries as feedback
from coproduce.capabilities.labs import queries as labs
from coproduce.capabilities.labs.queries import StageLine
from coproduce.capabilities.plans import queries as plans
from coproduce.capabilities.projects import queries as projects
from coproduce.capabilities.projects.queries import Visit
from coproduce.capabilities.review import queries as review
from coproduce.capabilities.rounds import queries as rounds
from coproduce.capabilities.signoff import queries as signoff

from ..models import Charter
from ..terms import Limits
from .doors import charter_of, setting


class Gathered:
    """One project's records on one day. Each property is one query, whatever its length, unless it says otherwise."""

    def __init__(self, visit: Visit, today: date) -> None:
        self.visit, self.today, self.project_id = visit, today, visit.project.pk

    @cached_property
    def limits(self) -> Limits:
        return setting()

    @cached_property
    def charter(self) -> Charter | None:
        return charter_of(self.project_id)

    @cached_property
    def foreword(self) -> Any:
        return projects.foreword_of(self.project_id)

    @cached_property
    def documents(self) -> list[Any]:
        return list(drafting.documents_of(self.project_id))

    @cached_property
    def versions(self) -> list[tuple[Any, Any]]:
        """Each document with each of its versions."""
        known = drafting.landing_versions(document.pk for document in self.documents)
        return [(document, version) for document in self.documents for version in known.get(document.pk, ())]

    @cached_property
    def suggestions(self) -> list[Any]:
        """All but the withdrawn, with `has_name` and `receipt_on`."""
        rows = drafting.with_thanks(drafting.suggestions_of(self.project_id))
        return list(rows.exclude(status=Status.WITHDRAWN))

    @cached_property
    def decisions(self) -> dict[UUID, Any]:
        return drafting.current_decisions_of(self.project_id) if self.suggestions else {}

    @cached_property
    def publications(self) -> list[Any]:
        return feedback.publications_of(self.project_id)

    @cached_property
    def covered(self) -> Collection[str]:
        """The ids of the suggestions that a published statement answers."""
        cards = (card for one in self.publications for card in one.statements)
        return {str(id) for card in cards for id in card.get("suggestions", ())}

    @cached_property
    def letters(self) -> list[Any]:
        return feedback.letters_in(self.project_id)

    @cached_property
    def promises(self) -> list[Any]:
        """Two queries."""
        return feedback.promises_of(self.project_id)

    @cached_property
    def actions(self) -> list[Any]:
        return list(plans.actions_of(self.project_id).prefetch_related(None))

    @cached_property
    def commitments(self) -> list[Any]:
        return list(plans.commitments_of(self.project_id))

    @cached_property
    def rounds(self) -> list[Any]:
        return [one for one in rounds.project_rounds(self.project_id) if not one.is_draft]

    @cached_property
    def labs(self) -> list[Any]:
        return list(labs.labs_of(self.visit))

    @cached_property
    def consultations(self) -> list[Any]:
        return [one for one in consultation.consultations_of(self.project_id) if one.is_opened]

    @cached_property
    def signed(self) -> list[Any]:
        """What was signed last of each document."""
        newest_first = list(signoff.signed_of(self.project_id))
        return list({one.document_id: one for one in reversed(newest_first)}.values())

    @cached_property
    def not_invited(self) -> frozenset[UUID]:
        """The sign-offs whose open review has not invited all who asked; one query while none is open."""
        return review.not_yet_invited(self.project_id)

    @cached_property
    def stages(self) -> list[StageLine]:
        """As many queries as there are kinds of records."""
        return labs.stage_strip(self.visit)


def gather(visit: Visit, today: date) -> Gathered:
    return Gathered(visit, today)
