"""A conversation with all that a report has to tell: camps of opinion, stakeholder groups, one of them too small."""

import numpy as np

from coproduce_engine.opinion.conversation import NO_GROUP, Conversation, SaidStatement
from coproduce_engine.opinion.votes import Votes

GROUPS = ("Carers", "Leaders <of all>", "Nurses", "Porters")
# Wicked words: markup, a formula, another script, line breaks.
TEXTS = ("<script>alert(1)</script> & beds", "=1+1", "用路人的安全最重要", "Two\nlines", "Plain words")


def a_conversation(
    *, people: int = 120, statements: int = 20, camps: int = 2, groups: bool = True, seed: int = 1
) -> Conversation:
    """Camps, and less so groups, differ on all but every fourth statement, which everybody holds.

    Three in ten votes are missing.
    """
    chance = np.random.default_rng(seed)
    camp = np.arange(people) % max(camps, 1)
    mind = (
        chance.choice([-0.85, 0.85], size=(max(camps, 1), statements)) if camps else np.zeros((1, statements))
    )
    mind[:, ::4] = 0.9
    drawn = chance.uniform(-1, 1, size=(people, statements))
    table = np.where(drawn < mind[camp], 1.0, -1.0)
    table[chance.random(table.shape) < 0.08] = 0
    table[chance.random(table.shape) < 0.3] = np.nan
    given = np.where(chance.random(people) < 0.6, camp, chance.integers(0, 3, size=people))
    given[:3] = 3
    given[people - 1] = NO_GROUP
    said = tuple(
        SaidStatement(str(i), TEXTS[i % len(TEXTS)] + f" {i}", moderated=-1 if i == statements - 1 else 1)
        for i in range(statements)
    )
    return Conversation(
        topic="What <matters> here",
        people=tuple(map(str, range(people))),
        statements=said,
        votes=Votes.from_table(table),
        attribution="Data by somebody, CC BY 4.0",
        groups=GROUPS if groups else (),
        group_of=tuple(given.tolist()) if groups else (),
        notes=("Something was odd.",),
    )
