"""The invariants of the master copy that a database keeps: 2, 3, 6, 13, 14 and 15, after whatever people did."""

import csv
import io
import random
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from coproduce.capabilities.drafting import operations, queries
from coproduce.capabilities.drafting.models import Decision, Op, Snapshot, Suggestion
from coproduce.capabilities.drafting.operations import FinalText
from coproduce.capabilities.drafting.rules.seals import SEALED, Seal, broken, fingerprint
from coproduce.capabilities.drafting.rules.tokens import tokens
from coproduce.capabilities.drafting.rules.versions import BEFORE_THE_FIRST
from coproduce.config.health import doctor
from coproduce.core import clock
from coproduce.core.findings import Refused
from coproduce.core.ledger.checking import verify_database
from coproduce.core.models import Entry, Payload

from .factories import VISIT, Draft, make_draft
from .histories import histories

pytestmark = pytest.mark.django_db
WORDS = ["care", "visit", "night", "ward", "carer", "home", "each", "twice", "day", "ring", "first", "nurse"]
REFUSAL = {"reason_code": "EVIDENCE", "reason": "Nothing shows that it helps."}


class Meeting:
    """People who suggest, decide, take back and publish, as the dice fall."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.draft: Draft = make_draft("".join(f"{self.words(12)}.\n\n" for _ in range(6)))

    def words(self, count: int) -> str:
        return " ".join(self.dice.choices(WORDS, k=count))

    def go_on(self, steps: int) -> "Meeting":
        for _ in range(steps):
            step = self.dice.choice(
                [self.suggest, self.suggest, self.decide, self.decide, self.decide, self.publish]
            )
            try:
                step()
            except Refused:
                pass  # a conflict, or decided already: the rules say no, and nothing may have changed
        return self

    def suggest(self) -> None:
        document = self.draft.document
        document.refresh_from_db()
        base = self.dice.randint(max(1, document.seq - 4), document.seq)
        state = queries.text_at(document, base)
        block = self.dice.choice([id for id, _ in state.alive()])
        old = state.blocks[block].text.split()
        at = self.dice.randrange(len(old) + 1)
        typed = " ".join(
            [*old[:at], *self.words(self.dice.randint(0, 3)).split(), *old[at + self.dice.randint(0, 2) :]]
        )
        self.draft.suggest(
            self.dice.choice([typed, typed, typed.replace(" ", "\n\n", 1)]), block=block, base_seq=base
        )

    def decide(self) -> None:
        said = list(queries.suggestions_on(self.draft.document.pk))
        if said:
            one = self.dice.choice(said)
            newest = Decision.objects.filter(suggestion=one).order_by("-decided_at", "-pk").first()
            before = newest.pk if newest else None
            answer = self.dice.choice(
                ["accepted", "accepted", "accepted", "final", "declined", "no reason", "withdraw"]
            )
            self._answer(one, answer, self.dice.choice([None, before]))

    def _answer(self, one: Suggestion, answer: str, before: Any) -> None:
        again = {"instead_of": before, "taking_back": before}
        if answer == "withdraw":
            operations.withdraw(
                by=self.draft.citizen, project_id=one.project_id, suggestion_id=one.pk, reason="Not now."
            )
        elif answer == "final":
            final = FinalText(f"{self.words(4)} {one.gist[:20]}.", block=one.block)
            self.draft.decide(one, "in_part", final=[final], **REFUSAL, **again)
        else:
            reason = REFUSAL if answer == "declined" else {}
            self.draft.decide(one, "declined" if answer != "accepted" else answer, **reason, **again)

    def change_the_mind(self) -> None:
        one = self.draft.suggest()
        first = self.draft.decide(one, "declined", **REFUSAL)
        self.draft.decide(one, "accepted", place="Chapter 1", instead_of=first.pk)

    def publish(self) -> None:
        last = queries.last_version(self.draft.document.pk)
        number, _whole = (last.number if last else BEFORE_THE_FIRST).following
        operations.publish_version(
            by=self.draft.facilitator, project_id=self.draft.project.pk, document_id=self.draft.document.pk,
            number=number, summary="More",
        )  # fmt: skip


@pytest.fixture(params=range(4))
def meeting(request: pytest.FixtureRequest) -> Meeting:
    meeting = Meeting(request.param).go_on(90)
    meeting.change_the_mind()
    return meeting


def test_invariant_02_replaying_the_ledger_gives_todays_text_and_writers_bit_for_bit(
    meeting: Meeting,
) -> None:
    document = meeting.draft.document
    document.refresh_from_db()
    assert document.seq > 12
    assert queries.replayed(document.pk, document.seq) == queries.text_now(document)


def test_invariant_03_replaying_to_a_version_gives_its_hash(meeting: Meeting) -> None:
    meeting.publish()
    document = meeting.draft.document
    for version in queries.versions_of(document.pk):
        replayed = queries.replayed(document.pk, version.at_seq)
        assert queries.text_hash(replayed.text()) == version.text_sha256
        assert queries.text_at(document, version.at_seq) == replayed


CHANGED: dict[str, Any] = {
    "kind": "replace", "block": 99, "after": 98, "start": 97, "removed": "other", "inserted": "other", "runs": [[1, 3]],
    "author": "someone", "suggestion": "another", "decision": "a third", "day": "2020-01-01",
    "at": "2020-01-01T00:00:00Z",
}  # fmt: skip


@settings(max_examples=150)
@given(histories(), st.data())
def test_invariant_06_changing_any_field_of_any_operation_shows_also_of_the_last(
    ops: list[Any], data: st.DataObject
) -> None:
    facts = {
        "author": "a",
        "suggestion": None,
        "decision": None,
        "day": "2026-01-01",
        "at": "2026-01-01T12:00:00Z",
    }
    rows = [{**op._asdict(), **facts, "runs": [list(run) for run in op.runs or []] or None} for op in ops]
    cuts = sorted({0, len(rows), *data.draw(st.sets(st.integers(0, len(rows))))})
    seals = [Seal("d", a + 1, b, fingerprint(rows[a:b])) for a, b in zip(cuts, cuts[1:], strict=False)]
    assert list(broken(seals, rows)) == []

    if rows:
        at, name = data.draw(st.integers(0, len(rows) - 1)), data.draw(st.sampled_from(SEALED))
        altered = {**rows[at], name: CHANGED.get(name, len(rows) + 5)}
        found = list(broken(seals, [*rows[:at], altered, *rows[at + 1 :]]))
        assert bool(found) == (altered != rows[at])
        assert list(broken(seals, [*rows[:at], *rows[at + 1 :]]))
    assert list(broken(seals, [*rows, {**dict.fromkeys(SEALED), "seq": len(rows) + 1}])) == [len(rows) + 1]


@contextmanager
def unguarded(table: str) -> Iterator[None]:
    """Whoever holds the database can take the guards away; the test's transaction brings them back."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = replica")
        else:
            cursor.execute(f"DROP TRIGGER {table}_no_update")
        yield
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = DEFAULT")


