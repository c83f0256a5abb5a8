"""A sign-off on one page, for Word and as a tagged PDF."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coproduce.capabilities.projects.queries import Visit
from coproduce.core.clock import day_of
from coproduce.ui.documents import Block, Bullets, Document, Facts, Grid, Heading, Paragraph

from ..models import DecisionMaker, SignOff


def document_of(visit: Visit, found: SignOff, page: Mapping[str, Any]) -> Document:
    """What the page of a sign-off says, in its order."""
    blocks: list[Block] = [Facts(_("Sign-off"), _facts(found))]
    blocks += _considered(found, page["makers"])
    blocks += _left(list(page["left"]))
    blocks += _commitments(list(page["commitments"]))
    blocks += _thanks(page["named"], page["unnamed"])
    return Document(_("Sign-off: %(title)s") % {"title": found.title}, blocks, subtitle=visit.project.title)


def _facts(found: SignOff) -> list[tuple[str, Any]]:
    people = (
        (_("Owner"), found.owner),
        (_("Facilitator"), found.facilitator),
        (_("Signed by"), found.signed_by),
    )
    return [
        (_("Version"), str(found.version)),
        (_("Decision"), found.decision),
        (_("Decided on"), found.decided_on),
        (_("Meeting"), found.meeting),
        *((label, person.shown_name if person else None) for label, person in people),
        (_("Signed on"), day_of(found.signed_at) if found.signed_at else None),
        (_("Equality impact assessment"), found.equality_reference),
        (_("Suggestions, all answered"), found.suggestions_answered),
        (_("Promises"), found.promises),
        (_("Promises that nothing carries"), found.promises_left),
        (_("Formats"), found.formats),
        (_("Looked at again"), found.due_on),
    ]


def _considered(found: SignOff, makers: Sequence[DecisionMaker]) -> list[Block]:
    blocks: list[Block] = [Heading(_("How those who decided considered what people said"))]
    if found.gunning_4:
        blocks.append(Paragraph(found.gunning_4))
    for one in makers:
        blocks += [Heading(one.person.shown_name, 2), Paragraph(one.statement)]
    return blocks if len(blocks) > 1 else []


def _left(left: Sequence[Any]) -> list[Block]:
    heading = Heading(_("Important barriers that have no response yet"))
    if not left:
        return [heading, Paragraph(_("None."))]
    head = (
        _("Barrier"),
        _("In the words of the person who raised it"),
        _("Who looks after it"),
        _("By when"),
    )
    rows = [(one.ref, one.barrier.statement, one.person.shown_name, one.due) for one in left]
    return [heading, Grid(_("Barriers without a response"), head, rows, (1, 4, 2, 2))]


def _commitments(found: Sequence[Any]) -> list[Block]:
    heading = Heading(_("Standing commitments"))
    if not found:
        return [heading, Paragraph(_("None."))]
    head = (_("Number"), _("What"), _("Who checks it"), _("On"))
    rows = [(one.ref, one.what, one.checker.shown_name, one.check_date) for one in found]
    return [heading, Grid(_("Standing commitments"), head, rows, (1, 4, 2, 2))]


def _thanks(named: Sequence[str], unnamed: int) -> list[Block]:
    more = ngettext(
        "And %(count)d person who chose not to be named.",
        "And %(count)d people who chose not to be named.", unnamed,
    )  # fmt: skip
    blocks: list[Block] = [Heading(_("Who made this"))]
    if named:
        blocks.append(Bullets(named))
    if unnamed:
        blocks.append(Paragraph(more % {"count": unnamed}))
    return blocks if len(blocks) > 1 else []
