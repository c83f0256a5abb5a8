"""When to be silent."""

import ast
import inspect
import subprocess
import sys
from pathlib import Path

import pytest

import coproduce_engine
from coproduce_engine import noise
from coproduce_engine.what_may_be_said import (
    Answers,
    Figure,
    SharedObject,
    cell,
    could_be_recognised,
    may_be_said,
    may_test,
)

ENGINE = Path(coproduce_engine.__file__).parent


@pytest.mark.parametrize("answers", Answers)
@pytest.mark.parametrize("people", range(1, 8))
def test_below_eight_people_only_the_picture(answers: Answers, people: int) -> None:
    said = may_be_said(answers, people)
    assert Figure.PICTURE in said
    assert not said & {Figure.TEST, Figure.INTERVAL, Figure.AGREEMENT, Figure.NOISE, Figure.RANKING}
    assert not may_test(people)


def test_from_eight_people_on_figures_with_their_interval() -> None:
    for answers in Answers:
        assert Figure.INTERVAL in may_be_said(answers, 8)
    assert {Figure.AGREEMENT, Figure.NOISE, Figure.TEST} <= may_be_said(Answers.LEVEL_2, 8)
    assert Figure.TEST in may_be_said(Answers.TWICE, 8)


def test_level_one_is_never_called_noise() -> None:
    for people in range(500):
        assert not may_be_said(Answers.LEVEL_1, people) & {Figure.NOISE, Figure.AGREEMENT, Figure.TEST}
    assert Answers.LEVEL_1 not in {shared.value for shared in SharedObject}


def test_every_function_about_noise_asks_which_shared_object() -> None:
    about_ratings = [
        function
        for name, function in inspect.getmembers(noise, inspect.isfunction)
        if function.__module__ == noise.__name__ and name != "mean_difference_of_two_judges"
    ]
    assert len(about_ratings) == 4
    for function in about_ratings:
        of = inspect.signature(function).parameters["of"]
        assert (of.kind, of.default) == (of.KEYWORD_ONLY, of.empty)


def test_small_cells_are_not_counted_out() -> None:
    assert [cell(count) for count in (0, 1, 4, 5, 12)] == [0, None, None, 5, 12]
    with pytest.raises(ValueError):
        cell(-1)


def test_R31_one_or_two_answers_could_be_recognised() -> None:
    assert [could_be_recognised(count) for count in (0, 1, 2, 3)] == [False, True, True, False]


def test_nobody_says_nothing() -> None:
    assert may_be_said(Answers.LEVEL_2, 0) == frozenset()
    with pytest.raises(ValueError):
        may_be_said(Answers.LEVEL_2, -1)


def test_only_modules_that_need_scipy_import_it_and_the_light_ones_do_not_bring_it_in() -> None:
    heavy = {path.stem for path in ENGINE.glob("*.py") if "scipy" in _imported(path)}
    assert heavy == {"concordance", "first_voice_people", "icc", "paired_variances", "table_effect"}
    light = sorted(
        f"coproduce_engine.{path.stem}" for path in ENGINE.glob("[a-z]*.py") if path.stem not in heavy
    )
    code = f"import sys, {', '.join(light)}; sys.exit('scipy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def _imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name.split(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found
