from collections.abc import Iterable
from datetime import date
from types import SimpleNamespace
from uuid import UUID, uuid4

import pytest

from coproduce.capabilities.barriers import rules
from coproduce.capabilities.barriers.rules import Raisers
from coproduce.capabilities.barriers.terms import CheckBack, Response, WhoActs
from coproduce.core.findings import Finding, Strength

RAISER, GROUP, STRANGER = uuid4(), uuid4(), uuid4()
RAISERS = Raisers(people=frozenset({RAISER}), groups=frozenset({GROUP}))


def strengths(findings: Iterable[Finding]) -> list[Strength]:
    return [finding.strength for finding in findings]


@pytest.mark.parametrize("now", ["It was late.", "it was late", "It was late "])
def test_R32_words_that_differ_at_all_are_refused(now: str) -> None:
    assert strengths(rules.words_stay_as_they_were("It was late", now)) == [Strength.REFUSE]


def test_R32_the_same_words_pass() -> None:
    assert not list(rules.words_stay_as_they_were("It was late", "It was late"))


def test_R33_a_merged_barrier_names_everyone_who_raised_it() -> None:
    (found,) = rules.merging_shows_all_raisers(["Maureen", "Desmond"])
    assert "Maureen, Desmond" in str(found.message)


def test_R33_one_raiser_needs_no_list() -> None:
    assert not list(rules.merging_shows_all_raisers(["Maureen"]))


@pytest.mark.parametrize("wrong", ["same", "already_merged", "into_is_merged"])
def test_a_merge_that_could_not_be_undone_alone_is_refused(wrong: str) -> None:
    facts = dict.fromkeys(["same", "already_merged", "into_is_merged"], False)
    assert not list(rules.merging_is_possible(**facts))
    assert strengths(rules.merging_is_possible(**facts | {wrong: True})) == [Strength.REFUSE]


@pytest.mark.parametrize(
    "rated,has_to,refused", [(False, True, True), (True, True, False), (False, False, False)]
)
def test_R34_ratings_are_hidden_until_ones_own_is_given(rated: int, has_to: int, refused: bool) -> None:
    assert (
        bool(list(rules.own_rating_comes_first(has_rated=bool(rated), has_to_rate=bool(has_to)))) is refused
    )


def gone(person: UUID, groups: Iterable[UUID], said: str = CheckBack.GONE) -> list[Finding]:
    return list(rules.only_raisers_say_gone(said, person=person, groups=groups, raisers=RAISERS))


def test_R35_the_raiser_and_their_group_say_gone() -> None:
    assert not gone(RAISER, [])
    assert not gone(STRANGER, [uuid4(), GROUP])


def test_R35_anyone_else_who_says_gone_is_refused() -> None:
    assert strengths(gone(STRANGER, [uuid4()])) == [Strength.REFUSE]


def test_R35_is_about_gone_and_nothing_else() -> None:
    assert not gone(STRANGER, [], said=CheckBack.SMALLER)


def barrier(**facts: object) -> SimpleNamespace:
    return SimpleNamespace(
        **{"ref": "B08", "response": "none_yet", "importance": 4, "owner_id": None, "due": None} | facts
    )


def at_sign_off(*barriers: SimpleNamespace) -> list[Finding]:
    return list(rules.important_barriers_without_response(barriers, at_sign_off=True))


NAMED = {"owner_id": uuid4(), "due": date(2026, 2, 27)}


def test_R36_an_important_barrier_without_response_is_a_warning() -> None:
    (found,) = rules.important_barriers_without_response([barrier(), barrier(ref="B30", importance=3)])
    assert (found.strength, found.subject) == (Strength.WARN, "B08")


def test_R36_a_response_ends_the_warning() -> None:
    assert not list(rules.important_barriers_without_response([barrier(response=Response.ACCEPT)]))


@pytest.mark.parametrize("missing", ["owner_id", "due"])
def test_R36_at_sign_off_each_needs_a_person_and_a_date(missing: str) -> None:
    at_sign_off = rules.important_barriers_without_response(
        [barrier(**NAMED | {missing: None})], at_sign_off=True
    )
    assert strengths(at_sign_off) == [Strength.REFUSE]


def test_R36_at_sign_off_a_person_and_a_date_leave_the_warning() -> None:
    assert strengths(rules.important_barriers_without_response([barrier(**NAMED)], at_sign_off=True)) == [
        Strength.WARN
    ]


def enable_test(response: str = Response.REDUCE, **facts: object) -> list[Finding]:
    usual: dict[str, object] = {"who_acts": "", "lets_people": "Sleep", "owner": STRANGER, "raisers": RAISERS}
    return list(rules.a_response_enables_people(response, **usual | facts))  # type: ignore[arg-type]


def test_R37_a_response_that_leaves_the_work_to_those_affected_is_a_warning() -> None:
    assert strengths(enable_test(who_acts=WhoActs.PEOPLE_AFFECTED)) == [Strength.WARN]


def test_R37_the_raiser_as_owner_is_a_warning_until_it_is_said_who_acts() -> None:
    assert strengths(enable_test(owner=RAISER)) == [Strength.WARN]
    assert not enable_test(owner=RAISER, who_acts=WhoActs.TOGETHER)


def test_R37_a_response_says_what_it_lets_people_do() -> None:
    assert [finding.subject for finding in enable_test(lets_people=" ")] == ["lets_people"]
    assert not enable_test()


def test_R37_accepting_a_barrier_enables_nobody_and_is_not_asked() -> None:
    assert not enable_test(Response.ACCEPT, lets_people="")


def test_a_response_is_explained() -> None:
    assert strengths(rules.a_response_is_explained(Response.ACCEPT, "  ")) == [Strength.REFUSE]
    assert not list(rules.a_response_is_explained(Response.NONE_YET, ""))
