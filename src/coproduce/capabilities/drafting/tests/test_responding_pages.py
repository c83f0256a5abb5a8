"""The pages around an answer, as a browser without JavaScript uses them."""

import csv
import io
import re
from datetime import date
from typing import Any

import pytest

from coproduce.capabilities.accounts.operations import add_person
from coproduce.capabilities.drafting import operations, queries
from coproduce.capabilities.drafting.models import (
    Bundle,
    Decision,
    Draft,
    PassedOn,
    Receipt,
    Suggestion,
    SummaryPoint,
    Support,
)
from coproduce.capabilities.drafting.rules.versions import Number
from coproduce.capabilities.projects.operations import give_role
from coproduce.core.access import Role
from coproduce.core.findings import Refused

from .factories import CARER, TEXT, VISIT, make_draft
from .factories import Draft as Scene
from .test_pages import THREE, Reader, shown

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft() -> Scene:
    return make_draft()


@pytest.fixture
def citizen(draft: Scene) -> Reader:
    return Reader(draft, draft.citizen)


@pytest.fixture
def manager(draft: Scene) -> Reader:
    return Reader(draft, draft.manager)


@pytest.fixture
def neighbour(draft: Scene) -> Reader:
    person = add_person(by=draft.facilitator, name="Len")
    give_role(by=draft.facilitator, project_id=draft.project.pk, person=person, role=Role.PARTICIPANT)
    return Reader(draft, person)


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    return found[1] if found else ""


# Writing


def test_what_is_kept_for_later_is_found_again_and_gone_once_sent(citizen: Reader, manager: Reader) -> None:
    answer = citizen.post("suggest_change", VISIT, typed="Care workers visit thr", base_seq=7, keep="1")
    assert answer.url == citizen.address("mine", inside=False)
    page = citizen.get("mine", inside=False)
    assert "Care workers visit thr" in page
    (href,) = re.findall(r'href="([^"]*\?draft=[^"]*)"', page)
    again = citizen.client.get(href).content.decode()
    assert "Care workers visit thr</textarea>" in again
    for name in ("mine", "suggestions", "document", "queue"):
        inside = name != "mine"
        assert "visit thr" not in manager.get(name, inside=inside)
        assert "visit thr" not in manager.get(name, inside=inside, q="visit thr").replace(
            'value="visit thr"', ""
        )
    assert manager.client.get(href).status_code == 404

    citizen.post("suggest_change", VISIT, typed=THREE, base_seq=7, draft=hidden(again, "draft"))

    assert Suggestion.objects.get().gist == "“twice” → “three times”"
    assert not Draft.objects.exists()


def test_a_draft_with_a_character_that_cannot_be_kept_is_not_lost(citizen: Reader) -> None:
    answer = citizen.post("suggest_words", words="Bell\x07", kind="ask", keep="1")
    assert answer.status_code == 200
    assert "cannot be kept" in answer.content.decode()


@pytest.mark.parametrize("saying,kind", [("keep", "keep"), ("remove", "remove"), ("ask", "ask")])
def test_a_passage_is_kept_taken_out_or_asked_about(citizen: Reader, saying: str, kind: str) -> None:
    page = citizen.get("suggest_change", CARER)
    assert f"/say/{saying}/" in page

    citizen.post("say", CARER, saying, words="Who asks?", reason="It matters", base_seq=7)

    suggestion = Suggestion.objects.get()
    assert (suggestion.kind, suggestion.block, suggestion.reason) == (kind, CARER, "It matters")
    assert bool(queries.edits_of(suggestion.pk)) == (saying == "remove")


def test_a_question_without_words_is_sent_back(citizen: Reader) -> None:
    answer = citizen.post("say", CARER, "ask", words=" ", base_seq=7)
    assert answer.status_code == 200
    assert not Suggestion.objects.exists()


def test_an_unknown_thing_to_say_is_not_there(citizen: Reader) -> None:
    assert citizen.client.get(citizen.address("say", CARER, "shout")).status_code == 404


