"""A vote that was held elsewhere comes in whole, once, or not at all."""

from pathlib import Path
from typing import Any

import pytest

from coproduce.capabilities.accounts.operations import add_command_line, add_person
from coproduce.capabilities.people.models import Group
from coproduce.capabilities.people.operations import add_group
from coproduce.capabilities.projects.models import Project
from coproduce.capabilities.projects.operations import start_project
from coproduce.capabilities.voting.models import Ballot, Statement, Vote, Voter
from coproduce.capabilities.voting.queries import votes_of
from coproduce.capabilities.voting.terms import Standing
from coproduce.core.access import NotThere
from coproduce.core.models import Entry, Payload
from coproduce.outward.vote_files.bringing import import_votes
from coproduce_engine.opinion.polis_files import BadFile

pytestmark = pytest.mark.django_db
REAL = Path(__file__).parents[6] / "shared/data/polis"
COMMENTS = "comment-id,moderated,comment-body\n4,1,Beds first\n7,1,=Stairs first\n9,-1,Something rude\n"
VOTES = "comment-id,voter-id,vote\n4,0,1\n4,0,-1\n7,0,0\n4,1,1\n9,1,1\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "votes-of-may"
    found.mkdir()
    (found / "comments.csv").write_text(COMMENTS)
    (found / "votes.csv").write_text(VOTES)
    (found / "summary.csv").write_text("topic,What first?\nconversation-description,We asked in May.\n")
    (found / "groups.csv").write_text("participant,group\n0,Carers\n1,Nurses\n")
    return found


@pytest.fixture
def machine(db: None) -> Any:
    return add_command_line()


def counts() -> list[int]:
    return [table.objects.count() for table in (Project, Group, Ballot, Statement, Voter, Vote, Entry)]


def test_a_closed_ballot_holds_the_statements_the_current_votes_and_the_groups(
    folder: Path, machine: Any
) -> None:
    made = import_votes(by=machine, folder=folder)
    ballot = Ballot.objects.get(pk=made.ballot_id)
    assert (ballot.title, ballot.intro, ballot.state) == ("What first?", "We asked in May.", "closed")
    assert (ballot.votes_at_close, ballot.people_at_close) == (4, 2)
    assert ballot.digest
    said = (
        Statement.objects.filter(ballot=ballot).order_by("number").values_list("number", "text", "standing")
    )
    assert list(said) == [
        (1, "Beds first", Standing.ACCEPTED), (2, "=Stairs first", Standing.ACCEPTED),
        (3, "Something rude", Standing.DECLINED),
    ]  # fmt: skip
    votes = {
        (vote.voter.group.name, vote.statement.number): vote.value
        for vote in Vote.objects.select_related("voter__group", "statement")
    }
    assert votes == {("Carers", 1): -1, ("Carers", 2): 0, ("Nurses", 1): 1, ("Nurses", 3): 1}
    assert votes_of(ballot).votes.count == 3


def test_the_same_votes_once_more_write_nothing(folder: Path, machine: Any) -> None:
    first = import_votes(by=machine, folder=folder)
    before = counts()
    assert import_votes(by=machine, folder=folder) == first
    assert counts() == before


def test_other_votes_are_another_ballot(folder: Path, machine: Any) -> None:
    first = import_votes(by=machine, folder=folder)
    (folder / "votes.csv").write_text(VOTES.replace("7,0,0", "7,0,1"))
    assert import_votes(by=machine, folder=folder).ballot_id != first.ballot_id


@pytest.mark.parametrize("last", ["add_group", "votes", "close"])
def test_what_fails_half_way_leaves_no_trace(
    last: str, folder: Path, machine: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each step once breaks after it has written."""
    from coproduce.capabilities.voting.operations import bringing
    from coproduce.outward.vote_files import bringing as outward

    class Broken(Exception):
        pass

    def then_break(function: Any) -> Any:
        def run(*args: Any, **kwargs: Any) -> Any:
            function(*args, **kwargs)
            raise Broken

        return run

    where: dict[str, tuple[Any, str]] = {
        "add_group": (outward.people, "add_group"),
        "votes": (Vote.objects, "bulk_create"),
        "close": (bringing, "close_ballot"),
    }
    holder, name = where[last]
    before = counts()
    monkeypatch.setattr(holder, name, then_break(getattr(holder, name)))
    with pytest.raises(Broken):
        import_votes(by=machine, folder=folder)
    assert counts() == before


@pytest.mark.parametrize(
    "comments,says",
    [
        (COMMENTS + "11,1, \n", "the statement 11 has no words"),
        (COMMENTS + f"11,1,{'x' * 281}\n", "the statement 11 has 281 letters; a ballot takes 280"),
        (COMMENTS + "11,2,x\n", "comments.csv, line 5: moderated is 2"),
    ],
)
def test_what_a_ballot_cannot_hold_is_refused_by_name(
    comments: str, says: str, folder: Path, machine: Any
) -> None:
    (folder / "comments.csv").write_text(comments)
    before = counts()
    with pytest.raises(BadFile, match=says):
        import_votes(by=machine, folder=folder)
    assert counts() == before


def test_into_a_project_with_its_own_groups_by_a_facilitator_only(folder: Path, machine: Any) -> None:
    facilitator = add_person(by=machine, name="Fay", email="fay@example.org")
    facilitator.is_installation_administrator = True
    facilitator.save()
    project = start_project(by=facilitator, title="Home", summary="After hospital.")
    carers = add_group(by=facilitator, project_id=project.pk, name="Carers", kind="carers")
    made = import_votes(by=facilitator, folder=folder, project_id=project.pk)
    assert made.project_id == project.pk
    names = Group.objects.filter(project=project).order_by("code").values_list("name", flat=True)
    assert list(names) == ["Carers", "Nurses"]
    assert Voter.objects.filter(ballot_id=made.ballot_id, group=carers).count() == 1
    stranger = add_person(by=machine, name="Sam", email="sam@example.org")
    with pytest.raises(NotThere):
        import_votes(by=stranger, folder=folder, project_id=project.pk)


def test_the_ledger_names_no_vote_and_no_number_of_the_files(folder: Path, machine: Any) -> None:
    import_votes(by=machine, folder=folder)
    numbers = set(map(str, Voter.objects.values_list("number", flat=True)))
    told = " ".join(str(one.content) for one in Payload.objects.all())
    assert not [number for number in numbers if number in told]
    assert "'value'" not in told


@pytest.mark.skipif(not REAL.exists(), reason="../shared/data does not stand beside this checkout")
def test_a_real_conversation_comes_in_with_every_vote(machine: Any) -> None:
    made = import_votes(by=machine, folder=REAL / "brexit-consensus")
    ballot = Ballot.objects.get(pk=made.ballot_id)
    assert (ballot.votes_at_close, ballot.people_at_close) == (5303, 204)
