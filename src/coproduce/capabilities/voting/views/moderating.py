"""The queue of statements that wait, and the log of what was settled."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from coproduce.core.access import NotThere, Purpose
from coproduce.ui.sending import posted, sent
from coproduce.ui.tables import Column, Filter, Table

from .. import operations, queries
from ..forms import ModerateForm, UndoForm
from ..terms import Standing
from .common import done, form_page, page_of, tag_of

_SHOWN = (Standing.WAITING, Standing.ACCEPTED, Standing.DECLINED)


@require_http_methods(["GET", "POST"])
def queue(request: HttpRequest, project_id: UUID, ballot_id: UUID) -> HttpResponse:
    visit, ballot = queries.ballot_for(request.user, project_id, ballot_id, Purpose.RUN)
    form = ModerateForm(posted(request), initial={"standing": Standing.ACCEPTED})
    ids = _ids(request)

    def settle() -> None:
        operations.moderate(
            by=request.user, project_id=project_id, ballot_id=ballot_id, statement_ids=ids, key=form.key,
            **form.cleaned_data,
        )  # fmt: skip

    if request.method == "POST" and form.is_valid() and not ids:
        form.add_error(None, _("Choose at least one statement."))
    elif sent(request, form, settle):
        return done(request, _("Settled, and written down in the log."), "queue", project_id, ballot_id)
    everything = list(queries.statements_of(ballot))
    shown = request.GET.get("standing", Standing.WAITING)
    page = page_of(
        visit, ballot, form=form, chosen=set(ids), shown=shown, standings=[(one.value, one.label) for one in _SHOWN],
        rows=_rows(ballot, everything, shown),
    )  # fmt: skip
    return render(request, "voting/queue.html", page)


def _rows(ballot: Any, everything: list[Any], shown: str) -> list[dict[str, Any]]:
    alike, said = queries.alike_in(everything), queries.last_words(ballot)
    return [
        {"statement": one, "alike": alike.get(one.pk, []), "said": said.get(one.pk)}
        for one in everything
        if one.standing == shown
    ]


def _ids(request: HttpRequest) -> list[UUID]:
    try:
        return [UUID(one) for one in request.POST.getlist("statement")]
    except ValueError:
        raise NotThere from None


@require_GET
def log(request: HttpRequest, project_id: UUID, ballot_id: UUID) -> HttpResponse:
    """For everybody in the project: who settled what, and why."""
    visit, ballot = queries.ballot_for(request.user, project_id, ballot_id, Purpose.READ)
    table = Table(
        rows=queries.log_of(ballot),
        columns=[
            Column("at", _("When"), sort="at"),
            Column(
                "number", _("Statement"), value="statement.number", sort="statement__number", numeric=True
            ),
            Column("standing", _("What"), value=lambda one: tag_of(one.standing, _what(one))),
            Column("reason", _("Reason"), value="get_reason_display", sort="reason"),
            Column("words", _("Words"), sort="words"),
            Column("by", _("By"), value="by.shown_name", sort="by__name"),
        ],
        filters=[
            Filter("standing", _("What"), Standing.choices, lambda rows, value: rows.filter(standing=value))
        ],
        caption=_("What was settled"),
        empty=_("Nothing was settled yet"),
        name="moderation",
    )
    last = {row.pk for row in queries.last_words(ballot).values()}
    page = page_of(
        visit, ballot, undoable=[row for row in queries.log_of(ballot) if _can_be_undone(row, last)]
    )
    return table.respond(request, "voting/log.html", page)


def _what(row: Any) -> str:
    return _("Undone: %(state)s again") % {"state": row.get_standing_display()} if row.undoes else (
        row.get_standing_display()
    )  # fmt: skip


def _can_be_undone(row: Any, last: set[UUID]) -> bool:
    return row.pk in last and row.standing != Standing.REPLACED


@require_http_methods(["GET", "POST"])
def undo(request: HttpRequest, project_id: UUID, ballot_id: UUID, moderation_id: UUID) -> HttpResponse:
    visit, ballot = queries.ballot_for(request.user, project_id, ballot_id, Purpose.RUN)
    row = queries.moderation_in(ballot, moderation_id)
    form = UndoForm(posted(request))
    if sent(request, form, lambda: operations.undo(
        by=request.user, project_id=project_id, ballot_id=ballot_id, moderation_id=moderation_id, key=form.key,
        **form.cleaned_data,
    )):  # fmt: skip
        return done(request, _("Taken back. Both stay in the log."), "log", project_id, ballot_id)
    title = _("Take back what was settled about statement %(number)d?") % {"number": row.statement.number}
    return form_page(
        request, visit, form, title=title, button=_("Take it back"), ballot=ballot, lead=row.statement.text
    )