@pytest.mark.parametrize("field", ["inserted", "author", "decision", "day", "runs"])
def test_invariant_06_an_operation_altered_in_the_database_is_named(field: str) -> None:
    draft = Meeting(1).go_on(30).draft
    assert queries.altered_operations(draft.project.pk) == []
    last = Op.objects.filter(document=draft.document).order_by("-seq").first()
    other: dict[str, Any] = {
        "inserted": "Someone else's words", "author": draft.facilitator, "decision": None,
        "day": clock.today().replace(year=2001), "runs": [[1, 1]],
    }  # fmt: skip
    assert last
    assert getattr(last, field) != other[field]

    with unguarded("drafting_op"):
        Op.objects.filter(pk=last.pk).update(**{field: other[field]})

    assert queries.altered_operations(draft.project.pk)
    assert [words for well, words in doctor() if not well and "not as it was written" in words]


def test_invariant_13_every_suggestion_is_open_or_has_one_answer_that_counts(meeting: Meeting) -> None:
    for suggestion in Suggestion.objects.filter(document=meeting.draft.document):
        answers = Decision.objects.filter(suggestion=suggestion)
        left = answers.exclude(pk__in=answers.exclude(supersedes=None).values("supersedes"))
        if suggestion.status != "withdrawn":
            assert [one.outcome for one in left] == ([] if suggestion.is_open else [suggestion.status])
        assert all(one.outcome == "accepted" or (one.reason and one.reason_code) for one in answers)
    assert Decision.objects.exclude(supersedes=None).exists()


def test_invariant_13_the_database_lets_no_second_answer_in_beside_the_first() -> None:
    draft = make_draft()
    first = draft.decide(draft.suggest(), "declined", **REFUSAL)
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(
            suggestion=first.suggestion, outcome="accepted", decided_by=draft.manager, decided_on=clock.today(),
            decided_at=clock.now(),
        )  # fmt: skip


