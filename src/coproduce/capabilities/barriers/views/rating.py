"""Rating the barriers: ten at a time, for oneself or from somebody's paper."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from coproduce.capabilities.projects.queries import Visit
from coproduce.core.access import Purpose
from coproduce.core.findings import Refused
from coproduce.ui.forms import key_of
from coproduce.ui.tables import Column, Table

from .. import operations, queries
from ..forms import RateForm
from ..models import Barrier, BarrierRating
from ..terms import BARRIER, Given
from .common import address, page_of, person_asked_for

AT_ONCE = 10
END = "end"


@dataclass(frozen=True)
class Sheet:
    """One person's way through the barriers."""

    visit: Visit
    person: Any
    barriers: Mapping[UUID, Barrier]
    mine: Mapping[UUID, BarrierRating]
    given: Mapping[UUID, Given]

    @property
    def ordered(self) -> list[Barrier]:
        return list(self.barriers.values())

    @property
    def pages(self) -> int:
        return -(-len(self.barriers) // AT_ONCE)

    @property
    def for_other(self) -> bool:
        return bool(self.person.pk != self.visit.person.pk)

    @property
    def progress(self) -> queries.Progress:
        return queries.progress_of(self.person, self.barriers, self.mine)

    def page(self, number: int) -> list[Barrier]:
        return self.ordered[AT_ONCE * (number - 1) : AT_ONCE * number]

    def first_waiting(self) -> int | None:
        """The page on which something is still to be rated."""
        return next(
            (i // AT_ONCE + 1 for i, one in enumerate(self.ordered) if one.pk not in self.given), None
        )

    def open(self, barriers: Sequence[Barrier]) -> list[Barrier]:
        """Those that can still be rated: what a person left out stays out, but a paper may say more."""
        return [one for one in barriers if self.for_other or not self._left_out(one)]

    def left_out(self, barriers: Sequence[Barrier]) -> list[Barrier]:
        return [one for one in barriers if self._left_out(one)]

    def typed_in_by(self, barriers: Sequence[Barrier]) -> list[Any]:
        """Who wrote down what stands on this page for the person."""
        rows = (self.mine[one.pk] for one in barriers if one.pk in self.mine)
        found = {row.entered_by_id: row.entered_by for row in rows if row.entered_by_id != row.person_id}
        return list(found.values())

    def _left_out(self, barrier: Barrier) -> bool:
        return barrier.pk in self.given and self.given[barrier.pk].left_out


@require_http_methods(["GET", "POST"])
def rate(request: HttpRequest, project_id: UUID) -> HttpResponse:
    visit = queries.visit_register(request.user, project_id, Purpose.CONTRIBUTE)
    sheet = _sheet(visit, person_asked_for(request, visit))
    number = _number(request, sheet)
    if request.method == "POST":
        return _keep(request, sheet, number)
    if number is None:
        return _end(request, sheet)
    return _page(request, sheet, number, _form(sheet, sheet.page(number)))


def _sheet(visit: Visit, person: Any) -> Sheet:
    project_id = visit.project.pk
    barriers, mine = queries.barriers_to_rate(project_id), queries.ratings_by(person, project_id)
    return Sheet(visit, person, barriers, mine, queries.given_by(person, barriers.values(), mine))


def _number(request: HttpRequest, sheet: Sheet) -> int | None:
    """The page that was asked for; without one, the first that waits; none at the end."""
    asked = request.GET.get("page", "")
    if asked.isascii() and asked.isdigit() and 1 <= int(asked[:6]) <= sheet.pages:
        return int(asked)
    return None if asked == END else sheet.first_waiting()


def _form(sheet: Sheet, barriers: Sequence[Barrier], data: Any = None) -> RateForm:
    return RateForm(data, barriers=sheet.open(barriers), given=sheet.given)


def _keep(request: HttpRequest, sheet: Sheet, number: int | None) -> HttpResponse:
    """The page says which barriers it asked about, so that a barrier added meanwhile moves no answer."""
    asked = set(request.POST.get("numbers", "").split())
    form = _form(sheet, [one for one in sheet.ordered if str(one.number) in asked], request.POST)
    if form.is_valid():
        new = {pk: given for pk, given in form.ratings().items() if sheet.given.get(pk) != given}
        try:
            if new:
                operations.rate_barriers(
                    by=request.user, project_id=sheet.visit.project.pk, ratings=new, key=form.key,
                    on_behalf_of=sheet.person,
                )  # fmt: skip
        except Refused as refused:
            form.refuse(refused)
        else:
            return redirect(_next(sheet, number))
    return _page(request, sheet, number or 1, form)


def _next(sheet: Sheet, number: int | None) -> str:
    page = number + 1 if number and number < sheet.pages else END
    return address(sheet.visit, "rate", sheet.person, page=page)


def _page(request: HttpRequest, sheet: Sheet, number: int, form: RateForm) -> HttpResponse:
    page = _base(sheet) | {
        "form": form,
        "number": number,
        "left_out": sheet.left_out(sheet.page(number)),
        "typed_in_by": sheet.typed_in_by(sheet.page(number)),
        "before": address(sheet.visit, "rate", sheet.person, page=number - 1) if number > 1 else "",
        "after": _next(sheet, number),
    }
    return render(request, "barriers/rate.html", page)


def _end(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    waiting = sheet.first_waiting()
    page = _base(sheet) | {
        "waiting_page": address(sheet.visit, "rate", sheet.person, page=waiting) if waiting else "",
        "change_page": address(sheet.visit, "rate", sheet.person, page=1),
        "rest": address(sheet.visit, "rate_rest", sheet.person),
    }
    return render(request, "barriers/rate_end.html", page)


def _base(sheet: Sheet) -> dict[str, Any]:
    group = queries.main_group_of(sheet.person, sheet.visit.project.pk)
    return page_of(
        sheet.visit, person=sheet.person, for_other=sheet.for_other, pages=sheet.pages, progress=sheet.progress,
        group=group, runs=sheet.visit.may(BARRIER, Purpose.RUN), total=len(sheet.barriers),
    )  # fmt: skip


@require_POST
def rate_rest(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """Leave the rest unsaid, and see what the groups said."""
    visit = queries.visit_register(request.user, project_id, Purpose.CONTRIBUTE)
    person = person_asked_for(request, visit)
    try:
        operations.leave_out_the_rest(
            by=request.user, project_id=project_id, on_behalf_of=person, key=key_of(request.POST)
        )
    except Refused as refused:
        messages.error(request, " ".join(str(finding.message) for finding in refused.findings))
        return redirect(address(visit, "rate", person, page=END))
    messages.success(request, _("Thank you. The rest is left out."))
    return redirect(
        "barriers:rating_progress" if person.pk != request.user.pk else "barriers:gaps", project_id
    )


@require_GET
def rating_progress(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """R34: how far each person is, in counts and without a figure, and the way to enter a paper."""
    visit = queries.visit_register(request.user, project_id, Purpose.RUN)
    table = Table(
        rows=queries.progress_by_person(project_id),
        columns=[
            Column(
                "person", _("Person"), value=lambda row: row.seat.person.shown_name,
                sort=lambda row: row.seat.person.shown_name,
                link=lambda row: address(visit, "rate", row.seat.person),
            ),
            Column("group", _("Group"), value="seat.main_group.code", sort="seat.main_group.code"),
            Column("rated", _("Rated"), value="progress.rated", sort="progress.rated", numeric=True),
            Column("left_out", _("Left out"), value="progress.left_out", numeric=True),
            Column("waiting", _("Wait"), value="progress.waiting", sort="progress.waiting", numeric=True),
        ],
        caption=_("How many barriers each person has rated"),
        empty=_("Nobody sits at the table yet"),
        name="barriers-rated",
        order="person",
    )  # fmt: skip
    return table.respond(request, "barriers/rating_progress.html", page_of(visit))
