"""Who has a letter of a review, printing and sending them, and what went wrong on the way."""

from collections import Counter
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from coproduce.capabilities.projects.queries import Visit
from coproduce.core.access import NotThere, Purpose
from coproduce.core.findings import Refused
from coproduce.ui.forms import key_of
from coproduce.ui.qr import qr_code
from coproduce.ui.tables import Column, Filter, Table

from .. import operations, queries
from ..forms import HandOverForm
from ..models import Review, YearLetter
from ..terms import LetterKind, LetterState, Route
from .common import page_of

_LOOKS = ("", "large")


@require_GET
def letters(request: HttpRequest, project_id: UUID, review_id: UUID) -> HttpResponse:
    visit, review = _led(request, project_id, review_id)
    found = list(queries.letters_of(review))
    counts = Counter((one.route, one.state) for one in found)
    page = page_of(
        visit, review=review, sends_nothing=operations.sends_nothing(), total=len(found),
        sent=sum(n for (_route, state), n in counts.items() if state == LetterState.SENT),
        emails_waiting=counts[Route.EMAIL, LetterState.WAITING],
        prints_waiting=counts[Route.PRINT, LetterState.WAITING],
    )  # fmt: skip
    return _table(visit, found).respond(request, "review/letters.html", page)


@require_POST
def send_letters(request: HttpRequest, project_id: UUID, review_id: UUID) -> HttpResponse:
    """At once, without waiting for the task worker."""
    _led(request, project_id, review_id)
    if operations.sends_nothing():
        messages.info(request, _("The demo sends no e-mail; you can read and print each letter."))
        return redirect("review:letters", project_id, review_id)
    write = operations.Writer(request.build_absolute_uri("/")).mail
    sent = operations.send_letters(by=request.user, letters=queries.emails_waiting(review_id), write=write)
    words = ngettext("%(n)d letter is sent by e-mail.", "%(n)d letters are sent by e-mail.", sent.sent)
    messages.success(request, words % {"n": sent.sent})
    if sent.failed:
        words = ngettext("%(n)d letter could not be sent.", "%(n)d letters could not be sent.", sent.failed)
        messages.error(request, words % {"n": sent.failed})
    return redirect("review:letters", project_id, review_id)


@require_GET
def print_letters(request: HttpRequest, project_id: UUID, review_id: UUID) -> HttpResponse:
    """Every letter that goes on paper and has not gone yet, each on its own sheet."""
    visit, review = _led(request, project_id, review_id)
    waiting, sheets = queries.prints_waiting(review), queries.Sheets(review, visit)
    page = page_of(
        visit, review=review, sheets=[sheets.of(one) for one in waiting], form=HandOverForm(),
        ids=[one.pk for one in waiting], **_print(request, review),
    )  # fmt: skip
    return render(request, "review/print_letters.html", page)


@require_POST
def hand_over(request: HttpRequest, project_id: UUID, review_id: UUID) -> HttpResponse:
    _led(request, project_id, review_id)
    form = HandOverForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say how the letters went, and on which day."))
        return redirect("review:print_letters", project_id, review_id)
    operations.hand_over(
        by=request.user, project_id=project_id, review_id=review_id, letter_ids=_ids(request), key=form.key,
        **form.cleaned_data,
    )  # fmt: skip
    messages.success(request, _("The letters are noted as handed over."))
    return redirect("review:letters", project_id, review_id)


@require_GET
def letter(request: HttpRequest, project_id: UUID, letter_id: UUID) -> HttpResponse:
    visit, found = queries.letter_for(request.user, project_id, letter_id, Purpose.RUN)
    review = queries.review_in(project_id, found.review_id)
    sheet = queries.Sheets(review, visit).of(found)
    is_here = found.person_id in {one.pk for one in queries.members_of(project_id)}
    page = page_of(
        visit, review=review, found=found, sheet=sheet, may_be_written_for=review.is_open and is_here,
        **_print(request, review),
    )  # fmt: skip
    return render(request, "review/letter.html", page)


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
    return redirect("review:letters", project_id, found.review_id)


def _led(request: HttpRequest, project_id: UUID, review_id: UUID) -> tuple[Visit, Review]:
    return queries.review_for(request.user, project_id, review_id, Purpose.RUN)


def _print(request: HttpRequest, review: Review) -> dict[str, Any]:
    """How letters look on paper, and the address that their code leads to."""
    asked = request.GET.get("look", "")
    address = request.build_absolute_uri(reverse("review:review", args=[review.project_id, review.pk]))
    words = _("Code to scan with a phone: it opens the review")
    return {
        "look": asked if asked in _LOOKS else "", "address": address, "qr": qr_code(address, words),
    }  # fmt: skip


def _table(visit: Visit, found: list[YearLetter]) -> Table:
    def link(one: YearLetter) -> str:
        return reverse("review:letter", args=[visit.project.pk, one.pk])

    return Table(
        rows=found,
        columns=[
            Column("person", _("To"), value="person.shown_name", sort="person.shown_name", link=link),
            Column("kind", _("Letter"), value=lambda one: LetterKind(one.kind).label, sort="kind"),
            Column("invites", _("Invited"), sort="invites"),
            Column("asks", _("Asked about barriers"), sort="asks"),
            Column("route", _("By"), value=lambda one: Route(one.route).label, sort="route"),
            Column("state", _("How it stands"), value=_state, sort="state"),
            Column("sent_on", _("On"), sort="sent_on"),
        ],
        filters=[
            Filter("state", _("How it stands"), LetterState.choices, _having("state")),
            Filter("kind", _("Letter"), LetterKind.choices, _having("kind")),
        ],
        caption=_("Letters"), empty=_("No letters yet"), name="review-letters",
        order="person",
    )  # fmt: skip


def _having(name: str) -> Any:
    return lambda rows, value: [one for one in rows if getattr(one, name) == value]


def _state(one: YearLetter) -> str:
    label = str(LetterState(one.state).label)
    return f"{label}: {one.fault}" if one.fault else label


def _ids(request: HttpRequest) -> list[UUID]:
    try:
        return [UUID(value) for value in request.POST.getlist("letter")]
    except ValueError:
        raise NotThere from None
