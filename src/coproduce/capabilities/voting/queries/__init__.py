"""Every read of ballots and votes that others may want, and the access doors."""

from .analysis import (
    NO_GROUP,
    BallotVotes,
    counted_statements,
    own_votes,
    people_count,
    smallest_group,
    voter_of,
    voter_with_cookie,
    voter_with_key,
    votes_count,
    votes_of,
)
from .keys import author_key, key_of_cookie, key_of_paper, key_of_person, paper_code, paper_code_typed

__all__ = [
    "NO_GROUP",
    "BallotVotes",
    "author_key",
    "counted_statements",
    "key_of_cookie",
    "key_of_paper",
    "key_of_person",
    "own_votes",
    "paper_code",
    "paper_code_typed",
    "people_count",
    "smallest_group",
    "voter_of",
    "voter_with_cookie",
    "voter_with_key",
    "votes_count",
    "votes_of",
]
