"""Whose own pages these are: of who is signed in, or of a guest whom another capability knows."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from .. import queries
from ..queries import Guest

OwnPage = Callable[[HttpRequest, UUID, UUID, Guest], HttpResponse]


def own_page(view: OwnPage) -> Callable[[HttpRequest, UUID, UUID], HttpResponse]:
    """Gives the view who answers; sends others to the sign-in."""

    @wraps(view)
    def known(request: HttpRequest, project_id: UUID, round_id: UUID) -> HttpResponse:
        guest = queries.guest_at(request, round_id)
        if guest is None and not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        back = reverse("rounds:round", args=[project_id, round_id])
        return view(request, project_id, round_id, guest or Guest(request.user, back))

    return login_not_required(known)


def frame(request: HttpRequest, who: Guest) -> str:
    """A guest sees no pages that lead to a sign-in."""
    is_guest = not request.user.is_authenticated or request.user.pk != who.person.pk
    return "rounds/guest_page.html" if is_guest else "rounds/_page.html"
