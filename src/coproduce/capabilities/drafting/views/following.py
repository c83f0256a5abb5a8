"""What comes after an answer: telling, the suggester's word on it, replies of others, and words taken out."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from coproduce.capabilities.projects.queries import Visit
from coproduce.core import clock
from coproduce.core.access import NotThere, Purpose
from coproduce.core.findings import Refused
from coproduce.ui.forms import Form, key_of
from coproduce.ui.tables import Column, Filter, Table

from .. import operations, queries
from ..forms import ReactForm, RedactForm, ReplyForm, SupportForm, TellForm
from ..models import PassedOn
from ..terms import SUGGESTION, Status, Way
from .common import address, page_of
from .deciding import answers_to
from .lists import clock_words
from .saying import link_to


@require_http_methods(["GET", "POST"])
def react(request: HttpRequest, project_id: UUID, suggestion_id: UUID) -> HttpResponse:
    """Does the answer satisfy? By the suggester, or noted for them by whoever runs the project."""
    visit, found = queries.suggestion_for(request.user, project_id, suggestion_id, Purpose.READ)
    if not found.own and not visit.may(SUGGESTION, Purpose.RUN):
        raise NotThere
    answers = answers_to(found)
    newest = answers[0]["decision"].pk if answers else None
    form = ReactForm(request.POST or None, initial={"decision_id": newest})
    if any(row["reaction"] and row["reaction"].asks_again for row in answers):
        form = form.without_asking_again()
    if request.method == "POST" and form.is_valid():
        # The ledger has no request of somebody without a name, so there it cannot know a repeat.
        hidden = found.own and found.author_id != request.user.pk
        try:
            operations.react(
                by=request.user, project_id=project_id, suggestion_id=suggestion_id,
                key=None if hidden else form.key, **form.cleaned_data,
            )  # fmt: skip
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Thank you. Your word on the answer is on the record."))
            return redirect("drafting:suggestion", project_id, suggestion_id)
    page = page_of(visit, found.document, "suggestions", suggestion=found, form=form, answers=answers[:1])
    return render(request, "drafting/react.html", page)


@require_http_methods(["GET", "POST"])
def tell(request: HttpRequest, project_id: UUID, suggestion_id: UUID) -> HttpResponse:
    """Note how the suggester was told: that it arrived, or what the answer is."""
    visit, found = queries.suggestion_for(request.user, project_id, suggestion_id, Purpose.RUN)
    form = TellForm(request.POST or None, initial={"on": clock.today()})
    if request.method == "POST" and form.is_valid():
        way, on = form.cleaned_data["way"], form.cleaned_data["on"]
        about: dict[str, Any] = {
            "by": request.user,
            "project_id": project_id,
            "suggestion_id": suggestion_id,
            "key": form.key,
        }
        if found.is_open:
            operations.note_receipt(**about, way=way, on=on)
        else:
            operations.tell(**about, how=str(Way(way).label), on=on)
        return redirect("drafting:suggestion", project_id, suggestion_id)
    page = page_of(visit, found.document, "suggestions", suggestion=found, form=form)
    return render(request, "drafting/tell.html", page)


@require_GET
def passed_on(request: HttpRequest, project_id: UUID, document_id: UUID) -> HttpResponse:
    """Everything that was passed on, and whether its reply is here."""
    visit, document = queries.document_for(request.user, project_id, document_id, Purpose.READ, SUGGESTION)
    today, jurisdiction = clock.today(), visit.project.jurisdiction

    def reminder(row: Any) -> str:
        return "" if row.replied_on else clock_words(row.remind_on, today, jurisdiction)

    table = Table(
        rows=queries.passed_on_from(document.pk),
        columns=[
            Column("number", _("Number"), value="decision.suggestion.ref", sort="decision__suggestion__number",
                   link=lambda row: address("suggestion", project_id, row.decision.suggestion_id)),
            Column("gist", _("Suggestion"), value="decision.suggestion.gist"),
            Column("to", _("Passed on to"), sort="to"),
            Column("sent_on", _("Sent on"), sort="sent_on"),
            Column("remind_on", _("Remind them on"), value=lambda row: None if row.replied_on else row.remind_on,
                   sort="remind_on"),
            Column("clock", _("Clock"), value=reminder),
            Column("reminders", _("Reminders"), numeric=True, sort="reminders"),
            Column("replied_on", _("Replied on"), sort="replied_on"),
            Column(
                "reply",
                _("Reply"),
                value=lambda row: row.reply or _("Waiting"),
                link=lambda row: _reply_page(visit, row),
            ),
        ],
        filters=[Filter("reply", _("Reply"), [("waiting", _("Waiting")), ("here", _("Here"))],
                        lambda rows, value: rows.filter(replied_on__isnull=value == "waiting"))],
        caption=_("Passed on to others"), empty=_("Nothing was passed on"), name="passed-on",
    )  # fmt: skip
    return table.respond(request, "drafting/passed_on.html", page_of(visit, document, "suggestions"))


def _reply_page(visit: Visit, row: PassedOn) -> str:
    """Where a reply is noted: for those who may, while it is not there."""
    if row.replied_on or not visit.may(SUGGESTION, Purpose.DECIDE):
        return ""
    return address("reply", visit.project.pk, row.decision.suggestion_id)


@require_http_methods(["GET", "POST"])
def reply(request: HttpRequest, project_id: UUID, suggestion_id: UUID) -> HttpResponse:
    """Note a reminder, or what the others replied."""
    visit, found = queries.suggestion_for(request.user, project_id, suggestion_id, Purpose.DECIDE)
    waiting = next(
        (row["waiting"] for row in answers_to(found) if row["waiting"] and not row["waiting"].replied_on),
        None,
    )
    if waiting is None:
        raise NotThere
    reminding = "remind" in request.POST
    form = ReplyForm(None if reminding else request.POST or None)
    about: dict[str, Any] = {"by": request.user, "project_id": project_id, "suggestion_id": suggestion_id}
    try:
        if reminding:
            operations.note_reminder(**about, key=key_of(request.POST))
            return redirect("drafting:suggestion", project_id, suggestion_id)
        if request.method == "POST" and form.is_valid():
            operations.record_reply(**about, key=form.key, **form.cleaned_data)
            operations.send(operations.Letter("reply", found, link_to(request, found)))
            return redirect("drafting:suggestion", project_id, suggestion_id)
    except Refused as refused:
        form.refuse(refused)
    page = page_of(visit, found.document, "suggestions", suggestion=found, form=form, waiting=waiting)
    return render(request, "drafting/reply.html", page)


@require_http_methods(["GET", "POST"])
def redact(request: HttpRequest, project_id: UUID, suggestion_id: UUID) -> HttpResponse:
    """R86: nothing is deleted; words are taken out with a reason, or the suggestion is withdrawn."""
    visit, found = queries.suggestion_for(request.user, project_id, suggestion_id, Purpose.RUN)
    form = RedactForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.redact(
                by=request.user, project_id=project_id, suggestion_id=suggestion_id, key=form.key,
                **form.cleaned_data,
            )  # fmt: skip
        except Refused as refused:
            form.refuse(refused)
        else:
            return redirect("drafting:suggestion", project_id, suggestion_id)
    page = page_of(visit, found.document, "suggestions", suggestion=found, form=form)
    return render(request, "drafting/redact.html", page)


@require_http_methods(["GET", "POST"])
def support(request: HttpRequest, project_id: UUID, suggestion_id: UUID) -> HttpResponse:
    """Stand behind another's suggestion, or take that back."""
    visit, found = queries.suggestion_for(request.user, project_id, suggestion_id, Purpose.CONTRIBUTE)
    mine = queries.support_by(request.user, found.document_id, suggestion=found)
    form = SupportForm(None if mine else request.POST or None)
    try:
        if _sent(request, form, mine):
            _changed(request, project_id, mine, form, suggestion_id=suggestion_id)
            return redirect("drafting:suggestion", project_id, suggestion_id)
    except Refused as refused:
        form.refuse(refused)
    page = page_of(
        visit, found.document, "suggestions", suggestion=found, form=form, mine=mine, words=found.gist,
        back=address("suggestion", project_id, suggestion_id),
        closed=found.own or found.status != Status.OPEN,
    )  # fmt: skip
    return render(request, "drafting/support.html", page)


