"""For who votes: one statement at a time, their own list, and taking everything away again.

Nothing of a vote stands in an address, a title or a message, so none is left in a browser's history or in a log.
"""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from coproduce.capabilities.people import queries as people
from coproduce.core.access import NotThere
from coproduce.core.findings import Refused
from coproduce.ui.forms import Form
from coproduce.ui.sending import posted, sent, too_many

from .. import operations, queries
from ..forms import AddForm, StartForm
from ..models import Statement
from ..terms import MOST_NEW_VOTERS_AN_HOUR, MOST_STATEMENTS_AN_HOUR, VOTED_ON, Value
from .door import Door, at_the_door, keep_token


@login_not_required
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest, link: str) -> HttpResponse:
    door = at_the_door(request, link)
    if isinstance(door, HttpResponse):
        return door
    groups = list(people.groups_of(door.ballot.project_id)) if door.is_asked_for_group else []
    form = StartForm(posted(request), groups=groups)
    if request.method == "POST" and not door.key and too_many(request, "new-voters", MOST_NEW_VOTERS_AN_HOUR):
        return render(request, "voting/too_many.html", {"ballot": door.ballot}, status=429)
    token = door.token or door.new_token()

    def begin() -> None:
        said = form.cleaned_data.get("group") or None
        operations.join(
            ballot=door.ballot, key=door.key_with(token), group_id=UUID(said) if said else door.own_group_id()
        )

    if sent(request, form, begin):
        return keep_token(redirect("voting:next", link), door, token)
    page = door.page(
        form=form, count=queries.statements_to_vote_on(door.ballot).count(), has_begun=door.has_begun()
    )
    return render(request, "voting/start.html", page)


@login_not_required
@require_GET
def next_statement(request: HttpRequest, link: str) -> HttpResponse:
    """The first in this voter's order that has no vote yet; at the end their list."""
    door = at_the_door(request, link)
    if isinstance(door, HttpResponse):
        return door
    if not door.may_vote_now:
        return redirect("voting:start", link)
    statements, own = door.statements(), door.own_votes()
    for one in statements:
        if one.number not in own:
            return _show(request, door, statements, one, own)
    return redirect("voting:mine", link)


@login_not_required
@require_http_methods(["GET", "POST"])
def statement(request: HttpRequest, link: str, statement_id: UUID) -> HttpResponse:
    door = at_the_door(request, link)
    if isinstance(door, HttpResponse):
        return door
    if request.method == "POST":
        return _vote(request, door, statement_id)
    if not door.may_vote_now:
        return redirect("voting:start", link)
    statements = door.statements()
    found = next((one for one in statements if one.pk == statement_id), None)
    if found is None:
        raise NotThere
    return _show(request, door, statements, found, door.own_votes())


def _vote(request: HttpRequest, door: Door, statement_id: UUID) -> HttpResponse:
    """One short transaction. A repeat, whether by hand or by a phone in a tunnel, leaves the same one vote."""
    if not door.key:
        return redirect("voting:start", door.ballot.link)
    try:
        operations.cast(
            ballot_id=door.ballot.pk, statement_id=statement_id, key=door.key,
            value=_number(request, "vote"), revision=_number(request, "revision"), group_of=door.own_group_id,
        )  # fmt: skip
    except Refused as refused:
        messages.warning(request, str(refused.findings[0].message))
        return redirect("voting:next", door.ballot.link)
    return redirect("voting:next", door.ballot.link)


def _number(request: HttpRequest, name: str) -> int:
    try:
        return int(request.POST.get(name, ""))
    except ValueError:
        raise NotThere from None


def _show(
    request: HttpRequest, door: Door, statements: list[Statement], one: Statement, own: dict[int, int]
) -> HttpResponse:
    place = statements.index(one)
    page = door.page(
        statement=one, number=place + 1, total=len(statements), back=statements[place - 1] if place else None,
        values=[(value.value, value.label, own.get(one.number) == value) for value in Value],
        voted=sum(other.number in own for other in statements),
    )  # fmt: skip
    return render(request, "voting/statement.html", page)


@login_not_required
@require_GET
def mine(request: HttpRequest, link: str) -> HttpResponse:
    """What I said, and what became of the statements that I added; for this voter's own eyes."""
    door = at_the_door(request, link)
    if isinstance(door, HttpResponse):
        return door
    own = door.own_votes() if door.key else {}
    rows = [(one, Value(own[one.number]).label) for one in door.counted() if one.number in own]
    left = [one for one in door.statements() if one.number not in own] if door.key else []
    page = door.page(
        rows=rows, left=len(left), replaced=queries.replaced_by(door.ballot), added=door.own_statements(),
        voted_on=VOTED_ON,
    )  # fmt: skip
    return render(request, "voting/mine.html", page)


@login_not_required
@require_http_methods(["GET", "POST"])
def erase(request: HttpRequest, link: str) -> HttpResponse:
    door = at_the_door(request, link)
    if isinstance(door, HttpResponse):
        return door
    form = Form(posted(request))
    if door.key and sent(request, form, lambda: operations.erase_votes(ballot=door.ballot, key=door.key)):
        messages.success(request, _("Your votes are erased. Nothing is left of them."))
        return redirect("voting:start", link)
    return render(request, "voting/erase.html", door.page(form=form))


@login_not_required
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, link: str) -> HttpResponse:
    door = at_the_door(request, link)
    if isinstance(door, HttpResponse):
        return door
    if not door.ballot.takes_statements:
        raise NotThere
    form = AddForm(posted(request))
    if request.method == "POST" and too_many(request, "own-statements", MOST_STATEMENTS_AN_HOUR):
        return render(request, "voting/too_many.html", {"ballot": door.ballot}, status=429)
    token = door.token or door.new_token()
    if sent(request, form, lambda: operations.add_own_statement(
        by=door.person, ballot_id=door.ballot.pk, token=token, **form.cleaned_data
    )):  # fmt: skip
        messages.success(request, _("Thank you. Here you can see what becomes of it."))
        return keep_token(redirect("voting:mine", link), door, token)
    return render(request, "voting/add.html", door.page(form=form))
