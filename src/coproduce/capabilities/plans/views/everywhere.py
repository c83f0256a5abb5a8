"""One person's things over all projects; a manager's people; the calendar's address; reminders."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from coproduce.core import clock
from coproduce.core.access import NotThere
from coproduce.ui.components import component
from coproduce.ui.forms import key_of
from coproduce.ui.tables import Column, Filter, Table

from .. import operations, queries
from ..forms import RemindersForm
from ..queries import Load, Thing
from ..queries.everywhere import KINDS
from .actions import rag_tag

# Of the plans to review, so many stand under the people; the others have a page of their own.
NEXT_REVIEWS = 10


@require_GET
def my_list(request: HttpRequest) -> HttpResponse:
    """Everything with a date that is mine, over all my projects; the next end first."""
    things = queries.things_of(request.user)
    handovers = list(queries.handovers_of_person(request.user))
    passed = queries.handed_over_in(handovers)
    page = {
        "late": queries.late(things, clock.today()),
        "handovers": [(handover, passed.get(handover.pk, [])) for handover in handovers],
        "owners": {thing.project.pk: thing.project for thing in things if thing.owned and thing.line},
    }
    return _table(things, name="my-actions").respond(request, "plans/my_list.html", page)


@require_GET
def managed(request: HttpRequest) -> HttpResponse:
    """Who carries how much in the projects that I manage."""
    found = queries.managed_by(request.user)
    table = Table(
        rows=found.loads, columns=_load_columns(), caption=_("Who carries how much"),
        empty=_("Nobody carries anything yet"),
        search=lambda rows, words: [one for one in rows if words.casefold() in one.person.shown_name.casefold()],
        search_label=_("Search names"), name="people-and-actions",
        order="",
    )  # fmt: skip
    next_ones = [(thing, _when(thing)) for thing in found.reviews[:NEXT_REVIEWS]]
    return table.respond(request, "plans/managed.html", {"found": found, "reviews": next_ones})


@require_GET
def to_review(request: HttpRequest) -> HttpResponse:
    """Every plan that I manage, by the day of its next review."""
    table = Table(
        rows=queries.plans_to_review(request.user),
        columns=[
            Column("project", _("Project"), value="project.title", sort="project.title", link=lambda thing: thing.href),
            Column("day", _("Next review"), sort="day"),
            Column("state", _("How it stands"), value=_when),
        ],
        search=_found, search_label=_("Search projects"), caption=_("Plans to review"),
        empty=_("No plan of yours has an action yet"), name="plans-to-review", order="day",
    )  # fmt: skip
    return table.respond(request, "plans/to_review.html")


@require_GET
def person(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """What one person carries in the projects that I manage."""
    whose, things = queries.things_of_person_for(request.user, person_id)
    table = _table(things, name="actions-of-a-person")
    return table.respond(request, "plans/person.html", {"whose": whose})


@require_http_methods(["GET", "POST"])
def calendar(request: HttpRequest) -> HttpResponse:
    """My calendar's secret address: made, made anew, and taken back."""
    if request.method == "POST":
        return _change_feed(request)
    feed = queries.feed_of(request.user)
    address = ""
    if feed is not None:
        path = reverse("calendar:feed", args=[feed.pk.hex, queries.secret_of(feed)])
        address = request.build_absolute_uri(path)
    response = render(request, "plans/calendar.html", {"feed": feed, "address": address})
    # The address is a key: it stays in no cache and goes to no other site.
    response["Cache-Control"] = "no-store"
    return response


def _change_feed(request: HttpRequest) -> HttpResponse:
    key = key_of(request.POST)
    if "revoke" in request.POST:
        try:
            operations.revoke_feed(by=request.user, key=key)
        except NotThere:
            return redirect("plans:calendar")
        messages.success(request, _("The address works no more."))
    else:
        operations.renew_feed(by=request.user, key=key)
        messages.success(request, _("There is a new address. The one before works no more."))
    return redirect("plans:calendar")


@require_http_methods(["GET", "POST"])
def reminders(request: HttpRequest) -> HttpResponse:
    form = RemindersForm(request.POST or None, initial={"wanted": queries.wants_reminders(request.user)})
    if request.method == "POST" and form.is_valid():
        operations.choose_reminders(by=request.user, wanted=bool(form.cleaned_data["wanted"]), key=form.key)
        messages.success(request, _("Your choice is saved."))
        return redirect("plans:my_list")
    return render(
        request, "plans/reminders.html", {"form": form, "last": queries.last_reminder(request.user)}
    )


def _table(things: list[Thing], *, name: str) -> Table:
    projects = {str(thing.project.pk): thing.project.title for thing in things}
    return Table(
        rows=things, columns=_columns(), caption=_("Actions, checks and reviews, the next end first"),
        filters=[
            Filter("kind", _("Kind"), list(KINDS.items()), lambda rows, v: [one for one in rows if one.kind == v]),
            Filter("project", _("Project"), sorted(projects.items(), key=lambda pair: str(pair[1]).casefold()),
                   lambda rows, v: [one for one in rows if str(one.project.pk) == v]),
        ],
        search=_found, search_label=_("Search words and numbers"), empty=_("Nothing is waiting for you"), name=name,
        order="day",
    )  # fmt: skip


def _columns() -> list[Column]:
    return [
        Column("day", _("End"), sort="day"),
        Column("words", _("What"), value=_what, link=lambda thing: thing.href, sort="words"),
        Column("kind", _("Kind"), value="label", sort="kind"),
        Column("project", _("Project"), value="project.title", sort="project.title"),
        Column("role", _("You"), value=_role),
        Column("state", _("How it stands"), value=_when),
    ]


def _what(thing: Thing) -> str:
    return f"{thing.ref} {thing.words}".strip()


def _role(thing: Thing) -> Any:
    if thing.line is None:
        return _("Check it") if thing.kind == "check" else _("Review it")
    return _("Own it") if thing.owned else _("Share it")


def _when(thing: Thing) -> Any:
    if thing.line is not None:
        return rag_tag(thing.line)
    late = (clock.today() - thing.day).days
    if late <= 0:
        return _("Due")
    words = ngettext("%(days)d day late", "%(days)d days late", late) % {"days": late}
    return component("tag", {"text": words, "classes": "govuk-tag--red"})


def _found(things: Iterable[Thing], words: str) -> list[Thing]:
    sought = words.casefold()
    return [one for one in things if sought in f"{one.ref} {one.words} {one.project.title}".casefold()]


def _load_columns() -> list[Column]:  # noqa: N802
    def count(key: str, heading: str) -> Column:
        return Column(key, heading, sort=key, numeric=True)

    return [
        Column("person", _("Person"), value="person.shown_name", sort=lambda load: load.person.shown_name.casefold(),
               link=_to_person),
        count("open", _("Open")), count("late", _("Late")), count("moved_twice", _("Moved twice")),
        count("soon", _("End in 14 days")), count("checks_due", _("Checks due")),
    ]  # fmt: skip


def _to_person(load: Load) -> str:
    return reverse("plans:person", args=[load.person.pk])
