"""What simulations with a known pull give back, and a fit by hand."""

import numpy as np
import pytest

from coproduce_engine.first_voice_people import Reading, personal_pull


def evenings(
    beta: float, seed: int, *, sessions: int = 30, prompts: int = 3, people: int = 8
) -> list[Reading]:
    """Each session has a mood of its own, so that people of one session are alike."""
    chance = np.random.default_rng(seed)
    made = []
    for session in range(sessions):
        mood = chance.normal(0, 0.5)
        for prompt in range(prompts):
            before = prompt + chance.normal(size=people)
            first = int(chance.integers(people))
            middle = np.delete(before, first).mean()
            after = 0.6 * before + 0.3 * middle + beta * (before[first] - middle) + mood
            made.append(Reading(prompt, session, before, after + 0.5 * chance.normal(size=people), first))
    return made


def test_without_chance_the_fit_is_exact() -> None:
    chance = np.random.default_rng(1)
    readings = []
    for session in range(4):
        for prompt in ("a", "b"):
            before = chance.normal(size=5)
            middle = before[1:].mean()
            after = {"a": 1.0, "b": -2.0}[prompt] + 0.5 * before + 0.25 * (before[0] - middle) + 0.1 * middle
            readings.append(Reading(prompt, session, before, after, 0))
    found = personal_pull(readings)
    assert (found.delta, found.beta, found.gamma) == pytest.approx((0.5, 0.25, 0.1))
    assert (found.people, found.sessions) == (32, 4)


@pytest.mark.parametrize("beta", [0.0, 0.3])
def test_the_interval_holds_the_truth_about_as_often_as_it_says(beta: float) -> None:
    held = [beta in personal_pull(evenings(beta, seed)).interval for seed in range(200)]
    assert 0.9 <= np.mean(held) <= 0.985


def test_alike_people_of_a_session_do_not_count_as_many() -> None:
    """Without clusters the error would be far too small when the session's mood goes with its first voice."""
    readings = evenings(0.3, seed=3)
    alone = [
        Reading(
            reading.prompt, (reading.session, reading.prompt), reading.before, reading.after, reading.first
        )
        for reading in readings
    ]
    assert personal_pull(readings).sessions == 30
    assert personal_pull(alone).sessions == 90
    assert personal_pull(readings).error != personal_pull(alone).error


@pytest.mark.parametrize("readings", [
    [], evenings(0, 1, sessions=1),
    [Reading("a", 1, [1, 2, 3], [1, 2, 3], 3), Reading("a", 2, [1, 2, 3], [1, 2, 3], 0)],
    [Reading("a", 1, [1, 1, 1], [1, 2, 3], 0), Reading("a", 2, [1, 1, 1], [1, 2, 3], 0)],
    [Reading("a", 1, [1, 2], [1, 2], 0), Reading("a", 2, [1, 2], [1, 2], 0)],
])  # fmt: skip
def test_readings_that_cannot_tell_are_refused(readings: list[Reading]) -> None:
    with pytest.raises(ValueError):
        personal_pull(readings)
