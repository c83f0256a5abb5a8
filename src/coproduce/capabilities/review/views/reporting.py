"""The report of a review as lines for a spreadsheet, and as a document."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coproduce.capabilities.projects.queries import Visit
from coproduce.core.clock import day_of
from coproduce.ui.documents import Block, Document, Facts, Grid, Heading, Paragraph

from ..models import Benefit, Review
from ..terms import Told

HEAD = (gettext_lazy("Part"), gettext_lazy("What"), gettext_lazy("Answer"))


def rows_of(review: Review, benefits: Iterable[Benefit], told: Iterable[Told]) -> list[tuple[str, str, Any]]:
    """Every public fact of a review, one a line."""
    words = _("The review")
    rows = [(words, str(label), answer) for label, answer in [*_facts(review), *_written(review)] if answer]
    for one in benefits:
        figures = ((_("Before"), one.baseline), (_("What was wanted"), one.target), (_("Now"), one.now))
        rows += [(_("Benefit"), f"{one.indicator}: {label}", figure) for label, figure in figures]
    for section in told:
        rows += [(str(section.title), str(label), str(figure)) for label, figure in section.rows]
    return rows


def document_of(visit: Visit, review: Review, benefits: Sequence[Benefit], told: Sequence[Told]) -> Document:
    blocks: list[Block] = [Facts(_("The review"), _facts(review))]
    for heading, words in _written(review):
        if words:
            blocks += [Heading(heading), Paragraph(words)]
    if benefits:
        head = (_("What is measured"), _("Before"), _("What was wanted"), _("Now"))
        rows = [(one.indicator, one.baseline, one.target, one.now) for one in benefits]
        blocks += [Heading(_("What can be shown")), Grid(_("Benefits"), head, rows, (3, 1, 1, 1))]
    for one in told:
        blocks += [Heading(one.title), Paragraph(one.sentence)]
        if one.rows:
            blocks.append(Grid(one.title, (_("What"), _("How many")), one.rows, (3, 1)))
    return Document(_("One year on: %(title)s") % {"title": review.sign_off.title}, blocks,
                    subtitle=visit.project.title)  # fmt: skip


def _facts(review: Review) -> list[tuple[str, Any]]:
    leads = ((_("Owner"), review.sign_off.owner), (_("Facilitator"), review.sign_off.facilitator))
    return [
        (_("What was reviewed"), f"{review.sign_off.title}, {review.sign_off.version}"),
        (_("Due on"), review.due_on),
        (_("Closed on"), day_of(review.closed_at) if review.closed_at else None),
        (_("Is it still needed?"), review.get_still_needed_display()),
        (_("What was decided"), review.get_outcome_display()),
        (_("New version"), str(review.new_version) if review.new_version else None),
        (_("Looked at again"), _next(review)),
        *((label, person.shown_name) for label, person in leads if person),
    ]


def _next(review: Review) -> str:
    return date_format(review.next_review_on, "j F Y") if review.next_review_on else _("No: it ends here")


def _written(review: Review) -> list[tuple[str, str]]:
    return [
        (_("Why"), review.outcome_why),
        (_("What needs to change"), review.needs_change),
        (_("What did not work"), review.did_not_work),
        (_("What we learned"), review.learned),
        (_("Who gained, and who did not"), review.equality),
        (_("How we celebrate"), review.celebration),
    ]
