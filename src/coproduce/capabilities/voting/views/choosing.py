"""Statements from barriers or suggestions: choose several, then word each one."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from coproduce.core.access import NotThere, Purpose
from coproduce.ui.sending import posted, sent

from .. import operations, queries, rules
from ..forms import WordForm
from ..operations import Draft
from ..queries import Source
from ..terms import FROM_BARRIER, FROM_SUGGESTION
from .common import done, page_of

_KINDS = {
    "barriers": (FROM_BARRIER, queries.barriers_to_choose),
    "suggestions": (FROM_SUGGESTION, queries.suggestions_to_choose),
}
_MOST = 100


def _kind(kind: str) -> tuple[str, Any]:
    if kind not in _KINDS:
        raise NotThere
    return _KINDS[kind]


@require_GET
def choose(request: HttpRequest, project_id: UUID, ballot_id: UUID, kind: str) -> HttpResponse:
    visit, ballot = queries.ballot_for(request.user, project_id, ballot_id, Purpose.RUN)
    words = request.GET.get("search", "").strip()[:200]
    chosen = set(_ids(request))
    used = queries.used_sources(ballot)
    sources = [one for one in _kind(kind)[1](ballot, words) if one.id not in used]
    if chosen and "search" not in request.GET:
        raise NotThere
    page = page_of(
        visit, ballot, kind=kind, sources=sources, words=words, chosen=chosen, used=len(used),
        title=_("Statements from barriers") if kind == "barriers" else _("Statements from suggestions"),
    )  # fmt: skip
    return render(request, "voting/choose.html", page)


@require_http_methods(["GET", "POST"])
def word(request: HttpRequest, project_id: UUID, ballot_id: UUID, kind: str) -> HttpResponse:
    """The wording that is proposed can be changed here, and until the first vote."""
    visit, ballot = queries.ballot_for(request.user, project_id, ballot_id, Purpose.RUN)
    origin_kind = _kind(kind)[0]
    sources = queries.sources_of(ballot, _ids(request)[:_MOST])
    if request.method == "GET" and not sources:
        return redirect(reverse("voting:choose", args=[project_id, ballot_id, kind]))
    form = WordForm(posted(request), initial={"statements": [_proposed(one) for one in sources.values()]})

    def add() -> None:
        rows = form.cleaned_data["statements"]
        operations.add_statements(
            by=request.user, project_id=project_id, ballot_id=ballot_id, key=form.key,
            drafts=[Draft(row["text"], origin_kind, row["source"]) for row in rows],
        )  # fmt: skip

    if sent(request, form, add):
        count = len(form.cleaned_data["statements"])
        words = ngettext("%(count)d statement is added.", "%(count)d statements are added.", count)
        return done(request, words % {"count": count}, "statements", project_id, ballot_id)
    page = page_of(visit, ballot, kind=kind, form=form, rows=_rows(ballot, form))
    return render(request, "voting/word.html", page)


def _proposed(source: Source) -> dict[str, Any]:
    return {"text": rules.proposed_from(source.words), "source": source.id}


def _rows(ballot: Any, form: WordForm) -> list[tuple[Any, Source | None, list[Any]]]:
    """Each row with its source, and what the rules would ask about its words."""
    [group] = form.row_groups
    wanted = {row: _uuid(row["source"].value()) for row in group.forms}
    sources = queries.sources_of(ballot, set(wanted.values()))
    return [
        (row, sources.get(pk) if pk else None, list(rules.one_idea_each(str(row["text"].value() or ""))))
        for row, pk in wanted.items()
    ]


def _ids(request: HttpRequest) -> list[UUID]:
    return [pk for pk in map(_uuid, request.GET.getlist("source")) if pk]


def _uuid(value: Any) -> UUID | None:
    try:
        return UUID(str(value))
    except ValueError:
        return None
