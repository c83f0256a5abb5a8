"""Which barriers a suggestion is about."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from coproduce.core.access import Purpose

from .. import operations, queries
from ..forms import BarriersForm
from .common import page_of


@require_http_methods(["GET", "POST"])
def link_barriers(request: HttpRequest, project_id: UUID, suggestion_id: UUID) -> HttpResponse:
    visit, found = queries.suggestion_for(request.user, project_id, suggestion_id, Purpose.RUN)
    refs = [barrier.ref for barrier in queries.linked_barriers(found)]
    form = BarriersForm(request.POST or None, initial={"barriers": ", ".join(refs)})
    if request.method == "POST" and form.is_valid():
        ids, unknown = queries.barriers_named(project_id, form.refs)
        if not unknown:
            operations.link_barriers(
                by=request.user, project_id=project_id, suggestion_id=suggestion_id, barrier_ids=ids,
                key=form.key,
            )  # fmt: skip
            return redirect("drafting:suggestion", project_id, suggestion_id)
        form.add_error("barriers", _("Nothing here is called %(refs)s.") % {"refs": ", ".join(unknown)})
    page = page_of(visit, found.document, "suggestions", suggestion=found, form=form)
    return render(request, "drafting/link_barriers.html", page)
