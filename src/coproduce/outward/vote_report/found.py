"""What was found in one conversation, and what a reader asks of it: shares, ranges, what is held most."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from importlib.metadata import version

import numpy as np

from coproduce.core import clock
from coproduce_engine.checks import Interval
from coproduce_engine.opinion.cluster import switch_advice
from coproduce_engine.opinion.conversation import NO_GROUP, Conversation
from coproduce_engine.opinion.estimator import OpinionMap
from coproduce_engine.opinion.results import Analysis, Shared, Side, Tally
from coproduce_engine.shares import wilson

# Surely more than half.
HELD = 0.5


@dataclass(frozen=True)
class Split:
    """A statement that parts of everybody stand on both sides of; `least` of each side, at the least."""

    statement: int
    tally: Tally
    least: float


@dataclass(frozen=True)
class Found:
    """One conversation and its analysis, with all that is needed to make the same figures again."""

    conversation: Conversation
    analysis: Analysis
    method: str
    seed: int
    small_number: int
    version: str
    made_at: datetime
    advice: str | None = None

    @property
    def counted(self) -> list[int]:
        """The places of the statements that count, in their order."""
        out = set(self.analysis.left_out)
        return [place for place in range(self.analysis.statements) if place not in out]

    def text(self, statement: int) -> str:
        return self.conversation.statements[statement].text

    def number(self, statement: int) -> str:
        return self.conversation.statements[statement].id

    @cached_property
    def shared(self) -> Sequence[Shared]:
        """Common ground: over the groups given; without any, over everybody as one group."""
        given = self.analysis.given
        return given.common if given is not None else self._shared_by_everybody()

    @property
    def common(self) -> list[Shared]:
        """What more than half of each group surely holds."""
        return [one for one in self.shared if one.least > HELD]

    @cached_property
    def split(self) -> list[Split]:
        """What divides everybody, the most even first. Both sides must have enough people to be shown."""
        found = []
        for place in self.counted:
            tally = self.analysis.everybody[place]
            smaller = min(tally.agree, tally.disagree)
            if smaller >= self.small_number:
                found.append(Split(place, tally, wilson(smaller, tally.seen).low))
        return sorted(found, key=lambda one: (-one.least, one.statement))

    @cached_property
    def by_group(self) -> list[list[Tally | None]]:
        """For each given group each statement's tally; None where fewer saw it than may be shown."""
        return [self._tallies(group) for group in range(len(self.conversation.groups))]

    def _tallies(self, group: int) -> list[Tally | None]:
        votes = self.conversation.votes
        own = votes.of_people(np.array(self.conversation.group_of) == group)
        counts = (
            np.bincount(own.statement[own.value == value], minlength=own.statements).tolist()
            for value in (1, -1, 0)
        )
        tallies = (Tally(*three) for three in zip(*counts, strict=True))
        return [one if one.seen >= self.small_number else None for one in tallies]

    def _shared_by_everybody(self) -> list[Shared]:
        found = []
        for place in self.counted:
            tally = self.analysis.everybody[place]
            if tally.seen >= self.small_number:
                side = Side.AGREE if tally.agree >= tally.disagree else Side.DISAGREE
                part, least = tally.on(side) / tally.seen, wilson(tally.on(side), tally.seen).low
                found.append(Shared(place, side, least, 0, (tally,), part, part))
        return sorted(found, key=lambda one: (-one.least, one.statement))


def interval(tally: Tally, side: Side) -> Interval | None:
    return wilson(tally.on(side), tally.seen) if tally.seen else None


def find(conversation: Conversation, *, method: str, seed: int, small_number: int) -> Found:
    """The whole analysis of a conversation."""
    has_groups = any(group != NO_GROUP for group in conversation.group_of)
    fitted = OpinionMap(method=method, random_state=seed, least_to_show=small_number).fit(
        conversation.votes,
        np.array(conversation.group_of) if has_groups else None,
        group_names=conversation.groups if has_groups else None,
        left_out=conversation.left_out,
    )
    return Found(
        conversation, fitted.analysis_, method, seed, small_number, version("coproduce"), clock.now(),
        switch_advice(conversation.votes.people, conversation.votes.count),
    )  # fmt: skip


def with_attribution(conversation: Conversation, words: str) -> Conversation:
    return replace(conversation, attribution=words) if words else conversation
