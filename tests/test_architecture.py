"""The order of the house, where imports cannot show it. import-linter keeps the rest (.importlinter)."""

import importlib
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support import architecture as house
from tests.support.architecture import Tree

ROOT = Path(__file__).parents[1]
REAL_DATA = ROOT.parent / "shared" / "data"
HOUSE = Tree(ROOT)
Checker = Callable[[Tree], Iterator[str]]


@pytest.mark.parametrize("checker", house.CHECKERS, ids=lambda checker: checker.__name__)
def test_the_house_keeps(checker: Checker) -> None:
    broken = list(checker(HOUSE))
    assert not broken, "\n".join(["", *broken])


RULES = "src/coproduce/capabilities/people/rules.py"
MODELS = "src/coproduce/capabilities/people/models.py"
PAGE = "src/coproduce/capabilities/people/templates/people/page.html"
DOOR, KEY = house.others_come_in_by_the_front_door, house.foreign_keys_are_quoted_and_one_way
BAD = [
    (DOOR, MODELS, "from coproduce.capabilities.accounts.models import Person\n"),
    (DOOR, MODELS, "from ..accounts import models\n"),
    (DOOR, MODELS, "import coproduce.capabilities.accounts.views\n"),
    (DOOR, "src/coproduce/outward/x.py", "from ..capabilities.people import forms\n"),
    (KEY, MODELS, "k = models.ForeignKey(Person, related_name='+')\n"),
    (KEY, MODELS, "k = models.ForeignKey('accounts.Person')\n"),
    (KEY, MODELS, "k = ForeignKey('accounts.Person', related_name='seats')\n"),
    (KEY, MODELS, "k = ForeignKey('rounds.Round', related_name='+')\n"),
    (house.no_reverse_accessors, MODELS, "def f(project): return project.group_set.all()\n"),
    (house.words_rules_and_events_are_pure, RULES, "from django.db import models\n"),
    (house.words_rules_and_events_are_pure, RULES, "from coproduce.core import clock\n"),
    (house.words_rules_and_events_are_pure, RULES, "def f(): return date.today()\n"),
    (house.one_clock, MODELS, "def f(): return timezone.now()\n"),
    (house.files_stand_in_known_rooms, "src/coproduce/capabilities/people/helpers.py", ""),
    (house.files_stand_in_known_rooms, "src/coproduce/capabilities/sundries/models.py", ""),
    (house.nothing_is_marked_safe, MODELS, "from django.utils.safestring import mark_safe\n"),
    (house.nothing_is_marked_safe, MODELS, "def f(words): return SafeString(words)\n"),
    (house.nothing_is_marked_safe, PAGE, "{{ answer|safe }}"),
    (house.nothing_is_marked_safe, PAGE, "{% autoescape off %}{{ answer }}{% endautoescape %}"),
    (house.nothing_inline, PAGE, '<p style="color: red">'),
    (house.nothing_inline, PAGE, '<a href="#" onclick="go()">'),
    (house.nothing_inline, PAGE, "<script>go()</script>"),
    (house.modules_stay_small, MODELS, "x = 1\n" * 601),
    (house.functions_stay_short, MODELS, "def f():\n" + "    x = 1\n" * 40),
    (house.nothing_is_left_unfinished, MODELS, f"# {house.WORDS_FOR_LATER[0]}: later\n"),
]
GOOD = [
    (MODELS, "from ..accounts.queries import person\nk = ForeignKey('accounts.Person', related_name='+')\n"),
    (RULES, "from django.utils.translation import gettext_lazy as _\nfrom .terms import Aim\n"),
    (PAGE, '<script src="/static/x.js"></script><a href="/">{{ words }}</a>'),
]


@pytest.mark.parametrize("checker,path,text", BAD)
def test_each_checker_finds_a_bad_sample(checker: Checker, path: str, text: str, tmp_path: Path) -> None:
    sample = tmp_path / path
    sample.parent.mkdir(parents=True)
    sample.write_text(text)
    assert list(checker(Tree(tmp_path)))


@pytest.mark.parametrize("path,text", GOOD)
def test_a_good_sample_passes_every_checker(path: str, text: str, tmp_path: Path) -> None:
    sample = tmp_path / path
    sample.parent.mkdir(parents=True)
    sample.write_text(text)
    assert not [found for checker in house.CHECKERS for found in checker(Tree(tmp_path))]