def test_a_suggestion_without_a_name_shows_none_on_any_page(
    citizen: Reader, manager: Reader, draft: Scene
) -> None:
    citizen.post("suggest_words", kind="ask", words="Who pays?", unnamed="on", quote_consent="on")

    suggestion = Suggestion.objects.get()
    for name, inside in (("suggestions", True), ("queue", True), ("passage", True)):
        more = (VISIT,) if name == "passage" else ()
        assert "Priya" not in manager.get(name, *more, inside=inside)
    page = manager.get("suggestion", suggestion.pk, inside=False)
    assert "No name given" in page
    assert "Priya" not in page
    assert "S01" in citizen.get("mine", inside=False)
    assert "S01" not in manager.get("suggestions", q="Priya").replace("q=Priya", "")
    assert "Thank you" in citizen.get("receipt", suggestion.pk, inside=False)


def test_the_receipt_is_on_record_at_once(citizen: Reader) -> None:
    citizen.post("suggest_words", kind="ask", words="Who pays?")
    assert Receipt.objects.get().way == "page"


# Support and the passage


def test_support_is_given_seen_and_taken_back_by_buttons(
    citizen: Reader, neighbour: Reader, manager: Reader, draft: Scene
) -> None:
    suggestion = draft.suggest(THREE)
    place = {"inside": False}
    assert "I support this" in neighbour.get("support", suggestion.pk, **place)
    neighbour.post("support", suggestion.pk, why="My mother fell", **place)
    page = shown(manager.get("suggestion", suggestion.pk, **place))
    assert "Supported by 1 person: no group 1." in page
    assert "My mother fell" in page
    assert "Take my support back" in neighbour.get("support", suggestion.pk, **place)
    neighbour.post("support", suggestion.pk, **place)
    assert Support.objects.get().taken_back_at
    assert "would not be counted" in citizen.get("support", suggestion.pk, **place)

    neighbour.post("support_passage", VISIT, why="")
    assert "Supported by 1 person" in shown(citizen.get("passage", VISIT))


# Answering


def declined(**more: Any) -> dict[str, Any]:
    return {"outcome": "declined", "reason_code": "LAW", "reason": "The law says no.", **more}


def test_R82_noted_is_not_offered(draft: Scene, manager: Reader) -> None:
    page = manager.get("decide", draft.suggest(THREE).pk, inside=False)
    assert 'value="noted"' not in page
    assert re.findall(r'name="outcome"[^>]*value="(\w+)"', page) == [
        "accepted", "in_part", "declined", "passed_on",
    ]  # fmt: skip


def test_the_second_manager_is_told_what_was_decided_and_keeps_what_they_typed(
    draft: Scene, manager: Reader
) -> None:
    suggestion, facilitator = draft.suggest(THREE), Reader(draft, draft.facilitator)
    first, second = (one.get("decide", suggestion.pk, inside=False) for one in (facilitator, manager))
    seen = {"seen_seq": hidden(first, "seen_seq"), "seen_answer": hidden(first, "seen_answer")}
    facilitator.post("decide", suggestion.pk, inside=False, **declined(**seen))

    seen = {"seen_seq": hidden(second, "seen_seq"), "seen_answer": hidden(second, "seen_answer")}
    mine = {"outcome": "in_part", "reason_code": "SAFE", "reason": "My careful reason", **seen,
            "final_0": "Care workers visit three times on weekdays."}  # fmt: skip
    answer = manager.post("decide", suggestion.pk, inside=False, **mine)

    assert answer.status_code == 200
    page = shown(answer.content.decode())
    assert "Fay has decided this already: Declined. The law says no." in page
    assert "Answered while you were writing" in page
    raw = answer.content.decode()
    assert "My careful reason</textarea>" in raw
    assert "three times on weekdays.</textarea>" in raw
    assert Decision.objects.count() == 1
    # Having read it, they may go on: both answers are kept.
    manager.post("decide", suggestion.pk, inside=False, **{**mine, "seen_answer": hidden(raw, "seen_answer")})
    assert [one.outcome for one in queries.decisions_of(suggestion.pk)] == ["in_part", "declined"]


def test_over_words_that_are_in_the_text_nobody_decides_again(draft: Scene, manager: Reader) -> None:
    suggestion = draft.suggest(THREE)
    draft.decide(suggestion)
    answer = manager.post("decide", suggestion.pk, inside=False, **declined(seen_answer=""))
    page = answer.content.decode()
    assert "The law says no.</textarea>" in page
    assert "cannot be saved any more" in page
    assert Decision.objects.get().outcome == "accepted"


