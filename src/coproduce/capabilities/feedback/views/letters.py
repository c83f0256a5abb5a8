"""Letters: who gets one, sending and printing them, what went wrong, and one's own."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from coproduce.capabilities.projects import queries as projects
from coproduce.core.access import NotThere, Purpose
from coproduce.core.findings import Refused
from coproduce.ui.forms import key_of

from .. import operations, queries
from ..forms import HandOverForm
from ..operations import Sent
from ..terms import LETTER, LetterKind, Route
from .letter_lists import facts_of, table_of
from .writing import Desk


@require_GET
def letters(request: HttpRequest, project_id: UUID, document_id: UUID) -> HttpResponse:
    """Who has a letter and who still waits for one."""
    visit, standing = queries.report_for(request.user, project_id, document_id, Purpose.RUN, LETTER)
    owed = queries.Owed(visit, standing)
    page = {"visit": visit, "section": "feedback", "standing": standing, **facts_of(visit, owed)}
    return table_of(visit, owed.letters).respond(request, "feedback/letters.html", page)


@require_POST
def send_letters(request: HttpRequest, project_id: UUID, document_id: UUID) -> HttpResponse:
    """Make what is due and send every e-mail that waits. Pressing again goes on, and sends none twice."""
    visit, _standing = queries.report_for(request.user, project_id, document_id, Purpose.RUN, LETTER)
    kind = request.POST.get("kind", "")
    refused = _make(request, project_id, document_id, kind) if kind in LetterKind.values else None
    desk = Desk(visit, request, document_id)
    sent = Sent()
    if not operations.sends_nothing():
        sent = operations.send_waiting(
            by=request.user, project_id=project_id, document_id=document_id, write=desk.mail
        )
    _say(request, sent, refused)
    return redirect("feedback:letters", project_id, document_id)


@require_GET
def print_letters(request: HttpRequest, project_id: UUID, document_id: UUID) -> HttpResponse:
    """Every letter that goes on paper and has not gone yet, each on its own sheet."""
    visit, _standing = queries.report_for(request.user, project_id, document_id, Purpose.RUN, LETTER)
    desk, waiting = Desk(visit, request, document_id), queries.prints_waiting(document_id)
    page = {
        "visit": visit, "section": "feedback", "document_id": document_id, "look": desk.look,
        "letters": [desk.sheet(letter) for letter in waiting], "form": HandOverForm(),
        "ids": [letter.pk for letter in waiting],
    }  # fmt: skip
    return render(request, "feedback/print_letters.html", page)


@require_POST
def hand_over(request: HttpRequest, project_id: UUID, document_id: UUID) -> HttpResponse:
    visit, _standing = queries.report_for(request.user, project_id, document_id, Purpose.RUN, LETTER)
    form = HandOverForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say how the letters went, and on which day."))
        return redirect("feedback:print_letters", visit.project.pk, document_id)
    operations.hand_over(
        by=request.user, project_id=project_id, document_id=document_id, key=form.key,
        letter_ids=_ids(request), **form.cleaned_data,
    )  # fmt: skip
    messages.success(request, _("The letters are noted as handed over."))
    return redirect("feedback:letters", project_id, document_id)


@require_GET
def letter(request: HttpRequest, project_id: UUID, letter_id: UUID) -> HttpResponse:
    visit, found = queries.letter_for(request.user, project_id, letter_id, Purpose.RUN)
    desk = Desk(visit, request, found.report_id)
    page = {
        "visit": visit,
        "section": "feedback",
        "found": found,
        "look": desk.look,
        "sheet": desk.sheet(found),
    }
    return render(request, "feedback/letter.html", page)


@require_POST
def letter_again(request: HttpRequest, project_id: UUID, letter_id: UUID) -> HttpResponse:
    """Let one wait again: by e-mail, or on paper from now on."""
    route = request.POST.get("route", "")
    _visit, found = queries.letter_for(request.user, project_id, letter_id, Purpose.RUN)
    if route in Route.values:
        try:
            operations.try_again(
                by=request.user, project_id=project_id, letter_id=letter_id, route=route,
                key=key_of(request.POST),
            )  # fmt: skip
        except Refused as refused:
            messages.error(request, "; ".join(str(finding.message) for finding in refused.findings))
        else:
            messages.success(request, _("The letter waits again."))
    return redirect("feedback:letters", project_id, found.report_id)


@require_GET
def my_letter(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """One's own points and what came of them, for everybody in the project."""
    visit = projects.visit(request.user, project_id, LETTER, Purpose.READ)
    desk = Desk(visit, request, author=request.user)
    page = {"visit": visit, "section": "feedback", "look": desk.look, "sheet": desk.own(request.user)}
    return render(request, "feedback/my_letter.html", page)


def _make(request: HttpRequest, project_id: UUID, document_id: UUID, kind: str) -> Refused | None:
    try:
        operations.make_letters(
            by=request.user,
            project_id=project_id,
            document_id=document_id,
            kind=kind,
            key=key_of(request.POST),
        )
    except Refused as refused:
        return refused
    return None


def _say(request: HttpRequest, sent: Sent, refused: Refused | None) -> None:
    if operations.sends_nothing():
        messages.info(
            request, _("The letters are made. The demo sends no e-mail; you can read and print each.")
        )
        return
    if sent.sent:
        words = ngettext("%(n)d letter is sent by e-mail.", "%(n)d letters are sent by e-mail.", sent.sent)
        messages.success(request, words % {"n": sent.sent})
    if sent.failed:
        words = ngettext(
            "%(n)d letter could not be sent. It is listed below.",
            "%(n)d letters could not be sent. They are listed below.", sent.failed,
        )  # fmt: skip
        messages.error(request, words % {"n": sent.failed})
    if sent.left:
        words = ngettext("%(n)d e-mail still waits.", "%(n)d e-mails still wait.", sent.left)
        messages.info(request, words % {"n": sent.left})
    if refused and not (sent.sent or sent.failed):
        messages.info(request, "; ".join(str(finding.message) for finding in refused.findings))


def _ids(request: HttpRequest) -> list[UUID]:
    try:
        return [UUID(value) for value in request.POST.getlist("letter")]
    except ValueError:
        raise NotThere from None
