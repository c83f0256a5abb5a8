"""Ballots of every project, for whoever keeps up with the votes."""

from django.db.models import QuerySet

from ..models import Ballot
from ..terms import State


def open_ballots() -> QuerySet[Ballot]:
    return Ballot.objects.filter(state=State.OPEN).select_related("project")


def closed_ballots() -> QuerySet[Ballot]:
    return Ballot.objects.filter(state=State.CLOSED).select_related("project")
