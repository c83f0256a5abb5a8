"""From a suggestion to the statements that answer it in public."""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from coproduce.ui.onward import Onward

from ..models import Answer, Statement


def onward_from_suggestion(project_id: UUID, suggestion_id: UUID) -> list[Onward]:
    answers = Answer.objects.filter(suggestion_id=suggestion_id, statement__project_id=project_id)
    page = reverse("feedback:page", args=[project_id])
    statements = Statement.objects.filter(pk__in=answers.values("statement_id")).order_by("number")
    return [Onward(_("You said, we did:"), one.ref, one.heading, f"{page}#{one.ref}") for one in statements]
