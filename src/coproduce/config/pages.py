"""Pages that belong to no capability."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest, RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_GET, require_POST
from django.views.i18n import set_language

from coproduce.capabilities.projects import queries as projects
from coproduce.core.findings import STRENGTH_WORDS, all_rules
from coproduce.outward.portfolio import queries as portfolio


@login_not_required
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    if not request.user.is_authenticated:
        return redirect("demo_people" if settings.COPRODUCE_DEMO else "account_login")
    # A manager of several projects sees all of them at once; the plain list is one link away.
    if "all" not in request.GET and portfolio.manages_several(request.user):
        return redirect("portfolio:portfolio")
    page = {
        "projects": projects.projects_of(request.user),
        "may_start": projects.may_start_project(request.user),
    }
    return render(request, "config/home.html", page)


@login_not_required
@require_GET
def rules(request: HttpRequest) -> HttpResponse:
    rows = [{"rule": rule, "strength": STRENGTH_WORDS[rule.strength]} for rule in all_rules()]
    return render(request, "config/rules.html", {"rows": rows})


@login_not_required
@require_GET
def health(request: HttpRequest) -> HttpResponse:
    """Says that the server answers; reads and tells nothing else."""
    return JsonResponse({"status": "ok"})


@login_not_required
@require_POST
def change_language(request: HttpRequest) -> HttpResponse:
    return set_language(request)


def bad_request(request: HttpRequest, exception: BadRequest | RequestDataTooBig) -> HttpResponse:
    # Without the request: its host name may be what is wrong with it.
    too_much = isinstance(exception, RequestDataTooBig)
    return HttpResponse(render_to_string("400.html", {"too_much": too_much}), status=400)
