"""Who is asked to a lab, what they need in order to come, and who came."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from coproduce.capabilities.people import queries as people
from coproduce.capabilities.people import rules as people_rules
from coproduce.core import clock
from coproduce.core.access import NotThere, Purpose
from coproduce.ui.sending import posted, sent
from coproduce.ui.tables import Column, Filter, Table

from .. import operations, queries, rules
from ..forms import ArrangeForm, AttendForm, InviteForm
from ..queries import NeedLine
from ..terms import Met
from .common import done, form_page, label_tag, page_of


@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest, project_id: UUID, lab_id: UUID) -> HttpResponse:
    visit, lab = queries.lab_for(request.user, project_id, lab_id, Purpose.RUN)
    now = [str(row.seat_id) for row in queries.invited_to(lab)]
    form = InviteForm(posted(request), initial={"seats": now}, seats=people.seats_of(project_id))
    if sent(request, form, lambda: operations.invite(
        by=request.user, project_id=project_id, lab_id=lab_id, seat_ids=form.chosen, key=form.key
    )):  # fmt: skip
        return done(request, _("The list of people invited is saved."), "lab", project_id, lab_id)
    page = page_of(visit, lab, form=form, facilitation=queries.facilitation_of(project_id))
    return render(request, "labs/invite.html", page)


@require_GET
def access(request: HttpRequest, project_id: UUID, lab_id: UUID) -> HttpResponse:
    """R15 and R16: the needs of those who are invited, without names and without reasons."""
    visit, lab = queries.access_plan_for(request.user, project_id, lab_id)
    needs, today = queries.access_plan(lab), clock.today()
    figures = queries.figures(lab)
    page = page_of(
        visit, lab,
        tag=label_tag(figures),
        for_a_venue=people_rules.for_a_venue(needs),
        findings=[
            *rules.unmet_needs_warn_near_the_day(needs, day=lab.date, today=today),
            *people_rules.unshared_needs_are_counted(needs),
            *people_rules.old_needs_are_asked_again(needs, today),
        ],
    )  # fmt: skip
    return _needs_table(project_id, lab_id, needs).respond(request, "labs/access.html", page)


def _needs_table(project_id: UUID, lab_id: UUID, needs: list[NeedLine]) -> Table:
    return Table(
        rows=needs,
        columns=[
            Column(
                "need", _("Need"), sort="need",
                link=lambda need: reverse("labs:arrange", args=[project_id, lab_id, need.id]),
            ),
            Column("kind", _("Kind"), sort="kind"),
            Column("state", _("Looked after?"), value="state.label", sort="state"),
            Column("arranged_by", _("Arranged by")),
            Column("share_with_venue", _("May be shared with the venue")),
        ],
        filters=[
            Filter(
                "state", _("Looked after?"), Met.choices,
                lambda rows, value: [one for one in rows if one.state == value],
            )
        ],
        caption=_("Access plan"), empty=_("No access needs of people who are invited"), name="access-plan",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def arrange(request: HttpRequest, project_id: UUID, lab_id: UUID, need_id: UUID) -> HttpResponse:
    visit, lab = queries.access_plan_for(request.user, project_id, lab_id)
    need = next((one for one in queries.access_plan(lab) if one.id == need_id), None)
    if need is None:
        raise NotThere
    form = ArrangeForm(posted(request), initial={"state": need.state, "arranged_by": need.arranged_by})
    if sent(request, form, lambda: operations.arrange(
        by=request.user, project_id=project_id, lab_id=lab_id, need_id=need_id, key=form.key, **form.cleaned_data
    )):  # fmt: skip
        return done(request, _("The access plan is saved."), "access", project_id, lab_id)
    back = reverse("labs:access", args=[project_id, lab_id])
    return form_page(request, visit, form, title=need.need, lab=lab, back=back, back_text=_("Access plan"))


@require_http_methods(["GET", "POST"])
def attendance(request: HttpRequest, project_id: UUID, lab_id: UUID) -> HttpResponse:
    """Who came, by group; a later correction leaves what was written before in the ledger."""
    visit, lab = queries.lab_for(request.user, project_id, lab_id, Purpose.RUN)
    groups = list(people.groups_of(project_id))
    figures = queries.figures(lab)
    initial: dict[str, Any] = {
        AttendForm.name_of(group): line.attended if lab.is_held else None
        for group, line in zip(groups, figures.groups, strict=True)
    }
    initial["seats"] = [str(pk) for pk in queries.came_to(lab)]
    form = AttendForm(posted(request), initial=initial, groups=groups, seats=people.seats_of(project_id))
    if sent(request, form, lambda: operations.attend(
        by=request.user, project_id=project_id, lab_id=lab_id, attended=form.numbers(), seat_ids=form.chosen,
        key=form.key,
    )):  # fmt: skip
        return done(request, _("Who came is written down."), "record", project_id, lab_id)
    return form_page(
        request, visit, form, lab=lab, title=_("Who came to %(code)s?") % {"code": lab.code},
        lead=_("People by group. Who came decides what the lab may be called; nobody chooses the label."),
    )  # fmt: skip