def test_an_acceptance_by_mistake_is_taken_back_and_taken_in_part_instead(
    draft: Scene, manager: Reader, citizen: Reader
) -> None:
    suggestion = draft.suggest("Nurses visit twice a week.")
    mistake = draft.decide(suggestion)
    assert "take it back and answer anew" in manager.get("suggestion", suggestion.pk, inside=False)
    assert "take it back" not in citizen.get("suggestion", suggestion.pk, inside=False)
    page = manager.get("decide", suggestion.pk, inside=False, **{"take-back": "1"})
    assert "the text first goes back to what it was before" in page
    assert "Nurses visit twice a week.</textarea>" in page

    address = manager.address("decide", suggestion.pk, inside=False) + "?take-back=1"
    manager.client.post(
        address,
        {"outcome": "in_part", "reason_code": "SAFE", "reason": "Nurses are few.",
         "final_0": "Care workers visit twice a week.", "seen_seq": hidden(page, "seen_seq"),
         "seen_answer": hidden(page, "seen_answer")},
    )  # fmt: skip

    assert draft.text() == TEXT.replace("a day", "a week")
    newest, first = queries.decisions_of(suggestion.pk)
    assert (newest.outcome, first.pk, newest.supersedes_id) == ("in_part", mistake.pk, mistake.pk)


def test_what_others_have_built_on_is_not_offered_to_be_taken_back(draft: Scene, manager: Reader) -> None:
    suggestion = draft.suggest(THREE)
    draft.decide(suggestion)
    draft.decide(draft.suggest("* Ask every carer", block=CARER))
    assert "take it back" not in manager.get("suggestion", suggestion.pk, inside=False)
    page = manager.get("decide", suggestion.pk, inside=False, **{"take-back": "1"})
    assert "cannot be saved any more" in page


def test_what_stands_in_a_version_is_not_taken_back(draft: Scene, manager: Reader) -> None:
    suggestion = draft.suggest(THREE)
    mistake = draft.decide(suggestion)
    draft.publish(Number(0, 1))
    assert "take it back" not in manager.get("suggestion", suggestion.pk, inside=False)
    with pytest.raises(Refused, match="has decided this already"):
        draft.decide(suggestion, "declined", reason_code="LAW", reason="No.", taking_back=mistake.pk)
    assert draft.text() == TEXT.replace("twice", "three times")


def test_some_of_the_changes_are_taken_word_by_word(draft: Scene, manager: Reader) -> None:
    suggestion = draft.suggest("Nurses visit twice a week.")
    assert len(queries.edits_of(suggestion.pk)) == 2
    page = manager.get("decide", suggestion.pk, inside=False, chosen="1", take="1")
    assert "Care workers visit twice a week.</textarea>" in page

    address = manager.address("decide", suggestion.pk, inside=False) + "?chosen=1&take=1"
    typed = {"outcome": "in_part", "reason_code": "SAFE", "reason": "Nurses are few.",
             "final_0": "Care workers visit twice a week.", "seen_seq": "7"}  # fmt: skip
    preview = shown(manager.client.post(address, {**typed, "preview": "1"}).content.decode())
    assert "Whose words these will be" in preview
    assert "Priya : week" in preview.replace("Priya:", "Priya :").replace("  ", " ")
    assert not Decision.objects.exists()
    manager.client.post(address, typed)

    assert draft.text() == TEXT.replace("a day", "a week")
    draft.document.refresh_from_db()
    found = queries.blame(draft.document, queries.text_now(draft.document), [VISIT])[VISIT]
    assert [one.cause.author.name for one in found if "week" in one.text] == ["Priya"]


def test_an_answer_of_which_all_changes_are_left_out_is_not_taken_in(draft: Scene, manager: Reader) -> None:
    suggestion = draft.suggest("Nurses visit twice a week.")
    address = manager.address("decide", suggestion.pk, inside=False) + "?chosen=1"
    typed = {"outcome": "in_part", "reason_code": "SAFE", "reason": "Few.", "seen_seq": "7",
             "final_0": "Care workers visit twice a day."}  # fmt: skip
    page = manager.client.post(address, typed).content.decode()
    assert "R85" in page
    assert draft.text() == TEXT


