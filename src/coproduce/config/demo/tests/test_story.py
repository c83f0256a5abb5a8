"""The raw story against the figures of the scenario (domain notes, section 3)."""

from collections import Counter
from statistics import mean, median, pstdev

import pytest

from coproduce.config.demo.story import Story, story
from coproduce.config.demo.story.rows import Answer

TAKEN_IN = ("accepted", "in part")


@pytest.fixture(scope="module")
def told() -> Story:
    return story()


@pytest.fixture(scope="module")
def on_time(told: Story) -> list[Answer]:
    return [answer for answer in told.answers if answer.person != "P21"]


def test_twenty_four_people_sit_in_five_groups(told: Story) -> None:
    assert [person.code for person in told.people] == [f"P{number:02}" for number in range(1, 25)]
    assert Counter(person.group for person in told.people) == {"G1": 7, "G2": 5, "G3": 5, "G4": 3, "G5": 4}
    assert sum(group.places_wanted for group in told.groups) == 24
    assert [person.code for person in told.people if person.other_groups] == ["P17"]


def test_ten_people_have_access_needs_and_twelve_were_offered_recognition(told: Story) -> None:
    assert len({need.person for need in told.access_needs}) == 10
    assert Counter(person.recognition for person in told.people) == {
        "accept": 9, "lower amount": 1, "decline": 2, "": 12,
    }  # fmt: skip
    assert sum(person.benefits_advice == "asked and given" for person in told.people) == 4


def test_twenty_two_answers_are_on_time_and_one_is_late(told: Story, on_time: list[Answer]) -> None:
    assert len(on_time) == 22
    assert all("2025-02-17" <= answer.submitted.isoformat() < "2025-03-03" for answer in on_time)
    late = next(answer for answer in told.answers if answer.person == "P21")
    assert late.submitted.date().isoformat() == "2025-03-04"
    assert Counter(answer.channel for answer in on_time) == {
        "online": 13, "paper": 5, "phone": 3, "supported easy read": 1,
    }  # fmt: skip
    assert all(bool(answer.entered_by) == (answer.channel != "online") for answer in told.answers)


def test_the_means_and_the_shift_are_those_of_the_scenario(told: Story, on_time: list[Answer]) -> None:
    group = {person.code: person.group for person in told.people}
    first = {code: [a for a in on_time if group[a.person] == code] for code in ("G1", "G2", "G3", "G4", "G5")}
    assert [round(mean(a.me for a in rows), 2) for rows in first.values()] == [0, -0.8, 0.2, 1.5, 1]
    assert [round(mean(a.around for a in rows), 2) for rows in first.values()] == [-1, -1, -0.4, 1.5, -0.33]
    assert Counter((a.around > a.me) - (a.around < a.me) for a in on_time) == {-1: 13, 0: 7, 1: 2}
    second = [(a.me, a.again) for a in on_time if a.again is not None]
    assert Counter(again - me for me, again in second) == {0: 14, 1: 6, -1: 2}
    before, after = pstdev(me for me, _ in second), pstdev(again for _, again in second)
    assert (round(before, 2), round(after, 2), round(1 - after / before, 2)) == (1.32, 1.02, 0.23)


def test_fifteen_of_twenty_two_saw_a_stated_intention(told: Story, on_time: list[Answer]) -> None:
    seen = Counter(answer.intention for answer in on_time)
    assert seen == {"save_money": 10, "free_capacity": 5, "better_outcomes": 5, "dont_know": 2}
    stated = told.foreword.foreword["stated_intents"]
    assert round(100 * sum(seen[intent] for intent in stated) / len(on_time), 1) == 68.2


def test_sixty_barriers_have_the_spread_of_the_scenario(told: Story) -> None:
    assert [barrier.ref for barrier in told.barriers] == [f"B{number:02}" for number in range(1, 61)]
    assert Counter(b.group for b in told.barriers) == {"G1": 18, "G2": 14, "G3": 14, "G4": 5, "G5": 9}
    assert Counter(b.level for b in told.barriers) == {1: 33, 2: 21, 3: 6}
    assert Counter(b.com_b for b in told.barriers) == {"PhO": 25, "PsC": 13, "ReM": 9, "SoO": 9, "AuM": 4}
    assert Counter(b.response for b in told.barriers) == {
        "reduce": 30,
        "remove": 21,
        "accept": 2,
        "none yet": 7,
    }
    assert Counter(b.theme for b in told.barriers) == {
        "T1": 7, "T2": 6, "T3": 8, "T4": 6, "T5": 4, "T6": 5, "T7": 9, "T8": 5, "T9": 6, "T10": 4,
    }  # fmt: skip
    assert round(mean(b.importance for b in told.barriers), 2) == 4.13
    assert round(mean(b.ease for b in told.barriers), 2) == 3.02


