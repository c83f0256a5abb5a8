import csv
import io
import json

import pytest
from django.test import Client
from django.urls import reverse

from coproduce.capabilities.feedback import operations
from coproduce.capabilities.feedback.models import Answer, Publication, Statement
from coproduce.capabilities.people import operations as people

from .factories import make_answered

pytestmark = pytest.mark.django_db


@pytest.fixture
def answered():
    return make_answered()


def visitor(person) -> Client:
    client = Client()
    if person:
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def page(answered, person, name, *rest, **query):
    return visitor(person).get(reverse(f"feedback:{name}", args=[answered.draft.project.pk, *rest]), query)


def send(answered, person, name, *rest, **data):
    return visitor(person).post(reverse(f"feedback:{name}", args=[answered.draft.project.pk, *rest]), data)


def words(response) -> str:
    return response.content.decode()


def typed(answered, *suggestions, **more):
    ids = [str(one.pk) for one in suggestions]
    return {"heading": "Night visits", "said": "You asked.", "suggestions": ids, "did": "Done."} | more


def test_a_statement_is_written_on_the_page(answered):
    document, one = answered.draft.document, answered.suggestions[0]
    data = typed(answered, one, quotes=[f"{one.pk}:1"], status_on="2025-09-22")
    answer = send(answered, answered.draft.facilitator, "new_statement", document.pk, **data)
    assert answer.status_code == 302
    statement = Statement.objects.get()
    (answer,) = Answer.objects.filter(statement=statement)
    assert (answer.suggestion_id, answer.passages) == (one.pk, ["Reason for accepted"])


def test_R89_a_promise_without_a_date_is_refused_beside_its_field(answered):
    data = typed(answered, answered.suggestions[0], did="", will="Pay travel time")
    answer = send(answered, answered.draft.facilitator, "new_statement", answered.draft.document.pk, **data)
    assert "Say by which date you will do it" in words(answer)
    assert "Pay travel time" in words(answer)
    assert not Statement.objects.exists()


def test_an_end_called_ongoing_is_refused_and_stays_typed(answered):
    data = typed(answered, will="Keep asking", will_by_day="ongoing")
    answer = send(answered, answered.draft.facilitator, "new_statement", answered.draft.document.pk, **data)
    assert "“ongoing” is not a date" in words(answer)
    assert 'value="ongoing"' in words(answer)


def test_looking_for_suggestions_writes_nothing_and_keeps_what_was_typed(answered):
    data = typed(answered, answered.suggestions[0], look="1", find="declined", will="Half a thought")
    shown = words(
        send(answered, answered.draft.facilitator, "new_statement", answered.draft.document.pk, **data)
    )
    assert "Half a thought" in shown
    assert "There is a problem" not in shown
    assert "S01" in shown
    assert "S03" in shown
    assert "S02 " not in shown
    assert "“Words about accepted”" in shown
    assert not Statement.objects.exists()


def test_changing_a_statement_keeps_its_quotes(answered):
    one = answered.suggestions[0]
    statement = answered.state(one, quotes=[(one.pk, "for accepted")])
    shown = words(page(answered, answered.draft.facilitator, "edit_statement", statement.pk))
    assert "“for accepted”" in shown
    data = typed(answered, one, quotes=[f"{one.pk}:2"], heading="Nights")
    send(answered, answered.draft.facilitator, "edit_statement", statement.pk, **data)
    assert Answer.objects.get().passages == ["for accepted"]
    assert Statement.objects.get().heading == "Nights"


def test_R20_words_without_consent_are_not_offered_for_quoting(answered):
    people.withdraw_quotes(
        by=answered.draft.citizen, project_id=answered.draft.project.pk, seat_id=answered.seat.pk
    )
    data = typed(answered, answered.suggestions[0], look="1")
    shown = words(
        send(answered, answered.draft.facilitator, "new_statement", answered.draft.document.pk, **data)
    )
    assert "“Words about accepted”" not in shown


def test_the_list_names_what_is_in_no_statement(answered):
    answered.state(answered.suggestions[0])
    shown = words(page(answered, answered.draft.citizen, "statements"))
    assert "1 of 4 suggestions are in a statement" in shown
    assert "S04</a> Words about passed_on" in shown


def test_R87_the_page_of_the_manager_says_what_is_missing(answered):
    answered.state(*answered.suggestions[:3])
    document = answered.draft.document.pk
    assert "In no statement yet: S04" in words(page(answered, answered.draft.manager, "publish", document))
    assert "In no statement yet: S04" in words(send(answered, answered.draft.manager, "publish", document))
    assert not Publication.objects.exists()


