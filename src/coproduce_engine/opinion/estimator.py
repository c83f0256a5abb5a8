"""The whole analysis by one call: `OpinionMap().fit(votes).analysis_`.

It keeps scikit-learn's calling contract: the constructor only stores, `fit` checks and computes, what was found ends in
an underscore, chance is an argument (`random_state`), and nothing given is changed.
"""

import inspect
from collections.abc import Iterable, Sequence
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .checked import checked_groups, checked_parameters, checked_sums
from .components import AVAILABLE_CASE, SHRINKAGE
from .results import Analysis
from .steps import analyse
from .sums import PairSums
from .votes import Votes


class OpinionMap:
    """Opinion groups, what they hold, common ground across given groups, and where people stand.

    `method` "available-case" or "polis" (components.py); `least_votes` to be placed in a group; `most_groups` tried;
    `shrinkage` of the available-case covariance; `resamples` for the stability; `smallest_group` of people that is a
    group; `least_to_show`: fewer people of a given group, or votes of it on a statement, have no figure.
    """

    analysis_: Analysis
    components_: NDArray[np.float64]
    positions_: NDArray[np.float64]
    labels_: NDArray[np.int64]

    def __init__(
        self,
        method: str = AVAILABLE_CASE,
        *,
        least_votes: int = 7,
        most_groups: int = 5,
        shrinkage: float = SHRINKAGE,
        resamples: int = 20,
        smallest_group: int = 5,
        least_to_show: int = 5,
        random_state: int = 0,
    ) -> None:
        self.method = method
        self.least_votes = least_votes
        self.most_groups = most_groups
        self.shrinkage = shrinkage
        self.resamples = resamples
        self.smallest_group = smallest_group
        self.least_to_show = least_to_show
        self.random_state = random_state

    def fit(
        self,
        votes: Votes,
        groups: ArrayLike | None = None,
        *,
        group_names: Sequence[str] | None = None,
        left_out: Iterable[int] = (),
        sums: PairSums | None = None,
    ) -> Self:
        """`groups`: per person the place of their given group, −1 for none; `left_out`: statements that count not.

        `sums`: the pair sums of the votes that count, from a `VoteStream`; when absent, they are computed.
        """
        if not isinstance(votes, Votes):
            raise ValueError(
                "fit takes Votes: Votes.from_log(person, statement, vote) or Votes.from_table(table)."
            )
        parameters = checked_parameters(self.get_params())
        given = checked_groups(groups, group_names, votes.people)
        self.analysis_ = analyse(votes, parameters, given, left_out, checked_sums(sums, votes.statements))
        self.components_ = self.analysis_.components
        self.positions_ = self.analysis_.positions
        self.labels_ = self.analysis_.group_of
        return self

    def get_params(self, deep: bool = True) -> dict[str, Any]:
        return {name: getattr(self, name) for name in _names()}

    def set_params(self, **parameters: Any) -> Self:
        for name, value in parameters.items():
            if name not in _names():
                raise ValueError(f"OpinionMap has no parameter “{name}”. It has: {', '.join(_names())}.")
            setattr(self, name, value)
        return self

    def __repr__(self) -> str:
        """With the parameters that differ from the defaults."""
        defaults = inspect.signature(OpinionMap).parameters
        told = (f"{n}={v!r}" for n, v in self.get_params().items() if v != defaults[n].default)
        return f"OpinionMap({', '.join(told)})"


def _names() -> list[str]:
    return list(inspect.signature(OpinionMap).parameters)
