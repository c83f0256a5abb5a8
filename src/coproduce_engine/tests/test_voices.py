from hypothesis import given
from hypothesis import strategies as st

from coproduce_engine.voices import voice_ratios

COUNTS = st.dictionaries(st.sampled_from("ABCDE"), st.integers(0, 60))


def test_the_second_lab_of_the_scenario() -> None:
    turns = dict(zip("12345", (21, 18, 24, 22, 11), strict=True))
    present = dict(zip("12345", (5, 4, 4, 2, 2), strict=True))
    ratios = voice_ratios(turns, present)
    assert [round(ratios[group] or 0, 2) for group in "12345"] == [0.74, 0.80, 1.06, 1.95, 0.97]


def test_nobody_there_or_nobody_heard_gives_no_figure() -> None:
    assert voice_ratios({"A": 3, "B": 1}, {"A": 2, "B": 0}) == {"A": 0.75, "B": None}
    assert voice_ratios({}, {"A": 2}) == {"A": None}
    assert voice_ratios({}, {}) == {}


@given(turns=COUNTS, present=COUNTS)
def test_weighted_by_people_the_ratios_are_one_when_only_those_present_speak(
    turns: dict[str, int], present: dict[str, int]
) -> None:
    spoke = {group: count for group, count in turns.items() if present.get(group)}
    ratios = voice_ratios(spoke, present)
    if sum(spoke.values()):
        people = sum(present.values())
        assert abs(sum((ratios[g] or 0) * n / people for g, n in present.items()) - 1) < 1e-9
