"""The organisation's calendar: kept by the administrator of the installation, read by those who lead a project."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from coproduce.core.access import Purpose
from coproduce.ui.forms import key_of
from coproduce.ui.sending import posted, sent

from .. import operations, queries
from ..forms import PeriodForm
from .common import done


@require_http_methods(["GET", "POST"])
def calendar(request: HttpRequest) -> HttpResponse:
    purpose = Purpose.READ if request.method == "GET" else Purpose.ADMINISTER
    queries.visit_calendar(request.user, purpose)
    form = PeriodForm(posted(request))
    if sent(request, form, lambda: operations.add_period(by=request.user, key=form.key, **form.cleaned_data)):
        return done(request, _("It is in the calendar."), "calendar")
    person: Any = request.user
    shown = {"form": form, "periods": list(queries.periods()), "may_keep": queries.may_keep_calendar(person)}
    return render(request, "consultation/calendar.html", shown)


@require_POST
def remove_period(request: HttpRequest, period_id: UUID) -> HttpResponse:
    queries.visit_calendar(request.user, Purpose.ADMINISTER)
    operations.remove_period(by=request.user, period_id=period_id, key=key_of(request.POST))
    return redirect("consultation:calendar")