def test_each_barrier_belongs_to_someone_of_its_group_who_answered(told: Story) -> None:
    group = {person.code: person.group for person in told.people}
    answered = {answer.person for answer in told.answers}
    assert all(group[barrier.person] == barrier.group for barrier in told.barriers)
    assert {barrier.person for barrier in told.barriers} <= answered


def test_each_response_and_each_gap_has_a_person_and_a_date(told: Story) -> None:
    without = {barrier.ref for barrier in told.barriers if barrier.response == "none yet"}
    answered = {response.ref: response for response in told.responses}
    assert set(answered) == {barrier.ref for barrier in told.barriers} - without
    known = {person.code for person in told.people}
    assert {response.owner for response in told.responses} <= known
    assert all(response.recorded <= response.due for response in told.responses)
    important = {barrier.ref for barrier in told.barriers if barrier.importance >= 4}
    assert len(important) == 49
    assert {gap.ref for gap in told.unanswered} == without & important
    assert {gap.person for gap in told.unanswered} <= known


def test_theme_medians_by_group_are_those_of_the_scenario(told: Story) -> None:
    expected = {
        "T1": (5, 5, 4, 3, 4), "T2": (4, 4, 4, 4, 3), "T3": (3, 5, 3, 2, 4), "T4": (4, 3, 5, 3, 5),
        "T5": (5, 4, 4, 3, 3), "T6": (3, 2, 2, 4, 3), "T7": (5, 4, 4, 2, 3), "T8": (4, 4, 3, 5, 3),
        "T9": (5, 3, 3, 2, 3), "T10": (2, 3, 5, 4, 4),
    }  # fmt: skip
    group = {person.code: person.group for person in told.people}
    for theme, medians in expected.items():
        by_group: dict[str, list[int]] = {code: [] for code in ("G1", "G2", "G3", "G4", "G5")}
        for person, ratings in told.theme_ratings.items():
            by_group[group[person]].append(ratings[theme])
        assert tuple(median(ratings) for ratings in by_group.values()) == medians, theme


def test_forty_suggestions_come_from_twenty_three_people_and_three_of_the_public(told: Story) -> None:
    assert [suggestion.ref for suggestion in told.suggestions] == [f"S{number:02}" for number in range(1, 41)]
    assert Counter(s.kind for s in told.suggestions) == {"add": 25, "change": 14, "remove": 1}
    authors = {suggestion.author for suggestion in told.suggestions}
    assert len(authors & {person.code for person in told.people}) == 23
    assert len(authors & {outsider.code for outsider in told.public}) == 3
    assert Counter(s.section for s in told.suggestions).most_common(2) == [(5, 9), (4, 7)]
    assert all("2025-05-12" <= s.made_on.isoformat() <= "2025-08-04" for s in told.suggestions)


def test_each_suggestion_is_about_a_passage_on_its_page(told: Story) -> None:
    draft = told.texts["0.3"]
    starts = [(draft.index(f"\n{page.starts_with}\n"), page.page, page.section) for page in told.pages]
    for suggestion in told.suggestions:
        assert draft.count(suggestion.anchor) == 1, suggestion.ref
        at = draft.index(suggestion.anchor)
        assert [place[1:] for place in starts if place[0] < at][-1] == (suggestion.page, suggestion.section)


def test_the_draft_is_a_document_of_twelve_pages_in_ten_sections(told: Story) -> None:
    draft = told.texts["0.3"]
    assert 4_400 <= len(draft.split()) <= 6_000
    assert draft.count("\n## ") == 10
    assert [page.page for page in told.pages] == list(range(1, 13))


def test_every_suggestion_has_one_decision_with_what_its_outcome_needs(told: Story) -> None:
    assert sorted(decision.suggestion for decision in told.decisions) == [s.ref for s in told.suggestions]
    assert Counter(d.outcome for d in told.decisions) == {
        "accepted": 22, "in part": 7, "declined": 7, "passed on": 4,
    }  # fmt: skip
    assert Counter(d.reason for d in told.decisions if d.reason) == {
        "COST": 7, "PARTNER": 3, "SAFE": 2, "EVIDENCE": 2, "CHARTER": 2, "SCOPE": 1, "LAW": 1,
    }  # fmt: skip
    assert all(bool(d.cost) == (d.reason == "COST") for d in told.decisions)
    assert all(bool(d.sent_to) == (d.reason in ("SCOPE", "PARTNER")) for d in told.decisions)
    assert all(bool(d.change) == bool(d.version) == (d.outcome in TAKEN_IN) for d in told.decisions)
    assert Counter(d.version for d in told.decisions if d.version) == {"0.4": 17, "0.5": 12}


