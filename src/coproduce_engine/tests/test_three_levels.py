"""The worked round of domain.md §3.3, from its table of answers to its figures."""

import pytest

from coproduce_engine import three_levels as engine

# person: group, level 1, level 2, perceived intention
ANSWERS = {
    "P01": ("G1", 1, -1, "save"), "P02": ("G1", 0, -1, "beds"), "P03": ("G1", -1, -2, "save"),
    "P04": ("G1", -2, -2, "save"), "P05": ("G1", 1, 0, "care"), "P06": ("G1", 2, 0, "beds"),
    "P07": ("G1", -1, -1, "save"), "P08": ("G2", -2, -1, "save"), "P09": ("G2", -2, -2, "beds"),
    "P10": ("G2", -1, 0, "save"), "P11": ("G2", 0, -1, None), "P12": ("G2", 1, -1, "care"),
    "P13": ("G3", -1, -2, "save"), "P14": ("G3", 2, 1, "care"), "P15": ("G3", 1, 1, "beds"),
    "P16": ("G3", -1, -1, None), "P17": ("G3", 0, -1, "save"), "P18": ("G4", 2, 2, "care"),
    "P20": ("G4", 1, 1, "save"), "P22": ("G5", 0, -1, "save"), "P23": ("G5", 1, -1, "care"),
    "P24": ("G5", 2, 1, "beds"),
}  # fmt: skip
MOVED = {"P02": 1, "P04": 1, "P08": 1, "P09": 1, "P13": 1, "P22": 1, "P14": -1, "P18": -1}
GROUPS = ["G1"] * 7 + ["G2"] * 5 + ["G3"] * 5 + ["G4"] * 3 + ["G5"] * 4


def picked(intention: str | None) -> set[str]:
    return {intention} if intention else set()


def test_independence_is_twenty_two_of_twenty_four() -> None:
    share = engine.independence(sealed_on_time=len(ANSWERS), invited=len(GROUPS))
    assert (share.part, share.whole, share.percent) == (22, 24, 91.7)


def test_nobody_invited_gives_no_rate() -> None:
    assert engine.independence(sealed_on_time=0, invited=0).percent is None


def test_response_by_group() -> None:
    shares = engine.response_by_group(GROUPS, [answer[0] for answer in ANSWERS.values()])
    assert {group: (share.part, share.whole) for group, share in shares.items()} == {
        "G1": (7, 7), "G2": (5, 5), "G3": (5, 5), "G4": (2, 3), "G5": (3, 4),
    }  # fmt: skip


def test_a_group_of_which_nobody_answered_shows_nought() -> None:
    assert engine.response_by_group(["G1", "G2"], ["G1"])["G2"].part == 0


@pytest.mark.parametrize("level,expected,over_all", [
    (1, {"G1": 0.00, "G2": -0.80, "G3": 0.20, "G4": 1.50, "G5": 1.00}, 0.14),
    (2, {"G1": -1.00, "G2": -1.00, "G3": -0.40, "G4": 1.50, "G5": -0.33}, -0.55),
])  # fmt: skip
def test_mean_of_each_level_by_group(level: int, expected: dict[str, float], over_all: float) -> None:
    pairs = [(answer[0], answer[level]) for answer in ANSWERS.values()]
    means = engine.means_by_group(pairs)
    assert {group: round(value, 2) for group, value in means.items()} == expected
    assert round(engine.mean(rating for _group, rating in pairs), 2) == over_all


def test_skipped_ratings_count_nowhere() -> None:
    assert engine.mean([2, None, 1]) == 1.5
    assert engine.mean([None]) is None
    assert engine.level_contrast([(None, 1), (1, None), (0, 1)]) == engine.Contrast(0, 0, 1)
    assert engine.shift([(1, None), (None, 2)]) is None


def test_level_two_is_lower_for_thirteen_equal_for_seven_higher_for_two() -> None:
    found = engine.level_contrast((answer[1], answer[2]) for answer in ANSWERS.values())
    assert (found.lower, found.equal, found.higher, found.people) == (13, 7, 2, 22)


def test_perceived_intentions_are_ten_five_five_and_two_do_not_know() -> None:
    table = engine.intention_table((answer[0], picked(answer[3])) for answer in ANSWERS.values())
    assert [engine.in_groups(table, intent) for intent in ("save", "beds", "care")] == [10, 5, 5]
    assert sum(answer[3] is None for answer in ANSWERS.values()) == 2
    assert table["save"] == {"G1": 4, "G2": 2, "G3": 2, "G4": 1, "G5": 1}
    assert engine.in_groups(table, "law") == 0


def test_someone_who_names_two_intents_counts_once_in_each() -> None:
    table = engine.intention_table([("G1", ["save", "care"])])
    assert table == {"save": {"G1": 1}, "care": {"G1": 1}}


def test_fifteen_of_twenty_two_name_a_stated_intent() -> None:
    share = engine.match([picked(answer[3]) for answer in ANSWERS.values()], {"care", "save"})
    assert (share.part, share.whole, share.percent) == (15, 22, 68.2)


def test_six_moved_up_two_down_and_views_came_closer() -> None:
    pairs = [(answer[1], answer[1] + MOVED.get(person, 0)) for person, answer in ANSWERS.items()]
    found = engine.shift(pairs)
    assert found is not None
    assert (found.up, found.down, found.moved, found.people) == (6, 2, 8, 22)
    assert (round(found.mean_before, 2), round(found.mean_after, 2)) == (0.14, 0.32)
    assert (round(found.sd_before, 2), round(found.sd_after, 2)) == (1.32, 1.02)
    assert found.convergence is not None
    assert round(found.convergence, 2) == 0.23


def test_people_who_all_agreed_before_cannot_converge() -> None:
    found = engine.shift([(1, 1), (1, 2)])
    assert found is not None
    assert found.convergence is None
