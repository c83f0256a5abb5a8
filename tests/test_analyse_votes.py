"""`coproduce analyse` on real conversations, against figures that plain loops over the files find."""

import csv
import json
import subprocess
import time
from collections import Counter, defaultdict
from math import sqrt
from pathlib import Path

import pytest

from tests.support.servers import command, environment

REAL = Path(__file__).parents[2] / "shared/data/polis"
FOUR = ("bg2050-volunteers", "brexit-consensus", "scoop-hivemind.biodiversity", "vtaiwan.uberx")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not REAL.exists(), reason="../shared/data does not stand beside this checkout"),
]
SMALL = 10


def run(*words: str, home: Path) -> "subprocess.CompletedProcess[str]":
    """With an empty home, so that anything made there shows."""
    outside = {**environment(), "HOME": str(home), "COPRODUCE_HOME": str(home / "none")}
    return subprocess.run(
        command("analyse", *words), capture_output=True, text=True, env=outside, timeout=120, check=False
    )


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def last_votes(folder: Path) -> dict[tuple[str, str], str]:
    """By person and statement; later rows of the same moment win."""
    found: dict[tuple[str, str], tuple[int, str]] = {}
    for row in rows(folder / "votes.csv"):
        key, at = (row["voter-id"], row["comment-id"]), int(row["timestamp"])
        if key not in found or at >= found[key][0]:
            found[key] = at, row["vote"]
    return {key: vote for key, (_at, vote) in found.items()}


def out(folder: Path) -> set[str]:
    return {
        row["comment-id"]
        for row in rows(folder / "comments.csv")
        if row["moderated"] == "-1" or row.get("is-meta") == "true"
    }


def low(part: int, whole: int) -> float:
    """Wilson's lower bound, from its formula."""
    z, share = 1.959963984540054, part / whole
    middle = share + z * z / (2 * whole)
    return (middle - z * sqrt(share * (1 - share) / whole + z * z / (4 * whole * whole))) / (
        1 + z * z / whole
    )


@pytest.fixture(scope="module", params=FOUR)
def told(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, dict, str, str]:  # type: ignore[type-arg]
    """Name, JSON, page and summary of one conversation with three groups dealt to its people."""
    folder, made = REAL / request.param, tmp_path_factory.mktemp("told")
    people = sorted({row["voter-id"] for row in rows(folder / "votes.csv")}, key=int)
    dealt = "".join(f"{person},{'ABC'[i % 3]}\n" for i, person in enumerate(people))
    (made / "groups.csv").write_text(f"participant,group\n{dealt}")
    began = time.monotonic()
    done = run(
        str(folder), "--groups", str(made / "groups.csv"), "--json", str(made / "out.json"),
        "--html", str(made / "out.html"), home=made,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert time.monotonic() - began < 60
    assert sorted(file.name for file in made.iterdir()) == ["groups.csv", "out.html", "out.json"]
    return (
        request.param,
        json.loads((made / "out.json").read_text()),
        (made / "out.html").read_text(),
        done.stdout,
    )


def test_every_tally_is_that_of_the_last_votes(told: tuple[str, dict, str, str]) -> None:  # type: ignore[type-arg]
    name, data, _page, _summary = told
    votes = last_votes(REAL / name)
    counted = Counter((statement, vote) for (_person, statement), vote in votes.items())
    for row in data["statements"]:
        if row["is_counted"]:
            found = (row["agree"], row["disagree"], row["pass"])
            assert found == tuple(counted[row["id"], vote] for vote in ("1", "-1", "0")), row["id"]
    left_out = out(REAL / name)
    assert {row["id"] for row in data["statements"] if not row["is_counted"]} == left_out
    counting = [key for key in votes if key[1] not in left_out]
    assert (data["people"], data["votes"]) == (
        len({person for person, _statement in counting}),
        len(counting),
    )


def test_common_ground_is_the_lowest_lower_bound_over_the_groups(told: tuple[str, dict, str, str]) -> None:  # type: ignore[type-arg]
    name, data, _page, _summary = told
    people = sorted({row["voter-id"] for row in rows(REAL / name / "votes.csv")}, key=int)
    group_of = {person: "ABC"[i % 3] for i, person in enumerate(people)}
    counts: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for (person, statement), vote in last_votes(REAL / name).items():
        counts[statement][group_of[person]][vote] += 1
    assert data["common_ground"]
    for one in data["common_ground"]:
        side = "1" if one["side"] == "agree" else "-1"
        groups = counts[one["id"]]
        bounds = {group: low(cast[side], sum(cast.values())) for group, cast in groups.items()}
        assert one["at_least"] == pytest.approx(min(bounds.values()), abs=1e-9)
        assert bounds[one["lowest_group"]] == pytest.approx(min(bounds.values()), abs=1e-9)
    ranked = [one["at_least"] for one in data["common_ground"]]
    assert ranked == sorted(ranked, reverse=True)


def test_the_summary_and_the_page_begin_with_common_ground(told: tuple[str, dict, str, str]) -> None:  # type: ignore[type-arg]
    name, data, page, summary = told
    assert summary.index("COMMON GROUND") < summary.index("WHAT DIVIDES") < summary.index("OPINION GROUPS")
    best = next(row for row in data["statements"] if row["id"] == data["common_ground"][0]["id"])
    assert " ".join(best["text"].split())[:40] in summary
    assert page.index('id="common-ground"') < page.index('id="divides"') < page.index('id="opinion-groups"')
    assert "<script" not in page


def test_bad_input_is_said_in_a_sentence_and_nothing_is_written(tmp_path: Path) -> None:
    folder = tmp_path / "damaged"
    folder.mkdir()
    for file in (REAL / "brexit-consensus").iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    (folder / "votes.csv").write_bytes((folder / "votes.csv").read_bytes() + b"1,today,0,0,often\r\n")
    done = run(str(folder), "--json", str(tmp_path / "out.json"), home=tmp_path)
    assert done.returncode == 1
    assert "votes.csv, line 5314: the vote is “often”" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out.json").exists()


def test_a_file_that_is_there_is_written_over_only_when_that_is_said(tmp_path: Path) -> None:
    file = tmp_path / "out.json"
    file.write_text("mine")
    words = (str(REAL / "brexit-consensus"), "--json", str(file))
    refused = run(*words, home=tmp_path)
    assert (refused.returncode, file.read_text()) == (1, "mine")
    assert "--overwrite" in refused.stderr
    assert run(*words, "--overwrite", home=tmp_path).returncode == 0
    assert json.loads(file.read_text())["format"] == "coproduce-votes-1"