def test_invariant_14_erasing_words_keeps_the_chain_verifiable(meeting: Meeting) -> None:
    project = meeting.draft.project.pk
    entries = list(Entry.objects.filter(chain_id=str(project), verb__startswith="drafting.").order_by("seq"))
    for entry in meeting.dice.sample(entries, 5):
        Payload.objects.filter(entry=entry).delete()

    assert verify_database(project).wrong == []
    assert queries.altered_operations(project) == []


def test_invariant_14_what_is_left_is_still_checked_word_for_word() -> None:
    draft = make_draft()
    for word in ("three times", "once", "four times"):
        draft.decide(draft.suggest(f"Care workers visit {word} a day."))
    decided = list(Entry.objects.filter(verb="drafting.decide").order_by("seq"))
    first, _last = Payload.objects.get(entry=decided[-1]).content["after"]["operations"]
    Payload.objects.filter(entry=decided[0]).delete()

    with unguarded("drafting_op"):
        Op.objects.filter(document=draft.document, seq=first).update(author=draft.facilitator)

    (named,) = queries.altered_operations(draft.project.pk)
    assert named.endswith(f"operation {first} is not as it was written")


def test_invariant_15_page_print_and_csv_name_the_same_people_for_the_same_words(meeting: Meeting) -> None:
    draft = meeting.draft
    draft.document.refresh_from_db()
    client = Client()
    client.force_login(draft.citizen, backend="django.contrib.auth.backends.ModelBackend")
    place = f"/projects/{draft.project.pk}/documents/{draft.document.pk}/words/"

    page = BeautifulSoup(client.get(place).content, "html.parser")
    sheet = client.get(f"{place}?format=csv").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(sheet)))

    truth = queries.blame(draft.document, queries.text_now(draft.document))
    told = Counter(
        (one.cause.suggestion.ref if one.cause.suggestion else "", token)
        for row in truth.values() for one in row for token in tokens(one.text) if token.isalpha()
    )  # fmt: skip
    assert _from_csv(rows) == told
    assert _from_page(page) == told
    # What is printed is the page: nothing that names people is left out on paper.
    assert not page.select(".drafting-blame .app-no-print, .drafting-blame__causes .app-no-print")
    _same_people(page, rows, truth)


def _from_csv(rows: list[list[str]]) -> Counter[tuple[str, str]]:
    words, suggestion = rows[0].index("Words"), rows[0].index("Suggestion")
    return Counter(
        (row[suggestion], token) for row in rows[1:] for token in tokens(row[words]) if token.isalpha()
    )


def _from_page(page: BeautifulSoup) -> Counter[tuple[str, str]]:
    """Words with the number that follows them; those without one are the text as it was started."""
    found: Counter[tuple[str, str]] = Counter()
    # Said for the ear, or of a passage that is no longer in the text.
    for aside in page.select(".drafting-blame__words .govuk-visually-hidden, .drafting-blame__words > del"):
        aside.extract()
    for passage in page.select(".drafting-blame__words"):
        for ref in passage.select("sup"):
            stretch = ref.find_previous_sibling("span")
            assert stretch
            found.update((ref.text, token) for token in tokens(stretch.text) if token.isalpha())
            stretch.extract()
            ref.extract()
        found.update(("", token) for token in tokens(passage.text) if token.isalpha())
    return found


def _same_people(page: BeautifulSoup, rows: list[list[str]], truth: dict[int, Any]) -> None:
    """Beside each passage stand exactly the people who wrote its words, in the page and in the file."""
    block, author = rows[0].index("Block"), rows[0].index("Written by")
    for id, row in truth.items():
        people = {one.cause.author.shown_name for one in row if one.text.strip()}
        assert {line[author] for line in rows[1:] if line[block] == str(id)} == people
        if people:
            causes = page.select_one(f"#b{id} .drafting-blame__causes")
            assert causes
            assert all(name in causes.text for name in people)


def test_snapshots_from_before_learn_what_removed_blocks_said() -> None:
    migration = import_module("coproduce.capabilities.drafting.migrations.0010_writers_of_moved_words")
    draft = make_draft()
    draft.decide(draft.suggest(" ", block=VISIT))
    row = Snapshot.objects.get(version=None)
    now = row.blocks
    row.blocks = [one[:2] if one[1] is None else one for one in now]
    row.save(update_fields=["blocks"])

    migration.remember_removed_blocks(apps, None)

    assert Snapshot.objects.get(version=None).blocks == now
    assert any(one[1] is None for one in now)
