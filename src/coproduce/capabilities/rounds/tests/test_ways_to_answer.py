"""On a phone, on paper, in any language, with a supporter: the pages, seen by those who use them."""

import io
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import openpyxl
import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from coproduce.capabilities.projects import operations as projects
from coproduce.capabilities.rounds import operations, queries, rules
from coproduce.capabilities.rounds.models import Answer, Round
from coproduce.capabilities.rounds.terms import (
    EASY_READ,
    QUESTIONS,
    Channel,
    Extra,
    Intention,
    Kind,
    RaisedBarrier,
    Rated,
    Written,
)
from coproduce.core import clock
from coproduce.core.access import Role

from .factories import LATE, Table, a_person, a_table, draft, words
from .test_kinds import re_rating
from .test_pages import FILLED, address, client_of, get, post, text_of

pytestmark = pytest.mark.django_db

ASKED = [
    {"words": "How do you come?", "form": "one of", "options": ["By bus", "On foot"]},
    {"words": "Which days?", "form": "some of", "options": ["Monday", "Friday"]},
    {"words": "Again?", "form": "yes or no"},
    {"words": "How clear?", "form": "scale"},
    {"words": "What name?", "form": "short text"},
]
WELSH = {part: f"Cymraeg {part}" for part in QUESTIONS} | {
    "title": "Teitl Cymraeg", "proposal": "",
    "questions": {"q1": {"words": "Sut?", "options": ["Ar y bws", "Ar droed"]}},
}  # fmt: skip
EXTRA = {"extra_q1": "1", "extra_q2": ["1", "2"], "extra_q3": "no", "extra_q4": "4", "extra_q5": "Start well"}
LINE = {
    "me_rating": "-2",
    "around_rating": "1",
    "intents": "2 5",
    "confidence": "4",
    "basis": "3",
    "channel": "paper",
}


def live(kind: str = Kind.FOCUS_GROUP, languages: dict[str, Any] | None = None, **more: Any) -> Table:
    """An open round whose sealing time is ahead of the machine's clock."""
    table = a_table({"G1": 3, "G4": 1})
    table.round = draft(
        table,
        kind=kind,
        questions=ASKED,
        seals_at=clock.now() + timedelta(days=7),
        proposal="Version 0.2",
        **more,
    )
    for tag, wording in (languages or {}).items():
        operations.translate_round(
            by=table.facilitator,
            project_id=table.project.pk,
            round_id=table.round.pk,
            language=tag,
            words=wording,
        )
    table.again()
    table.invite(table.seats)
    table.open()
    return table


def seal(table: Table) -> None:
    table.seal(at=clock.now() + timedelta(days=8))


