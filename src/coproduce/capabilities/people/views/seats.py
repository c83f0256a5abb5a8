"""One person's seat: what they chose, their consent to quotes, their personal link."""

import logging
from smtplib import SMTPException
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.mail import send_mail
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from coproduce.capabilities.projects import operations as project_operations
from coproduce.capabilities.projects import queries as projects
from coproduce.capabilities.projects.terms import ROLES
from coproduce.core import clock
from coproduce.core.access import Purpose
from coproduce.core.findings import Refused
from coproduce.ui.forms import key_of

from .. import operations, queries, rules
from ..forms import ChoicesForm, SeatForm
from ..models import Seat
from ..terms import SEAT, Acknowledgement, Capacity, ContactRoute

log = logging.getLogger(__name__)


@require_GET
def seat(request: HttpRequest, project_id: UUID, seat_id: UUID) -> HttpResponse:
    visit, found = queries.seat_to_change(request.user, project_id, seat_id)
    return render(request, "people/seat.html", _page(visit, found))


@require_http_methods(["GET", "POST"])
def edit_seat(request: HttpRequest, project_id: UUID, seat_id: UUID) -> HttpResponse:
    visit = projects.visit(request.user, project_id, SEAT, Purpose.RUN)
    _same, found = queries.seat_to_change(request.user, project_id, seat_id)
    form = SeatForm(request.POST or None, initial=SeatForm.of(found), groups=queries.groups_of(project_id))
    if request.method == "POST" and form.is_valid():
        try:
            _change(request, project_id, seat_id, form)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The seat is saved."))
            return redirect("people:seat", project_id, seat_id)
    page = {"visit": visit, "section": "people", "form": form, "seat": found}
    return render(request, "people/edit_seat.html", page)


@require_http_methods(["GET", "POST"])
def choices(request: HttpRequest, project_id: UUID, seat_id: UUID) -> HttpResponse:
    visit, found = queries.seat_to_change(request.user, project_id, seat_id)
    initial = {name: getattr(found, name) for name in operations.CHOICES}
    own = found.person_id == request.user.pk
    form = ChoicesForm(request.POST or None, initial=initial, own=own)
    if request.method == "POST" and form.is_valid():
        try:
            operations.choose(
                by=request.user, project_id=project_id, seat_id=seat_id,
                changes=form.cleaned_data, key=form.key,
            )  # fmt: skip
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The choices are saved."))
            return redirect("people:seat", project_id, seat_id)
    page = {"visit": visit, "section": "people", "form": form, "seat": found, "own": own}
    return render(request, "people/choices.html", page)


@require_POST
def quotes(request: HttpRequest, project_id: UUID, seat_id: UUID) -> HttpResponse:
    agrees = request.POST.get("agree") == "yes"
    change = operations.agree_to_quotes if agrees else operations.withdraw_quotes
    change(by=request.user, project_id=project_id, seat_id=seat_id, key=key_of(request.POST))
    messages.success(
        request,
        _("Consent to quotes is given.")
        if agrees
        else _("Consent is withdrawn. The words are public nowhere."),
    )
    return redirect("people:seat", project_id, seat_id)


@require_POST
def invite(request: HttpRequest, project_id: UUID, seat_id: UUID) -> HttpResponse:
    """The link is shown in this one answer: its token is kept nowhere."""
    visit, found = queries.seat_to_change(request.user, project_id, seat_id)
    key = key_of(request.POST)
    token = _token(key)
    try:
        project_operations.invite(
            by=request.user, project_id=project_id, person=found.person, token=token, key=key
        )
    except Refused as refused:
        return render(request, "people/seat.html", _page(visit, found) | {"refused": list(refused.findings)})
    address = request.build_absolute_uri(reverse("projects:join", args=[token]))
    if project_operations.link_signs_in(found.person):
        page = _page(visit, found) | {"address": address}
        return render(request, "people/invitation.html", page)
    _send(request, found.person.email, visit.project.title, address)
    return redirect("people:seat", project_id, seat_id)


def _token(key: UUID | None) -> str:
    """The same press of the button gives the same link, so that the page of a second press does not lie."""
    if key is None:
        return project_operations.new_token()
    return salted_hmac("coproduce.invitation", str(key), algorithm="sha256").hexdigest()


def _send(request: HttpRequest, email: str | None, title: str, address: str) -> None:
    if settings.COPRODUCE_DEMO:
        messages.info(request, _("The invitation is made. The demo sends no e-mail."))
        return
    # A subject shows on locked screens: it names neither person nor project.
    words = _("You are invited to take part in “%(title)s”.\n\nOpen this page to begin:\n%(address)s\n")
    text = words % {"title": title, "address": address}
    try:
        send_mail(_("You are invited to take part"), text, None, [str(email)])
    except (OSError, SMTPException) as failed:
        # The kind of failure only: the server's own words can hold the address.
        log.error("An invitation was not sent: %s", type(failed).__name__)
        messages.error(request, _("We cannot send e-mail just now. Wait a few minutes, then try again."))
    else:
        messages.success(request, _("The invitation is on its way by e-mail."))


def _page(visit: projects.Visit, seat: Seat) -> dict[str, Any]:
    needs = list(queries.needs_of_seat(seat))
    return {
        "visit": visit,
        "section": "people",
        "seat": seat,
        "own": seat.person_id == visit.person.pk,
        "rows": _rows(seat),
        "chosen": _chosen(seat),
        "may_quote": rules.may_quote(seat),
        "needs": needs,
        "findings": [
            *rules.withdrawn_words_are_shown_nowhere(seat),
            *rules.old_needs_are_asked_again(needs, clock.today()),
        ],
        "may_run": visit.may(SEAT, Purpose.RUN),
        "may_invite": visit.may(ROLES, Purpose.ADMINISTER),
    }


def _rows(seat: Seat) -> list[tuple[str, Any]]:
    others = ", ".join(sorted(group.name for group in seat.other_groups.all()))
    return [
        (_("Number"), seat.code),
        (_("Main group"), seat.main_group.name),
        (_("Also in"), others),
        (_("Who they are here"), seat.about),
        (_("Speaks"), Capacity(seat.capacity).label),
        (_("Organisation"), seat.organisation),
        (_("Reach by"), ContactRoute(seat.contact_route).label),
    ]


def _chosen(seat: Seat) -> list[tuple[str, Any]]:
    return [
        (_("Named in public"), Acknowledgement(seat.acknowledgement).label),
        (_("The name others will read"), queries.credit_line(seat)),
        (_("Wants to hear what came of it"), _("Yes") if seat.wants_outcomes else _("No")),
        (_("Wants the annual review"), _("Yes") if seat.wants_review else _("No")),
        (_("Supporter"), seat.supporter),
    ]


def _change(request: HttpRequest, project_id: UUID, seat_id: UUID, form: SeatForm) -> None:
    typed = dict(form.cleaned_data)
    main, others = typed.pop("main_group"), typed.pop("other_groups")
    operations.change_seat(
        by=request.user, project_id=project_id, seat_id=seat_id, main_group_id=UUID(main),
        other_group_ids=[UUID(other) for other in others], changes=typed, key=form.key,
    )  # fmt: skip