# The queue


def test_the_queue_counts_what_waits_and_gives_it_as_a_file(draft: Scene, manager: Reader) -> None:
    late = draft.suggest(THREE, due_on=date(2020, 1, 6))
    draft.suggest(words="A shared record", due_on=date(2999, 1, 1))
    told = draft.suggest(words="Answered and not told")
    draft.decide(told, **declined())
    page = shown(manager.get("queue"))
    assert "2 wait for an answer" in page
    assert "1 late" in page
    assert "1 answered and not told" in page

    only_late = manager.get("queue", clock="late", waits="answer")
    assert late.ref in only_late
    assert "A shared record" not in only_late
    rows = list(csv.reader(io.StringIO(manager.get("queue", format="csv").lstrip("\ufeff"))))
    assert len(rows) == 4
    assert "working days late" in ",".join(rows[1])
    assert "A shared record" in manager.get("queue", q="shared")
    assert late.gist not in manager.get("queue", q="S02")


def test_the_tab_of_the_queue_is_for_those_who_answer(citizen: Reader, manager: Reader) -> None:
    assert "To answer" in manager.get("document")
    assert "To answer" not in citizen.get("document")


def test_how_a_suggester_was_told_is_noted(draft: Scene, manager: Reader) -> None:
    suggestion = draft.suggest(THREE)
    draft.decide(suggestion, **declined())
    manager.post("tell", suggestion.pk, inside=False, way="phone", on="2025-09-01")
    assert Decision.objects.get().told_how == "By phone"


def test_the_suggester_reads_the_answer_and_asks_again(draft: Scene, citizen: Reader) -> None:
    suggestion = draft.suggest(THREE)
    draft.decide(suggestion, **declined())
    assert "Say whether the answer satisfies you" in citizen.get("mine", inside=False)
    page = citizen.get("react", suggestion.pk, inside=False)
    typed = {"verdict": "not", "words": "What of nights?", "asks_again": "on"}
    citizen.post("react", suggestion.pk, inside=False, decision_id=hidden(page, "decision_id"), **typed)

    page = shown(citizen.get("suggestion", suggestion.pk, inside=False))
    assert "Asked again." in page
    assert "What of nights?" in page
    assert "The law says no." in page
    draft.decide(suggestion, **declined(instead_of=Decision.objects.get().pk))
    assert 'name="asks_again"' not in citizen.get("react", suggestion.pk, inside=False)


def test_what_was_passed_on_shows_as_waiting_until_the_reply(
    draft: Scene, manager: Reader, citizen: Reader
) -> None:
    suggestion = draft.suggest(words="A shared record")
    manager.post(
        "decide", suggestion.pk, inside=False, outcome="passed_on", reason_code="PARTNER", remind_on="2025-10-01",
        reason="The hospital decides.", sent_to="The hospital", final_0="Care workers visit twice a day.",
    )  # fmt: skip
    assert PassedOn.objects.get().remind_on == date(2025, 10, 1)
    assert "Waiting for a reply." in shown(citizen.get("suggestion", suggestion.pk, inside=False))
    assert f"/{suggestion.pk}/reply/" in manager.get("passed_on")
    assert "/reply/" not in citizen.get("passed_on")
    manager.post("reply", suggestion.pk, inside=False, remind="1")
    assert PassedOn.objects.get().reminders == 1
    today = PassedOn.objects.get().sent_on.isoformat()
    manager.post("reply", suggestion.pk, inside=False, reply="From spring", replied_on=today)
    page = shown(citizen.get("suggestion", suggestion.pk, inside=False))
    assert "They replied on" in page
    assert "From spring" in page
    assert "From spring" in citizen.get("passed_on")
    gone = manager.client.get(manager.address("reply", suggestion.pk, inside=False))
    assert gone.status_code == 404


# Said together