def test_thirty_seven_answers_are_on_time_and_nobody_decides_their_own(told: Story) -> None:
    author = {suggestion.ref: suggestion.author for suggestion in told.suggestions}
    late = {d.suggestion for d in told.decisions if d.on.isoformat() > "2025-09-02"}
    assert late == {"S12", "S34", "S38"}
    assert all(d.by != author[d.suggestion] for d in told.decisions)
    assert {d.by for d in told.decisions if d.suggestion in ("S32", "S40")} == {"F01"}


def test_a_decision_lands_in_the_first_version_after_it(told: Story) -> None:
    made_on = {version.number: version.on.isoformat() for version in told.versions}
    for decision in (d for d in told.decisions if d.version):
        after = [number for number, on in made_on.items() if on >= decision.on.isoformat()]
        assert after[0] == decision.version, decision.suggestion


def test_taken_in_by_group_is_that_of_the_scenario(told: Story) -> None:
    group = {person.code: person.group for person in told.people}
    of = {suggestion.ref: group.get(suggestion.author, "public") for suggestion in told.suggestions}
    taken = Counter(of[d.suggestion] for d in told.decisions if d.outcome in TAKEN_IN)
    assert taken == {"G1": 10, "G2": 6, "G3": 6, "G4": 1, "G5": 5, "public": 1}
    assert Counter(of.values()) == {"G1": 12, "G2": 8, "G3": 7, "G4": 3, "G5": 7, "public": 3}


def test_every_change_applies_at_its_turn_and_the_plan_reads_as_decided(told: Story) -> None:
    text = told.texts["0.3"]
    turns = sorted(told.decisions, key=lambda decision: (decision.on, decision.suggestion))
    for change in [change for decision in turns for change in decision.change]:
        text = change.applied_to(text)
    for edit in told.editorial:
        text = edit.change.applied_to(text)
    assert "£420,000 a year. Section 7" in text
    assert "no change to roles" not in text
    assert "independence" not in text


def test_twenty_one_promises_end_in_eleven_actions_four_links_and_six_commitments(told: Story) -> None:
    promises = {decision.suggestion for decision in told.decisions if decision.promise}
    linked = {ref for action in told.actions for ref in action.suggestions} & promises
    by_hand = set(told.links_made["links"])
    assert len(promises) == 21
    assert len(linked) == 11
    assert by_hand == {"S09", "S19", "S25", "S36"}
    assert {c.suggestion for c in told.commitments} == promises - linked - by_hand


def test_fifteen_actions_have_dates_and_the_status_of_the_scenario(told: Story) -> None:
    assert [action.ref for action in told.actions] == [f"A{number:02}" for number in range(1, 16)]
    assert Counter(action.status for action in told.actions) == {
        "done": 2,
        "in progress": 8,
        "not started": 5,
    }
    assert all(action.start < action.end for action in told.actions)
    assert all(bool(action.evidence) == (action.status == "done") for action in told.actions)
    assert [action.ref for action in told.actions if action.first_tried_end == "ongoing"] == ["A09"]
    citizens = {person.code for person in told.people if person.group in ("G1", "G2")}
    partners = {person.code for person in told.people if person.group == "G5"}
    assert sum(not citizens.isdisjoint((a.owner, *a.co_owners)) for a in told.actions) == 3
    assert sum(not partners.isdisjoint((a.owner, *a.co_owners)) for a in told.actions) == 4


def test_twelve_statements_cover_each_suggestion_once(told: Story) -> None:
    statements = told.feedback.statement
    covered = [ref for statement in statements for ref in statement.suggestions]
    assert [statement.ref for statement in statements] == [f"Y{number:02}" for number in range(1, 13)]
    assert sorted(covered) == [suggestion.ref for suggestion in told.suggestions]
    assert all(bool(statement.will) == bool(statement.will_by) for statement in statements)


def test_statements_say_no_wherever_something_was_declined(told: Story) -> None:
    declined = {decision.suggestion for decision in told.decisions if decision.outcome == "declined"}
    for statement in told.feedback.statement:
        assert statement.could_not or declined.isdisjoint(statement.suggestions), statement.ref
        assert bool(statement.could_not) == bool(statement.reason), statement.ref


def test_quotes_are_the_words_of_someone_who_agreed(told: Story) -> None:
    agreed = {person.code for person in told.people if person.quotes} | {"X1", "X3"}
    author = {suggestion.ref: suggestion.author for suggestion in told.suggestions}
    for statement in told.feedback.statement:
        assert set(statement.quotes) <= set(statement.suggestions), statement.ref
        assert {author[ref] for ref in statement.quotes} <= agreed, statement.ref


def test_seven_versions_end_with_a_review_within_a_year(told: Story) -> None:
    assert [version.number for version in told.versions] == ["0.1", "0.2", "0.3", "0.4", "0.5", "0.9", "1.0"]
    assert [version.on for version in told.versions] == sorted(version.on for version in told.versions)
    assert told.sign_off.review.isoformat() == "2026-10-15"
    assert len(told.foreword.summary.split()) <= 25