def _sent(request: HttpRequest, form: Form, mine: Any) -> bool:
    return request.method == "POST" and (mine is not None or form.is_valid())


def _changed(request: HttpRequest, project_id: UUID, mine: Any, form: Form, **which: Any) -> None:
    about: dict[str, Any] = {"by": request.user, "project_id": project_id}
    if mine is not None:
        operations.take_back_support(**about, support_id=mine.pk, key=key_of(request.POST))
        messages.success(request, _("You no longer support it."))
        return
    make = operations.support_suggestion if "suggestion_id" in which else operations.support_passage
    make(**about, **which, key=form.key, **form.cleaned_data)
    messages.success(request, _("Thank you. Your support is counted."))


@require_http_methods(["GET", "POST"])
def support_passage(request: HttpRequest, project_id: UUID, document_id: UUID, block: int) -> HttpResponse:
    """Stand behind a passage as it reads now, or take that back."""
    visit, document = queries.document_for(
        request.user, project_id, document_id, Purpose.CONTRIBUTE, SUGGESTION
    )
    standing = queries.text_now(document).blocks.get(block)
    if standing is None or not standing.alive:
        raise NotThere
    mine = queries.support_by(request.user, document.pk, block=block)
    form = SupportForm(None if mine else request.POST or None)
    back = address("passage", project_id, document_id, block)
    try:
        if _sent(request, form, mine):
            _changed(request, project_id, mine, form, document_id=document_id, block=block)
            return redirect(back)
    except Refused as refused:
        form.refuse(refused)
    page = page_of(
        visit, document, "text", form=form, mine=mine, words=standing.text, back=back, closed=False
    )
    return render(request, "drafting/support.html", page)


@require_GET
def passage(request: HttpRequest, project_id: UUID, document_id: UUID, block: int) -> HttpResponse:
    """One passage: what it says, what people suggest and support, and everything that can be said about it."""
    visit, document = queries.document_for(request.user, project_id, document_id, Purpose.READ, SUGGESTION)
    standing = queries.text_now(document).blocks.get(block)
    if standing is None or not standing.alive:
        raise NotThere
    rows = queries.suggestions_touching(document.pk, block).annotate(supporters=queries.supporters())
    page = page_of(
        visit, document, "text", block_id=block, words=standing.text, suggestions=list(rows[:50]),
        backing=queries.backing_of_passage(document.pk, block),
        may_suggest=visit.may(SUGGESTION, Purpose.CONTRIBUTE),
    )  # fmt: skip
    return render(request, "drafting/passage.html", page)
