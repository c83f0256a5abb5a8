from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from coproduce.core.access import NotThere
from coproduce.core.findings import Refused

from . import operations, queries
from .forms import ClaimForm, DetailsForm
from .models import Person

BACKEND = "django.contrib.auth.backends.ModelBackend"


def claim_file() -> Path:
    """Where the one-time token of an unclaimed installation lies."""
    return Path(settings.COPRODUCE_HOME) / "claim.token"


@login_not_required
@require_http_methods(["GET", "POST"])
def claim(request: HttpRequest, token: str) -> HttpResponse:
    if queries.is_claimed() or not claim_file().exists():
        raise NotThere
    form = ClaimForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            person = operations.claim_installation(
                token=token, right_token=claim_file().read_text().strip(), name=form.cleaned_data["name"],
                email=form.cleaned_data["email"], key=form.key,
            )  # fmt: skip
        except Refused as refused:
            form.refuse(refused)
        else:
            claim_file().unlink(missing_ok=True)
            login(request, person, backend=BACKEND)
            return redirect("/")
    return render(request, "accounts/claim.html", {"form": form})


@require_http_methods(["GET", "POST"])
def details(request: HttpRequest) -> HttpResponse:
    person = request.user
    assert isinstance(person, Person)
    initial = {"name": person.name, "display_name": person.display_name, "language": person.language}
    form = DetailsForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_own_details(by=person, key=form.key, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Your details are saved."))
            return redirect("accounts:details")
    return render(request, "accounts/details.html", {"form": form})