def test_a_person_confirms_who_says_the_same_and_answers_all(
    draft: Scene, manager: Reader, neighbour: Reader
) -> None:
    words = "Keep the night bus from the hospital to the villages"
    first, second = draft.suggest(words=words, kind="ask"), draft.suggest(words=words + " please", kind="ask")
    page = shown(manager.get("alike"))
    assert "95 of 100 words shared. Only here: please." in page
    answer = manager.post("alike", lead=str(first.pk), **{"with": str(second.pk)})
    made = Bundle.objects.get()
    assert answer.url == manager.address("bundle", made.pk, inside=False)
    assert "2 voices say this" in shown(neighbour.get("suggestion", second.pk, inside=False))
    assert f"/bundles/{made.pk}/" in manager.get("suggestion", second.pk, inside=False)
    assert "all 2 voices" in shown(manager.get("decide_bundle", made.pk, inside=False))

    manager.post("decide_bundle", made.pk, inside=False, **declined())

    assert Decision.objects.count() == 2
    assert "Answered together with S01" in shown(neighbour.get("suggestion", second.pk, inside=False))


def test_the_attributed_text_names_everybody_who_said_it(draft: Scene, manager: Reader) -> None:
    first, second = draft.suggest(THREE), draft.suggest(THREE, by=draft.facilitator)
    manager.post("alike", lead=str(first.pk), **{"with": str(second.pk)})
    made = Bundle.objects.get()
    manager.post("decide_bundle", made.pk, inside=False, outcome="accepted", final_0=THREE)
    assert draft.text() == TEXT.replace("twice", "three times")
    assert f"Also said by: {draft.facilitator.shown_name}" in shown(manager.get("words"))


def test_a_bundle_of_nothing_is_refused_in_words(draft: Scene, manager: Reader) -> None:
    first = draft.suggest(words="Keep the bus")
    answer = manager.post("alike", lead=str(first.pk))
    assert answer.url == manager.address("alike")
    assert "Choose at least one" in manager.get("alike")
    assert manager.post("alike", lead="nonsense").status_code == 404


def test_alternatives_stand_side_by_side(draft: Scene, citizen: Reader, neighbour: Reader) -> None:
    draft.suggest(THREE, reason="Twice is not enough")
    draft.suggest("Care workers visit once a day.")
    page = shown(citizen.get("alternatives"))
    assert "S01 , S02" in page.replace("S01, S02", "S01 , S02")
    assert "added: three times (end of added words)" in page
    assert "added: once (end of added words)" in page
    assert "Twice is not enough" in page
    draft.decide(Suggestion.objects.get(number=1))
    assert "Overtaken by S01." in shown(neighbour.get("alternatives"))


# Paper and the summary


def printed_code(reader: Reader) -> str:
    return re.findall(r"<strong>(D1-[^<]+)</strong>", reader.get("printed"))[0]


def test_a_numbered_copy_finds_its_passage_again(draft: Scene, citizen: Reader, manager: Reader) -> None:
    page = citizen.get("printed")
    code = printed_code(citizen)
    number = re.findall(r">Passage (\d+[A-Z])<", page)[1]
    draft.decide(draft.suggest("Nurses visit twice a day."))
    found = manager.get("from_paper", inside=False, code=code.lower(), number=number.lower())
    assert "Care workers visit twice a day." in shown(found)  # as it was printed

    address = manager.address("from_paper", inside=False) + f"?code={code}&number={number}"
    typed = {"author": "other", "new_name": "Mo", "channel": "paper", "said_on": "2025-05-20", "kind": "change",
             "typed": THREE, "reason": "", "unnamed": ""}  # fmt: skip
    answer = manager.client.post(address, typed).content.decode()
    assert "Compare the passage and the words with the paper" in answer
    assert manager.client.post(address, {**typed, "read_back": "on"}).status_code == 302

    suggestion = Suggestion.objects.get(number=2)
    assert (suggestion.author.name, suggestion.entered_by.name, suggestion.channel) == (
        "Mo",
        "Marta",
        "paper",
    )
    assert (suggestion.page, suggestion.block, suggestion.base_seq) == (number, VISIT, 7)
    draft.decide(suggestion)
    assert "Nurses visit three times a day." in draft.text()


def test_a_paper_without_a_name_is_entered_by_its_group(draft: Scene, manager: Reader) -> None:
    code = printed_code(manager)
    number = re.findall(r">Passage (\d+[A-Z])<", manager.get("printed"))[1]
    address = manager.address("from_paper", inside=False) + f"?code={code}&number={number}"
    typed = {"author": "other", "new_name": "", "unnamed": "on", "channel": "paper", "said_on": "2025-05-20",
             "kind": "keep", "typed": "", "read_back": "on"}  # fmt: skip
    assert manager.client.post(address, typed).status_code == 302
    assert Suggestion.objects.get().author.name == "No name given"


