"""The product's addresses, and two that only a measurement has: a bare one-row insert, and an announcement."""

import json

from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from bench.insert.models import Row
from coproduce.config.urls import urlpatterns as ours
from coproduce.core.live import announce


def insert(request: HttpRequest) -> HttpResponse:
    """What any view pays that keeps one answer of a signed-in person: the same middleware, one row, one commit."""
    values = request.POST.dict()
    with transaction.atomic():
        Row._default_manager.create(
            person_id=request.user.pk, key=values["request_key"], words=json.dumps(values)
        )
    return redirect("home")


@csrf_exempt
@login_not_required
def tell(request: HttpRequest) -> HttpResponse:
    announce(request.POST["topic"], int(request.POST["seq"]))
    return HttpResponse(status=204)


handler400 = "coproduce.config.pages.bad_request"
urlpatterns = [*ours, path("bench/insert/", insert), path("bench/tell/", tell)]
