from .grid import FACILITATOR, Row
from .voting import a_closed_ballot, an_open_ballot
from .world import World


def closed(world: World) -> dict[str, object]:
    return dict(a_closed_ballot(world))


def still_open(world: World) -> dict[str, object]:
    return dict(an_open_ballot(world))


ROWS = [
    Row("vote_files:download", kwargs=closed, allowed={FACILITATOR}),
    # While people vote nobody has the votes.
    Row("vote_files:download", kwargs=still_open, allowed=set()),
]
