"""The Socratic log for Word and as a tagged PDF."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from coproduce.capabilities.projects.queries import Visit
from coproduce.ui.documents import Block, Document, Grid, Heading, Paragraph

from ..terms import Kind, Stage


def document_of(
    visit: Visit, lines: Mapping[Kind, Sequence[Any]], asked: Iterable[Any], changed: Iterable[Any]
) -> Document:
    """The grid, what changed because somebody asked, and every question with its answer, stage by stage."""
    blocks: list[Block] = [
        Paragraph(_("We ask the same six kinds of hard question at each stage."), lead=True),
        _grid(lines),
        Heading(_("What changed because we asked")),
        *_changed(list(changed)),
        Heading(_("All questions and answers")),
    ]
    every = list(asked)
    for stage in Stage:
        blocks += _at(stage, [one for one in every if one.stage == stage])
    return Document(_("Hard questions: %(title)s") % {"title": visit.project.title}, blocks, landscape=True)


def _grid(lines: Mapping[Kind, Sequence[Any]]) -> Grid:
    rows = [(kind.label, *map(_cell, cells)) for kind, cells in lines.items()]
    return Grid(_("Six kinds of question at eight stages"), (_("Kind"), *(one.label for one in Stage)), rows)


def _cell(cell: Any) -> str:
    return ", ".join(f"{count} {str(status.label).lower()}" for status, count in cell.lines) or _("not asked")


def _changed(found: list[Any]) -> list[Block]:
    if not found:
        return [Paragraph(_("Nothing yet."))]
    head = (_("What changed"), _("Because somebody asked"), _("Stage"), _("Answered by"), _("On"))
    rows = [
        (
            one.what_changed,
            one.question.words,
            one.question.get_stage_display(),
            one.by.shown_name,
            one.at.date(),
        )
        for one in found
    ]
    return [Grid(_("What changed because we asked"), head, rows, (4, 4, 2, 2, 2))]


def _at(stage: Stage, asked: list[Any]) -> list[Block]:
    if not asked:
        return []
    head = (
        _("Number"),
        _("Question"),
        _("Kind"),
        _("Asked by"),
        _("How it stands"),
        _("Answer"),
        _("Answered by"),
    )
    rows = [
        (one.ref, one.words, one.get_kind_display(), one.asked_by.shown_name, one.get_status_display(),
         one.answer or "", one.answered_by.shown_name if one.answered_by else "")
        for one in asked
    ]  # fmt: skip
    return [Heading(stage.label, level=2), Grid(stage.label, head, rows, (1, 4, 2, 2, 2, 5, 2))]