def soup(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def code_of(table: Table, seat: str) -> str:
    return rules.paper_code(table.round.short_code, seat)


# Preparing


@pytest.mark.parametrize(
    ("kind", "said"), [(Kind.PREMORTEM, "this has failed"), (Kind.BARRIERS_ONLY, "own way")]
)
def test_choosing_a_kind_fills_in_its_wording(kind: Kind, said: str) -> None:
    table = a_table()
    page = client_of(table.facilitator).get(
        reverse("rounds:new_round", args=[table.project.pk]) + f"?{urlencode({'kind': kind})}"
    )
    assert said in soup(page).select_one("[name=level_1]").text
    assert soup(page).select_one("[name=kind]")["value"] == kind


NEW = {
    "title": "Weekends?", "opens_on": "2027-01-04", "opens_time": "9am", "seals_on": "2027-01-18",
    "seals_time": "17:00", "reads_on": "2027-01-20", "reads_time": "6pm", "level_1": "You?", "level_2": "Others?",
    "level_3": "Why?",
    "barriers": "What?", "questions-count": "2", "questions-0-words": "How?", "questions-0-form": "one of",
    "questions-0-options": "By bus\r\n\r\nOn foot", "questions-1-words": "Again?", "questions-1-form": "yes or no",
}  # fmt: skip


def test_a_premortem_with_questions_is_prepared_and_changed_by_its_pages() -> None:
    table = a_table()
    client = client_of(table.facilitator)
    place = reverse("rounds:new_round", args=[table.project.pk])
    assert client.post(place, NEW | {"kind": "premortem"}).status_code == 302
    table.round = Round.objects.get(title="Weekends?")
    assert (table.round.kind, [one.options for one in table.round.asked]) == (
        "premortem",
        [("By bus", "On foot"), ()],
    )
    shown = soup(get(table, table.facilitator, "edit_round"))
    assert shown.select_one("[name=questions-0-options]").text.strip() == "By bus\nOn foot"
    kept = shown.select_one("[name=questions-1-id]")["value"]
    # The first question is emptied: the second keeps its name, by which translations know it.
    changed = NEW | {
        "kind": "premortem", "questions-0-words": "", "questions-0-form": "", "questions-0-options": "",
        "questions-1-id": kept,
    }  # fmt: skip
    assert post(table, table.facilitator, "edit_round", changed).status_code == 302
    assert [(one.id, one.words) for one in table.again().asked] == [("q2", "Again?")]
    assert table.round.reads_at.astimezone(clock.LONDON).hour == 18


def test_a_question_without_answers_to_choose_from_is_refused_and_nothing_is_lost() -> None:
    table = a_table()
    place = reverse("rounds:new_round", args=[table.project.pk])
    response = client_of(table.facilitator).post(place, NEW | {"questions-0-options": "Only one"})
    assert "between 2 and 12 answers" in text_of(response)
    assert "Only one" in text_of(response)
    assert not Round.objects.filter(title="Weekends?").exists()


def test_a_re_rating_asks_which_round_it_follows() -> None:
    table = live()
    table.answer("P01", Written(), at=clock.now())
    seal(table)
    place = reverse("rounds:new_round", args=[table.project.pk])
    client = client_of(table.facilitator)
    assert str(table.round.pk) in client.get(f"{place}?kind=re-rating").content.decode()
    wrong = client.post(place, NEW | {"kind": "re-rating"})
    assert "Which round do people rate again" in text_of(wrong)
    assert client.post(place, NEW | {"kind": "re-rating", "follows": str(table.round.pk)}).status_code == 302
    assert Round.objects.get(title="Weekends?").follows_id == table.round.pk


def test_a_language_is_written_on_its_page_and_lines_must_match() -> None:
    table = a_table()
    table.round = draft(table, questions=ASKED[:1])
    leader = table.facilitator
    assert post(table, leader, "languages", {"language": "CY"}).url == address(table, "language", tag="cy")
    assert "Enter a language tag" in text_of(post(table, leader, "languages", {"language": "very welsh"}))
    typed = {part: f"Cymraeg {part}" for part in QUESTIONS} | {"title": "Teitl", "words_q1": "Sut?"}
    wrong = post(table, leader, "language", typed | {"options_q1": "Ar y bws"}, tag="cy")
    assert "as many lines as there are answers" in text_of(wrong)
    assert "Cymraeg level_2" in text_of(wrong)
    right = post(table, leader, "language", typed | {"options_q1": "Ar y bws\r\nAr droed"}, tag="cy")
    assert right.url == address(table, "languages")
    assert table.again().translations["cy"]["questions"]["q1"]["options"] == ["Ar y bws", "Ar droed"]
    assert get(table, leader, "language", tag="CY").status_code == 404
    assert post(table, leader, "language", {"take_out": "yes"}, tag="cy").status_code == 302
    assert table.again().languages == []


def test_R108_the_facilitator_is_warned_of_long_sentences_in_easy_read() -> None:
    table = a_table()
    long = "This is a very long sentence that goes on and on and has more than fifteen words."
    operations.translate_round(
        by=table.facilitator, project_id=table.project.pk, round_id=table.round.pk, language=EASY_READ,
        words=WELSH | {"level_1": long},
    )  # fmt: skip
    table.again()
    for name, query in (("languages", ""), ("paper", "?look=easy")):
        assert "This sentence has 17 words" in text_of(get(table, table.facilitator, name, query=query))


def test_before_they_come_people_read_who_runs_it_and_when_it_is_read() -> None:
    table = live(reads_at=clock.now() + timedelta(days=9))
    shown = text_of(get(table, table.person("P01"), "round"))
    assert "Before you come" in shown
    assert "The answers are read together on" in shown
    assert "The session is run by Ada Facilitator" in shown


# Answering


def test_extra_questions_are_answered_and_come_back_in_the_form() -> None:
    table = live()
    maureen = table.person("P01")
    assert post(table, maureen, "answer", FILLED | EXTRA).status_code == 302
    own = queries.own_answer(table.round, table.invitation("P01"), maureen)
    assert own is not None
    assert own.written.extra == (
        Extra("q1", ("By bus",)), Extra("q2", ("Monday", "Friday")), Extra("q3", ("no",)), Extra("q4", ("4",)),
        Extra("q5", ("Start well",)),
    )  # fmt: skip
    page = soup(get(table, maureen, "answer"))
    assert page.select_one("[name=extra_q1][value='1']").has_attr("checked")
    assert page.select_one("[name=extra_q5]")["value"] == "Start well"


def test_each_extra_question_can_be_skipped() -> None:
    table = live()
    assert post(table, table.person("P01"), "answer", FILLED).status_code == 302
    own = queries.own_answer(table.round, table.invitation("P01"), table.person("P01"))
    assert own is not None
    assert own.written.extra == ()


def test_the_short_form_asks_five_things_and_hides_the_rest_until_it_is_wanted() -> None:
    table = live()
    page = soup(get(table, table.person("P01"), "answer"))
    folded = {box["name"] for box in page.select("details [name]")}
    assert {"me_words", "around_words", "intention_words", "basis", "confidence", "question"} <= folded
    open_to_see = {box["name"] for box in page.select("form.app-form [name]")} - folded
    assert {"me_rating", "around_rating", "intents", "barriers-0-words", "barriers-0-level"} <= open_to_see
    assert not page.select("form.app-form details[open]")
    assert "Part 1 of 6" in text_of(get(table, table.person("P01"), "answer"))
    refused = soup(post(table, table.person("P01"), "answer", FILLED | {"me_rating": ""}))
    opened = {box["name"] for box in refused.select("details[open] [name]")}
    assert {"me_words", "intention_words", "question", "barriers-0-importance"} <= opened
    assert "around_words" not in opened


def test_people_answer_in_their_language_and_it_is_kept() -> None:
    table = live(languages={"cy": WELSH, "ur": WELSH | {"level_1": "یہ آپ کے لیے کیا بدلے گا؟"}})
    maureen = table.person("P01")
    page = soup(get(table, maureen, "answer", query="?lang=cy"))
    assert page.select_one(".rounds-words[lang=cy]").text.strip() == "Cymraeg level_1"
    assert page.select_one("[name=language]")["value"] == "cy"
    assert "Ar y bws" in page.text
    rtl = soup(get(table, maureen, "answer", query="?lang=ur")).select_one(".rounds-words[lang=ur]")
    assert rtl["dir"] == "rtl"
    # An error keeps the language, and an answer says in which it was given.
    wrong = soup(post(table, maureen, "answer", FILLED | {"language": "cy", "me_rating": ""}))
    assert wrong.select_one(".rounds-words[lang=cy]")
    assert post(table, maureen, "answer", FILLED | EXTRA | {"language": "cy"}).status_code == 302
    own = queries.own_answer(table.round, table.invitation("P01"), maureen)
    assert own is not None
    assert (own.written.language, own.written.extra[0].given) == ("cy", ("By bus",))
    assert soup(get(table, maureen, "answer")).select_one(".rounds-words[lang=cy]")


def test_a_language_that_the_round_does_not_have_falls_back_to_the_first() -> None:
    table = live(languages={"cy": WELSH})
    page = soup(get(table, table.person("P01"), "answer", query="?lang=pl"))
    assert not page.select(".rounds-words[lang]")
    assert post(table, table.person("P01"), "answer", FILLED | {"language": "pl"}).status_code == 302
    own = queries.own_answer(table.round, table.invitation("P01"), table.person("P01"))
    assert own is not None
    assert own.written.language == ""


def test_a_premortem_is_answered_level_by_level() -> None:
    table = live(Kind.PREMORTEM)
    data = {
        "channel": "online", "barriers_1-count": "2", "barriers_1-0-words": "It came too late",
        "barriers_1-0-impact": "high", "barriers_1-1-words": "It cost too much", "barriers_3-count": "1",
        "barriers_3-0-words": "Only savings counted",
        "barriers_3-0-likelihood": "medium", "barriers_3-0-early_sign": "Fewer visits",
    }  # fmt: skip
    assert post(table, table.person("P01"), "answer", data).status_code == 302
    own = queries.own_answer(table.round, table.invitation("P01"), table.person("P01"))
    assert own is not None
    assert own.written.barriers == (
        RaisedBarrier("It came too late", 1, impact="high"), RaisedBarrier("It cost too much", 1),
        RaisedBarrier("Only savings counted", 3, likelihood="medium", early_sign="Fewer visits"),
    )  # fmt: skip
    again = soup(get(table, table.person("P01"), "answer"))
    assert again.select_one("[name=barriers_1-1-words]").text.strip() == "It cost too much"
    assert not again.select("[name=me_rating]")


def test_a_re_rating_shows_each_person_only_their_own_first_answer() -> None:
    table = live()
    table.answer("P01", Written(me=Rated("mine only", -2)), at=clock.now())
    table.answer("P02", Written(me=Rated("another person", 3)), at=clock.now())
    seal(table)
    first, now = table.round, clock.now() + timedelta(days=9)
    with clock.at(now):
        table.round = draft(
            table, kind=Kind.RE_RATING, follows_id=first.pk, opens_at=now, seals_at=now + timedelta(days=7)
        )
        table.invite(table.seats)
        table.open(at=now)
        shown = text_of(get(table, table.person("P01"), "answer"))
    assert "Your first answer: me −2" in shown
    assert "mine only" in shown
    assert "another person" not in shown
    assert "How all rated in the first round" in shown


def test_a_supporter_finds_whom_they_help_and_an_empty_form() -> None:
    table = live()
    rosa = a_person("Rosa Supporter")
    projects.give_role(by=table.facilitator, project_id=table.project.pk, person=rosa, role=Role.PARTICIPANT)
    mine = table.invitation("P01").pk
    assert get(table, rosa, "enter_answer", invitation_id=mine).status_code == 404
    assert (
        post(table, table.facilitator, "supporter", {"person": str(rosa.pk)}, invitation_id=mine).status_code
        == 302
    )
    assert "Write the answer down together with Person P01" in text_of(get(table, rosa, "round"))
    assert "Write the answer down" not in text_of(get(table, table.person("P02"), "round"))
    entry = FILLED | {"channel": "supported easy read", "read_back": "on", "me_words": "a marker"}
    assert post(table, rosa, "enter_answer", entry, invitation_id=mine).status_code == 302
    answer = Answer.objects.get()
    assert (answer.entered_by, answer.channel, answer.read_back) == (rosa, Channel.EASY_READ, True)
    assert "marker" not in get(table, rosa, "enter_answer", invitation_id=mine).content.decode()
    assert answer.receipt in text_of(get(table, rosa, "entered", invitation_id=mine))
    assert "Rosa Supporter entered this answer for you" in text_of(get(table, table.person("P01"), "receipt"))


# On paper


def test_each_person_has_a_form_with_a_code_and_a_name_only_where_it_is_wanted() -> None:
    table = live(languages={"cy": WELSH})
    named = text_of(get(table, table.facilitator, "paper_for_each"))
    for seat in table.seats:
        assert code_of(table, seat) in named
        assert f"For: Person {seat}" in named
    bare = soup(get(table, table.facilitator, "paper_for_each", query="?names=no&look=large&lang=cy"))
    assert code_of(table, "P01") in bare.text
    assert "Person P01" not in bare.text
    assert len(bare.select(".rounds-paper--large svg.app-qr")) == len(table.seats)
    assert "Cymraeg level_1" in bare.text


def test_the_printed_form_asks_what_the_page_asks_and_leads_to_it() -> None:
    table = live()
    page = soup(get(table, table.person("P01"), "paper"))
    assert f"http://testserver{address(table, 'answer')}" in page.text
    for shown in (
        "How do you come?",
        "☐ 1 By bus",
        "☐ 2 On foot",
        "What name?",
        "☐ 2 Save money",
        "☐ 0 I do not know",
    ):
        assert shown in " ".join(page.text.split())
    easy = soup(get(table, table.person("P01"), "paper", query="?look=easy"))
    level_2 = [line.text for line in easy.select(".rounds-paper--easy .rounds-words")[1].select("p")]
    assert level_2[1] == "Who would find it easier or harder than you?"


def test_the_number_of_queries_does_not_grow_with_the_people(django_assert_max_num_queries: Any) -> None:
    table = live()
    client = client_of(table.facilitator)
    for name in ("paper_for_each", "quick_entry"):
        with django_assert_max_num_queries(12):
            assert client.get(address(table, name)).status_code == 200


def quick(table: Table, data: dict[str, Any], step: str = "check") -> Any:
    return post(table, table.facilitator, "quick_entry", data | {step: "yes"})


def read_back(response: Any) -> dict[str, Any]:
    """The form that stands on the page of the read-back, as it would be sent."""
    data: dict[str, Any] = {}
    for box in soup(response).select("form[method=post] input[type=hidden]"):
        if box["name"] not in {"csrfmiddlewaretoken", "next"}:
            data.setdefault(box["name"], []).append(box.get("value", ""))
    return data


def test_quick_entry_saves_after_the_read_back_and_goes_to_the_next_form() -> None:
    table = live()
    typed = LINE | {
        "code": code_of(table, "P01").lower(), "me_words": "I wait.", "barriers-count": "1",
        "barriers-0-words": "No bus",
        "barriers-0-level": "1", "barriers-0-importance": "5", "barriers-0-built_on": "2", "extra_q1": "2",
        "extra_q2": "1 2", "extra_q3": "y", "extra_q4": "5",
    }  # fmt: skip
    shown = quick(table, typed)
    said = text_of(shown)
    for sentence in (
        "You said:", "For you it would be −2: worse. I wait.", "For people around you it would be +1: a little better",
        "You think they want: Save money; Fairness",
        "Barrier: No bus (Me; matters 5 of 5; What has happened here before)",
        "How do you come? – On foot", "Which days? – Monday; Friday", "Again? – Yes", "How clear? – 5 of 5",
        "You say this because: I heard about it", "Is that right?",
    ):  # fmt: skip
        assert sentence in said, sentence
    assert not Answer.objects.exists()
    data = read_back(shown)
    saved = post(table, table.facilitator, "quick_entry", data | {"save": "yes", "read_back": "on"})
    assert saved.url == address(table, "quick_entry")
    answer = Answer.objects.get()
    assert (answer.channel, answer.read_back, answer.entered_by) == (Channel.PAPER, True, table.facilitator)
    own = queries.own_answer(table.round, table.invitation("P01"), table.person("P01"))
    assert own is not None
    assert own.written == Written(
        me=Rated("I wait.", -2), around=Rated("", 1), intention=Intention(("save_money", "fairness")), basis=("heard",),
        confidence=4, barriers=(RaisedBarrier("No bus", 1, 5, None, "shared history"),),
        extra=(Extra("q1", ("On foot",)), Extra("q2", ("Monday", "Friday")), Extra("q3", ("yes",)), Extra("q4",
        ("5",))),
    )  # fmt: skip
    assert "I wait." not in get(table, table.facilitator, "quick_entry").content.decode()
    # The same request again writes nothing.
    post(table, table.facilitator, "quick_entry", data | {"save": "yes", "read_back": "on"})
    assert Answer.objects.count() == 1


def test_nothing_is_saved_without_the_read_back_page() -> None:
    table = live()
    post(table, table.facilitator, "quick_entry", LINE | {"code": code_of(table, "P01")})
    assert not Answer.objects.exists()


def test_R109_saving_without_the_tick_is_recorded_as_not_read_back() -> None:
    table = live()
    data = read_back(quick(table, LINE | {"code": code_of(table, "P01")}))
    post(table, table.facilitator, "quick_entry", data | {"save": "yes"})
    assert not Answer.objects.get().read_back


def test_what_is_to_be_changed_comes_back_as_it_was_typed() -> None:
    table = live()
    data = read_back(quick(table, LINE | {"code": code_of(table, "P01"), "me_words": "Almost right"}))
    page = soup(post(table, table.facilitator, "quick_entry", data | {"change": "yes"}))
    assert page.select_one("[name=me_words]").text.strip() == "Almost right"
    assert page.select_one("[name=me_rating]")["value"] == "-2"
    assert not Answer.objects.exists()


def test_a_code_with_a_slip_is_refused_and_nothing_is_lost() -> None:
    table = live()
    wrong_letter = f"P01-{'A' if code_of(table, 'P01')[-1] != 'A' else 'B'}"
    for code, said in (
        (wrong_letter, "letter does not fit"), ("P77-K", "Nobody in this round has this code"), ("x",
        "Nobody in this round"),
    ):  # fmt: skip
        page = quick(table, LINE | {"code": code, "me_words": "Typed once"})
        assert said in text_of(page)
        assert "Typed once" in text_of(page)


def test_a_number_that_means_nothing_is_refused_beside_its_box() -> None:
    table = live()
    page = quick(table, LINE | {"code": code_of(table, "P01"), "me_rating": "7", "intents": "2 9"})
    assert "“7” is not one of the numbers" in text_of(page)
    assert "“9” is not one of the numbers" in text_of(page)


def test_a_code_that_comes_twice_is_told_only_to_the_one_who_typed_it() -> None:
    table = live()
    about = LINE | {"code": code_of(table, "P01")}
    assert "with this code before" not in text_of(quick(table, about))
    post(table, table.facilitator, "quick_entry", read_back(quick(table, about)) | {"save": "yes"})
    assert "You have entered a form with this code before" in text_of(quick(table, about))
    # Whether somebody answered by themselves is not told.
    table.answer("P02", words("own"), at=clock.now())
    assert "with this code before" not in text_of(quick(table, LINE | {"code": code_of(table, "P02")}))


def test_a_premortem_on_paper_is_typed_in_by_its_keys() -> None:
    table = live(Kind.PREMORTEM)
    typed = {
        "code": code_of(table, "P02"), "channel": "paper", "barriers_2-count": "1",
        "barriers_2-0-words": "Nobody asked",
        "barriers_2-0-likelihood": "3", "barriers_2-0-impact": "1",
    }  # fmt: skip
    shown = quick(table, typed)
    assert "Barrier: Nobody asked (People around me; likely: High; harm: Low)" in text_of(shown)
    post(table, table.facilitator, "quick_entry", read_back(shown) | {"save": "yes", "read_back": "on"})
    own = queries.own_answer(table.round, table.invitation("P02"), table.person("P02"))
    assert own is not None
    assert own.written.barriers == (RaisedBarrier("Nobody asked", 2, likelihood="high", impact="low"),)


def test_after_the_seal_a_typed_in_form_is_marked_as_such() -> None:
    table = live()
    table.answer("P01", words("in time"), at=clock.now())
    seal(table)
    with clock.at(clock.now() + timedelta(days=9)):
        data = read_back(quick(table, LINE | {"code": code_of(table, "P02")}))
        post(table, table.facilitator, "quick_entry", data | {"save": "yes", "read_back": "on"})
    shown = text_of(get(table, table.person("P01"), "answers"))
    assert "Person P02 Group G1 Late: typed in after the seal" in shown


# Reading


def an_opened_round() -> Table:
    table = live(languages={"cy": WELSH})
    given = (Extra("q1", ("By bus",)), Extra("q4", ("4",)))
    table.answer(
        "P01", Written(me=Rated("bus words", 1), extra=given, language="cy", basis=("heard",)), at=clock.now()
    )
    table.enter("P02", words("second person", 2), at=clock.now())
    seal(table)
    return table


def test_the_answers_and_their_files_hold_everything_that_was_answered() -> None:
    table = an_opened_round()
    shown = text_of(get(table, table.person("P01"), "answers"))
    for one in ("How do you come? By bus", "How clear? 4 of 5", "Online (Cymraeg)"):
        assert one in shown
    client = client_of(table.person("P01"))
    book = openpyxl.load_workbook(io.BytesIO(client.get(address(table, "answers") + "?format=xlsx").content))
    heads, *rows = [[cell.value for cell in row] for row in book.active.iter_rows()]
    by_person = {row[heads.index("Person")]: dict(zip(heads, row, strict=True)) for row in rows}
    mine, other = by_person["Person P01"], by_person["Person P02"]
    assert (mine["How do you come?"], mine["How clear?"], mine["Language"]) == ("By bus", "4 of 5", "Cymraeg")
    assert mine["What makes them say this"] == "I heard about it"
    assert (other["Entered by"], other["Barriers"]) == (
        "Ada Facilitator",
        "second person barrier (Me; matters 5 of 5; easy to remove 2 of 5; My own experience)",
    )


def test_the_summary_counts_the_extra_questions() -> None:
    table = an_opened_round()
    shown = text_of(get(table, table.person("P02"), "summary"))
    assert "How do you come? 1 person answered on time." in shown
    assert "By bus 1 On foot 0" in shown


def test_a_premortem_has_a_summary_without_ratings() -> None:
    table = live(Kind.PREMORTEM)
    table.answer(
        "P01", Written(barriers=(RaisedBarrier("Late", 1), RaisedBarrier("Dear", 3))), at=clock.now()
    )
    seal(table)
    shown = text_of(get(table, table.person("P02"), "summary"))
    assert "Level Reasons Me 1 People around me 0 Intention 1" in shown
    assert "Me against people around me" not in shown
    assert "Mean level" not in shown
    answers = text_of(get(table, table.person("P02"), "answers"))
    assert "skipped" not in answers


def test_a_re_rating_states_its_figures_beside_the_first_round() -> None:
    table, _first = re_rating()
    for code, me in (("P01", 0), ("P02", 1)):
        table.answer(code, Written(me=Rated("now", me), around=Rated("now", 0)), at=LATE)
    table.seal(at=LATE.replace(year=2027))
    shown = text_of(get(table, table.person("P01"), "summary"))
    assert "Beside the first round" in shown
    assert "Me 2 −0.50 +0.50 1 0" in shown
    assert "not independent of each other" in shown


def test_the_reading_pack_prints_an_answer_a_page_in_the_order_of_the_reading_with_late_ones_marked() -> None:
    table = an_opened_round()
    table.answer("P03", words("late one"), at=clock.now() + timedelta(days=9))
    pages = soup(get(table, table.person("P01"), "reading_pack")).select(".rounds-sheet")
    order = [reader.invitation.person.shown_name for reader in queries.reading(table.round).order]
    assert [page.h2.text.split(". ")[1] for page in pages[:2]] == order
    assert "Late" in pages[2].text
    assert "Late" not in pages[0].text
    running = soup(get(table, table.person("P01"), "reading_pack", query="?layout=continuous"))
    assert not running.select(".rounds-sheet")
    assert len(running.select("article")) == 3


def test_the_list_of_rounds_is_filtered_by_kind() -> None:
    table = live(Kind.PREMORTEM)
    place = reverse("rounds:rounds", args=[table.project.pk])
    client = client_of(table.facilitator)
    rows = soup(client.get(f"{place}?kind=premortem")).select("tbody tr")
    assert len(rows) == 1
    assert "Premortem" in rows[0].text
    assert len(soup(client.get(place)).select("tbody tr")) == 2
