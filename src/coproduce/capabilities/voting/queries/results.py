"""Where the results of a ballot are read: a capability above says it."""

from collections.abc import Callable

from ..models import Ballot

# Given a ballot, and whether the reader holds its link only; no query.
Finder = Callable[[Ballot, bool], str]
_finders: list[Finder] = []


def results_are_read_at(finder: Finder) -> None:
    """From now on the pages of a ballot lead there."""
    if finder not in _finders:
        _finders.append(finder)


def results_address(ballot: Ballot, *, with_link: bool) -> str:
    """Empty where nobody has said so, and for a draft."""
    return "" if ballot.is_draft else next((finder(ballot, with_link) for finder in _finders), "")
