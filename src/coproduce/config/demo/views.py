"""Signing in as one of the example people; not among the addresses of a real installation."""

from uuid import UUID

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from coproduce.capabilities.accounts import queries as accounts
from coproduce.core.access import NotThere

from . import cards

_BACKEND = "django.contrib.auth.backends.ModelBackend"


@login_not_required
@require_GET
def people(request: HttpRequest) -> HttpResponse:
    return render(request, "demo/people.html", {"groups": cards.by_group()})


@login_not_required
@require_POST
def sign_in(request: HttpRequest, person_id: UUID) -> HttpResponse:
    if not settings.COPRODUCE_DEMO or person_id not in cards.known():
        raise NotThere
    login(request, accounts.person(person_id), backend=_BACKEND)
    return redirect("home")