def test_before_publication_nobody_outside_sees_anything(answered):
    answered.state(*answered.suggestions)
    for name in ("page", "csv", "json"):
        assert page(answered, None, name).status_code == 404


def test_after_publication_everyone_reads_it(answered):
    one = answered.suggestions[0]
    answered.state(*answered.suggestions, quotes=[(one.pk, one.reason)])
    send(answered, answered.draft.manager, "publish", answered.draft.document.pk)
    shown = words(page(answered, None, "page"))
    for text in ("You said", "Nights are in.", "“Reason for accepted”", "Priya", "1 accepted", "Marta"):
        assert text in shown


def test_people_of_the_project_go_on_from_a_statement_to_its_suggestions(answered):
    one, draft = answered.suggestions[0], answered.draft
    answered.state(*answered.suggestions)
    link = f'href="{reverse("drafting:suggestion", args=[draft.project.pk, one.pk])}"'
    assert link in words(page(answered, draft.citizen, "preview", draft.document.pk))
    send(answered, draft.manager, "publish", draft.document.pk)
    assert link in words(page(answered, draft.citizen, "page"))
    assert link not in words(page(answered, None, "page"))


def test_the_list_leads_readers_to_the_words_of_a_statement(answered):
    draft = answered.draft
    answered.state(*answered.suggestions)
    at = reverse("feedback:preview", args=[draft.project.pk, draft.document.pk])
    assert f'href="{at}#Y01"' in words(page(answered, draft.citizen, "statements"))
    send(answered, draft.manager, "publish", draft.document.pk)
    at = reverse("feedback:page", args=[draft.project.pk])
    assert f'href="{at}#Y01"' in words(page(answered, draft.citizen, "statements"))


def test_R20_withdrawn_words_are_gone_from_the_public_page(answered):
    one = answered.suggestions[0]
    answered.state(*answered.suggestions, quotes=[(one.pk, one.reason)])
    operations.publish(by=answered.draft.manager, **answered.at)
    people.withdraw_quotes(
        by=answered.draft.citizen, project_id=answered.draft.project.pk, seat_id=answered.seat.pk
    )
    shown = words(page(answered, None, "page"))
    assert "Reason for accepted" not in shown
    assert "1 accepted" in shown


def test_open_data_has_no_names_and_no_quotes(answered):
    one = answered.suggestions[0]
    together = [answered.draft.citizen.pk]
    answered.state(*answered.suggestions, quotes=[(one.pk, one.reason)], together_ids=together)
    operations.publish(by=answered.draft.manager, **answered.at)
    as_csv, as_json = (words(page(answered, None, name)) for name in ("csv", "json"))
    for text in (as_csv, as_json):
        assert "Priya" not in text
        assert "Reason for accepted" not in text
    (row,) = csv.DictReader(io.StringIO(as_csv.removeprefix("\ufeff")))
    assert (row["suggestions"], row["accepted"]) == ("S01 S02 S03 S04", "1")
    (statement,) = json.loads(as_json)["statements"]
    assert statement["suggestions"] == ["S01", "S02", "S03", "S04"]


@pytest.mark.parametrize(
    "style, heading",
    [("you_said", "You said"), ("we_asked", "We asked"), ("together", "We did together")],
)
def test_each_style_has_its_headings(answered, style, heading):
    data = {"style": style, "introduction": "What matters at night?"}
    send(answered, answered.draft.facilitator, "settings", answered.draft.document.pk, **data)
    answered.state(*answered.suggestions)
    operations.publish(by=answered.draft.manager, **answered.at)
    assert heading in words(page(answered, None, "page"))


def test_R88_what_came_late_says_so_in_public(answered):
    data = {"style": "you_said", "comments_closed_on": "2020-01-06"}
    send(answered, answered.draft.facilitator, "settings", answered.draft.document.pk, **data)
    assert "They came late" in words(page(answered, None, "page"))


def test_taking_a_statement_out_of_the_draft(answered):
    statement = answered.state(answered.suggestions[0])
    send(answered, answered.draft.facilitator, "remove_statement", statement.pk)
    assert not Statement.objects.exists()


def test_the_preview_is_for_people_in_the_project(answered):
    answered.state(*answered.suggestions)
    document = answered.draft.document.pk
    assert "Nights are in." in words(page(answered, answered.draft.citizen, "preview", document))
    assert page(answered, None, "preview", document).status_code == 302