def test_a_wrong_code_is_told_and_finds_nothing(draft: Scene, manager: Reader) -> None:
    code = printed_code(manager)
    page = manager.get(
        "from_paper", inside=False, code="D1-7-XX" if code != "D1-7-XX" else "D1-7-YY", number="1A"
    )
    assert "No printed copy has this code" in shown(page)
    assert "No passage of this copy" in shown(
        manager.get("from_paper", inside=False, code=code, number="999A")
    )


def test_a_repeated_entry_from_paper_adds_nobody_twice(draft: Scene, manager: Reader) -> None:
    from coproduce.capabilities.accounts.models import Person

    typed = {"author": "other", "new_name": "Mo", "channel": "phone", "said_on": "2025-05-20", "kind": "ask",
             "words": "Who pays?", "request_key": "0199a000-0000-7000-8000-000000000001"}  # fmt: skip
    for _ in range(2):
        manager.client.post(manager.address("suggest_on_behalf"), typed)
    assert Person.objects.filter(name="Mo").count() == 1
    assert Suggestion.objects.count() == 1


def test_the_summary_asks_a_few_plain_questions(draft: Scene, manager: Reader, citizen: Reader) -> None:
    manager.post("write_summary", points="Two visits a day.\nCarers are asked.")
    one, two = SummaryPoint.objects.order_by("position")
    assert "Two visits a day." in shown(citizen.get("summary"))
    answer = citizen.post("summary", **{f"kind_{one.pk}": "change", f"words_{one.pk}": " "})
    assert "Say what you would change" in answer.content.decode()
    citizen.post(
        "summary",
        **{
            f"kind_{one.pk}": "change",
            f"words_{one.pk}": "Three.",
            f"kind_{two.pk}": "keep",
            "unnamed": "on",
        },
    )
    assert [(row.kind, row.words, row.author.name) for row in queries.suggestions_of(draft.project.pk)] == [
        ("change", "Three.", "No name given"), ("keep", "", "No name given"),
    ]  # fmt: skip
    assert Receipt.objects.count() == 2


def test_answers_on_the_summary_can_be_kept_for_later(draft: Scene, manager: Reader, citizen: Reader) -> None:
    manager.post("write_summary", points="Two visits a day.")
    (one,) = SummaryPoint.objects.all()
    citizen.post("summary", **{f"words_{one.pk}": "Half a thou", "keep": "1"})
    (href,) = re.findall(r'href="([^"]*\?draft=[^"]*)"', citizen.get("mine", inside=False))
    assert "Half a thou</textarea>" in citizen.client.get(href).content.decode()


def test_a_long_summary_is_sent_back(draft: Scene, manager: Reader) -> None:
    for points in ("\n".join(f"Point {n}." for n in range(9)), "x" * 301, "One.\nOne."):
        assert manager.post("write_summary", points=points).status_code == 200
    assert not SummaryPoint.objects.exists()


# R86


def test_R86_walkthrough_21_deleting_is_not_offered_and_words_go_with_a_reason(
    draft: Scene, manager: Reader
) -> None:
    suggestion = draft.suggest(words="Ring Mr Smith")
    for name in ("suggestion", "withdraw", "redact"):
        place = manager.address(name, suggestion.pk, inside=False)
        assert manager.client.delete(place).status_code == 405
        assert "Delete" not in manager.get(name, suggestion.pk, inside=False)
    answer = manager.post("redact", suggestion.pk, inside=False, passage="Mr Smith", reason="")
    assert "R86" in answer.content.decode()
    manager.post("redact", suggestion.pk, inside=False, passage="Mr Smith", reason="It names a neighbour")
    page = shown(manager.get("suggestion", suggestion.pk, inside=False))
    assert "Ring […]" in page
    assert "It names a neighbour" in page
    assert operations.withdraw(
        by=draft.citizen, project_id=draft.project.pk, suggestion_id=suggestion.pk, reason="No longer"
    )
