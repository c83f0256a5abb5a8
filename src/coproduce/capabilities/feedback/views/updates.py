"""News of a promise, written by whoever leads the project and read by everyone."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from coproduce.core import clock
from coproduce.core.access import NotThere, Purpose
from coproduce.core.findings import Refused

from .. import operations, queries
from ..forms import UpdateForm


@require_http_methods(["GET", "POST"])
def add_update(request: HttpRequest, project_id: UUID, statement_id: UUID) -> HttpResponse:
    visit, statement = queries.statement_for(request.user, project_id, statement_id, Purpose.RUN)
    promise = queries.promise_of(statement)
    if promise is None:
        raise NotThere
    form = UpdateForm(request.POST or None, initial={"on": clock.today()})
    if request.method == "POST" and form.is_valid():
        try:
            operations.add_update(
                by=request.user, project_id=project_id, statement_id=statement_id, key=form.key,
                **form.cleaned_data,
            )  # fmt: skip
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Everyone can read the update now."))
            return redirect("feedback:statements", project_id)
    page = {
        "visit": visit, "section": "feedback", "form": form, "statement": statement, "promise": promise,
        "overdue": promise.standing.overdue(clock.today()),
    }  # fmt: skip
    return render(request, "feedback/update.html", page)
