"""Everyone at the table: the list, the mix, adding someone."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from coproduce.capabilities.projects import queries as projects
from coproduce.capabilities.projects.queries import Visit
from coproduce.core.access import Purpose
from coproduce.core.findings import Refused
from coproduce.ui.plots import Plot, bars
from coproduce.ui.tables import Column, Filter, Table

from .. import operations, queries
from ..forms import NewPersonForm
from ..models import Seat
from ..queries import Places
from ..terms import SEAT, Acknowledgement, ContactRoute, GroupKind, Mix


@require_GET
def people(request: HttpRequest, project_id: UUID) -> HttpResponse:
    visit = projects.visit(request.user, project_id, SEAT, Purpose.READ)
    places = queries.places_of(project_id)
    mix = queries.mix_from(places)
    page = {
        "visit": visit,
        "section": "people",
        "mix": mix,
        "sentence": queries.mix_sentence(mix),
        "chart": _chart(places, mix),
        "empty_chairs": [at for at in places if at.empty or at.group.missing],
        "mine": queries.seat_of(request.user, project_id),
        "may_run": visit.may(SEAT, Purpose.RUN),
    }
    table = _table(visit, places, whole="format" in request.GET)
    return table.respond(request, "people/people.html", page)


@require_http_methods(["GET", "POST"])
def add_person(request: HttpRequest, project_id: UUID) -> HttpResponse:
    visit = projects.visit(request.user, project_id, SEAT, Purpose.RUN)
    groups = list(queries.groups_of(project_id))
    known = queries.people_without_seat(project_id)
    form = NewPersonForm(request.POST or None, groups=groups, people=known)
    if request.method == "POST" and form.is_valid():
        try:
            seat = _add(request, project_id, form, known)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The person has a seat. You can invite them from this page."))
            return redirect("people:seat", project_id, seat.pk)
    page = {"visit": visit, "section": "people", "form": form, "groups": groups}
    return render(request, "people/add_person.html", page)


def _add(request: HttpRequest, project_id: UUID, form: NewPersonForm, known: list[Any]) -> Seat:
    typed = dict(form.cleaned_data)
    chosen = typed.pop("existing", "")
    person = next((person for person in known if str(person.pk) == chosen), None)
    main, others = typed.pop("main_group"), typed.pop("other_groups")
    return operations.add_seat(
        by=request.user, project_id=project_id, person=person, main_group_id=UUID(main),
        other_group_ids=[UUID(other) for other in others], key=form.key, **typed,
    )  # fmt: skip


def _chart(places: list[Places], mix: Mix) -> Plot | None:
    if not places:
        return None
    most = max(1, *(max(at.wanted, at.filled) for at in places))
    values = [(f"{at.group.code} {at.group.name}", float(at.filled)) for at in places]
    head = (_("Group"), _("Places filled"))
    drawn = bars(_("Who is at the table"), queries.mix_sentence(mix), values, head=head, most=most)
    rows = [(f"{at.group.code} {at.group.name}", at.wanted, at.filled, at.empty) for at in places]
    return replace(drawn, table_head=(head[0], _("Places wanted"), head[1], _("Empty")), table_rows=rows)


def _table(visit: Visit, places: list[Places], *, whole: bool) -> Table:
    """On the page what one looks for; in a file, for whoever runs the project, everything."""
    runs = visit.may(SEAT, Purpose.RUN)
    return Table(
        rows=queries.seats_of(visit.project.pk),
        columns=[*_shown_to_all(visit, runs), *(_shown_to_who_runs(whole) if runs else ())],
        filters=[
            Filter("group", _("Group"), [(at.group.code, at.group.name) for at in places], _in_group),
            Filter("kind", _("Kind of group"), GroupKind.choices, _of_kind),
        ],
        search=_search, caption=_("People"), empty=_("Nobody has a seat yet"), name="people", order="",
    )  # fmt: skip


def _shown_to_all(visit: Visit, runs: bool) -> list[Column]:
    def link(seat: Seat) -> str:
        mine = seat.person_id == visit.person.pk
        return reverse("people:seat", args=[visit.project.pk, seat.pk]) if runs or mine else ""

    return [
        Column("name", _("Name"), value="person.shown_name", sort="person__name", link=link),
        Column("code", _("Number"), sort="code"),
        Column("group", _("Main group"), value="main_group.name", sort="main_group__code"),
        Column("others", _("Also in"), value=_other_groups),
        Column("about", _("Who they are here")),
        Column("organisation", _("Organisation"), sort="organisation"),
    ]


def _shown_to_who_runs(whole: bool) -> list[Column]:
    contact = Column("contact", _("Reach by"), value=lambda seat: str(ContactRoute(seat.contact_route).label))
    if not whole:
        return [contact]
    return [
        contact,
        Column("named", _("Named as"), value=lambda seat: str(Acknowledgement(seat.acknowledgement).label)),
        Column("quotes", _("May be quoted"), value="quotable"),
        Column("wants_outcomes", _("Wants to hear outcomes")),
        Column("wants_review", _("Wants the annual review")),
    ]


def _other_groups(seat: Seat) -> str:
    return ", ".join(sorted(group.name for group in seat.other_groups.all()))


def _in_group(rows: QuerySet[Seat], code: str) -> QuerySet[Seat]:
    return rows.filter(Q(main_group__code=code) | Q(pk__in=rows.filter(other_groups__code=code).values("pk")))


def _of_kind(rows: QuerySet[Seat], kind: str) -> QuerySet[Seat]:
    return rows.filter(main_group__kind=kind)


def _search(rows: QuerySet[Seat], words: str) -> QuerySet[Seat]:
    fields = ("person__name", "person__display_name", "about", "organisation", "code")
    found = Q()
    for field in fields:
        found |= Q(**{f"{field}__icontains": words})
    return rows.filter(found)
