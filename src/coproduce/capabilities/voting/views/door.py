"""Who stands before a ballot: somebody signed in, or a browser with its token."""

import secrets
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse

from coproduce.capabilities.people import queries as people
from coproduce.core import clock
from coproduce.core.access import NotThere

from .. import queries, rules
from ..models import Ballot, Statement, Voter

_YEAR = 365 * 24 * 3600
_TOKEN_BYTES = 24


@dataclass
class Door:
    """`person` is None where nobody is signed in; then the token of the cookie says who comes back."""

    ballot: Ballot
    person: Any
    token: str

    @property
    def key(self) -> str:
        """With which their votes are found; empty for a browser that has not begun."""
        return self.key_with(self.token) if self.person or self.token else ""

    def key_with(self, token: str) -> str:
        if self.person:
            return queries.key_of_person(self.ballot.pk, self.person.pk)
        return queries.key_of_cookie(self.ballot.pk, token)

    def new_token(self) -> str:
        return secrets.token_urlsafe(_TOKEN_BYTES)

    @property
    def author_key(self) -> str:
        return queries.author_key(self.ballot.pk, str(self.person.pk) if self.person else self.token)

    @property
    def is_asked_for_group(self) -> bool:
        """Of the people of the project it is known; a browser is asked once."""
        return self.own_group_id() is None

    def own_group_id(self) -> UUID | None:
        group = people.group_of(self.person, self.ballot.project_id) if self.person else None
        return group.pk if group else None

    @property
    def may_vote_now(self) -> bool:
        return self.is_taking and bool(self.key)

    @property
    def is_taking(self) -> bool:
        return not list(rules.votes_are_taken(self.ballot.state, self.ballot.closes_on, today=clock.today()))

    @cached_property
    def voter(self) -> Voter | None:
        return queries.voter_with_key(self.ballot, self.key) if self.key else None

    def has_begun(self) -> bool:
        return self.voter is not None

    def own_votes(self) -> dict[int, int]:
        return queries.own_votes(self.voter) if self.voter else {}

    def statements(self) -> list[Statement]:
        """In this voter's own order."""
        return queries.in_order_for(self.ballot, self.key, list(queries.statements_to_vote_on(self.ballot)))

    def counted(self) -> list[Statement]:
        return list(queries.counted_statements(self.ballot))

    def own_statements(self) -> list[Statement]:
        if not (self.person or self.token):
            return []
        found = queries.own_statements(self.ballot, self.author_key)
        said = queries.last_words(self.ballot) if found else {}
        for one in found:
            one.said = said.get(one.pk)  # type: ignore[attr-defined]
        return found

    def page(self, **more: Any) -> dict[str, Any]:
        return {"ballot": self.ballot, "door": self, **more}


def at_the_door(request: HttpRequest, link: str) -> Door | HttpResponse:
    """Whoever is not signed in is sent there, also for a link that is not there: it tells them nothing."""
    ballot = queries.ballot_with_link(link)
    person = request.user if request.user.is_authenticated else None
    if person is None and not (ballot and ballot.is_public):
        return redirect_to_login(request.get_full_path())
    if ballot is None:
        raise NotThere
    queries.voter_door(person, ballot)
    token = "" if person else request.get_signed_cookie(queries.cookie_name(), default="", max_age=_YEAR)
    return Door(ballot, person, str(token))


def keep_token(response: HttpResponse, door: Door, token: str) -> HttpResponse:
    """One token a browser; on each ballot it makes another key, so that nobody is followed from one to the next."""
    if door.person is None:
        response.set_signed_cookie(
            queries.cookie_name(), token, max_age=_YEAR, path="/", httponly=True, samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )  # fmt: skip
    return response