def test_every_rule_of_this_installation_is_named_by_a_test() -> None:
    for source in HOUSE.product:
        if source.capability and source.room in {"rules", "operations", "models"}:
            importlib.import_module(".".join(source.parts))
    from coproduce.core.findings import all_rules

    ids = [rule.id for rule in all_rules()]
    assert not house.rules_without_a_test(ids, HOUSE)


def test_a_rule_that_no_test_names_is_found(tmp_path: Path) -> None:
    test = tmp_path / "tests/test_rules.py"
    test.parent.mkdir()
    test.write_text("def test_R60_an_end_date_is_a_date(): ...\n")
    assert house.rules_without_a_test(["R6", "R60", "R601"], Tree(tmp_path)) == ["R6", "R601"]


@pytest.mark.skipif(not REAL_DATA.is_dir(), reason="../shared/data does not stand beside this checkout")
def test_no_text_of_the_shared_data_is_in_the_project() -> None:
    ours = _our_words()
    assert "co-production" in ours
    found = [line for line in _sample(_long_lines(REAL_DATA), 600) if line in ours]
    assert not found, found[:5]


def _our_words() -> str:
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(listing, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    texts = (_text(ROOT / name) for name in listed.split("\0") if name and (ROOT / name).is_file())
    return " ".join(" ".join(texts).split())


def _long_lines(folder: Path) -> list[str]:
    lines = {" ".join(line.split()) for path in sorted(folder.rglob("*")) if path.suffix in {".md", ".csv"}
             for line in _text(path).splitlines()}  # fmt: skip
    return sorted(line for line in lines if len(line) >= 70 and line.count(" ") >= 8)


def _sample(lines: list[str], most: int) -> list[str]:
    step = max(1, len(lines) // most)
    return lines[::step]


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


CAPABILITIES = "coproduce/capabilities"
UPWARDS = [
    ("coproduce/core/clock.py", "from coproduce.ui import forms\n"),
    ("coproduce/ui/forms.py", "from coproduce.capabilities.people import terms\n"),
    ("coproduce_engine/sums.py", "import coproduce.core\n"),
    (f"{CAPABILITIES}/accounts/queries.py", "from coproduce.capabilities.people import queries\n"),
    (f"{CAPABILITIES}/people/models.py", "from coproduce.capabilities.people import operations\n"),
    (f"{CAPABILITIES}/people/rules.py", "from coproduce.core import clock\n"),
    (f"{CAPABILITIES}/sundries/terms.py", ""),
    ("coproduce/helpers.py", ""),
]


@pytest.mark.parametrize("path,text", UPWARDS)
def test_import_linter_finds_a_step_upwards(path: str, text: str, tmp_path: Path) -> None:
    _build_a_sample(tmp_path)
    sample = tmp_path / path
    sample.parent.mkdir(exist_ok=True)
    (sample.parent / "__init__.py").touch()
    sample.write_text(text)
    assert _lint(tmp_path) == 1


def test_import_linter_finds_nothing_in_a_sound_house(tmp_path: Path) -> None:
    _build_a_sample(tmp_path)
    assert _lint(tmp_path) == 0


def _build_a_sample(folder: Path) -> None:
    """A small house of the same shape."""
    rooms = [
        f"{CAPABILITIES}/{name}/{room}"
        for name in ("accounts", "people")
        for room in ("models", "operations")
    ]
    files = [*rooms, *(f"{CAPABILITIES}/people/{room}" for room in ("queries", "rules", "terms", "events"))]
    for name in [
        *files,
        "coproduce/core/clock",
        "coproduce/ui/forms",
        "coproduce/outward/x",
        "coproduce/config/x",
        "coproduce/core/ledger",
        "coproduce/core/models",
        "coproduce/core/operations",
        "coproduce_engine/sums",
    ]:
        module = folder / f"{name}.py"
        module.parent.mkdir(parents=True, exist_ok=True)
        for package in [module.parent, *module.parent.parents]:
            if package.is_relative_to(folder) and package != folder:
                (package / "__init__.py").touch()
        module.touch()


def _lint(folder: Path) -> int:
    """By the real contracts."""
    linter = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"]
    found = subprocess.run(
        [*linter, "--config", ROOT / ".importlinter", "--no-cache"],
        cwd=folder,
        capture_output=True,
        text=True,
    )
    assert "Traceback" not in found.stderr, found.stderr
    return found.returncode
