"""The public shapes of what went back: three styles, three layers, Easy Read, poster, frame, open data."""

import json
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from coproduce.capabilities.feedback import operations, queries
from coproduce.capabilities.feedback.models import Publication
from coproduce.capabilities.people import operations as people
from coproduce.core import clock

from .factories import make_answered

pytestmark = pytest.mark.django_db


@pytest.fixture
def published():
    answered = make_answered()
    one = answered.suggestions[0]
    operations.set_report(
        by=answered.draft.facilitator,
        **answered.at,
        introduction="Forty came in.",
        asked="What matters at night?",
    )
    facts = {
        "will": "Pay travel time.", "will_by": clock.today() + timedelta(days=40),
        "could_not": "Not everywhere.", "reason": "It costs too much.", "easy_came": "Nights are in.\nWe pay travel.",
    }  # fmt: skip
    answered.statement = answered.state(
        *answered.suggestions,
        facts=facts,
        quotes=[(one.pk, one.reason)],
        together_ids=[answered.draft.citizen.pk],
    )
    operations.publish(by=answered.draft.manager, **answered.at)
    return answered


def shown(answered, name, person=None, **query):
    client = Client()
    if person:
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client.get(reverse(f"feedback:{name}", args=[answered.draft.project.pk]), query)


def words(answered, name, person=None, **query):
    return shown(answered, name, person, **query).content.decode()


@pytest.mark.parametrize("name", ["page", "poster", "embed"])
@pytest.mark.parametrize(
    "style, heading",
    [
        ("", "You said, we did"),
        ("we_asked", "We asked, you said, we did"),
        ("together", "We talked, we did together"),
        ("nonsense", "You said, we did"),
    ],
)
def test_the_reader_chooses_the_heading_style_by_a_plain_link(published, name, style, heading):
    assert heading in words(published, name, style=style).split("<h1")[1].split("</h1>")[0]


def test_we_asked_says_what_was_asked(published):
    assert "What matters at night?" in words(published, "page", style="we_asked")
    assert "What matters at night?" not in words(published, "page")


def test_an_older_publication_asked_in_its_introduction(published):
    Publication.objects.update(asked="", introduction="What matters by day?")
    page = words(published, "page", style="we_asked")
    assert page.count("What matters by day?") == 1
    assert page.index("We asked</h3>") < page.index("What matters by day?")


def test_the_page_has_three_layers(published):
    page = words(published, "page")
    layers = ["Thank you", "What difference it made", "How the whole work is going"]
    assert [page.index(f">{layer}</h3>") for layer in layers] == sorted(
        page.index(f">{layer}</h3>") for layer in layers
    )
    assert "1 person made 4 suggestions" in page
    assert "2 of 4 suggestions were taken in, in full or in part: 50.0%" in page
    assert "We made 1 promise. 0 done, 1 under way." in page


def test_an_overdue_promise_says_so_to_everyone(published):
    with clock.at(clock.now() + timedelta(days=60)):
        page = words(published, "page")
        assert "This date has passed, and it is not done." in page
        assert "1 promise is overdue" in page
        assert "It is late." in words(published, "easy_read")


def test_news_stands_under_its_promise(published):
    operations.add_update(
        by=published.draft.facilitator, project_id=published.draft.project.pk,
        statement_id=published.statement.pk, progress="done", words="All areas pay it.",
    )  # fmt: skip
    for name in ("page", "embed"):
        page = words(published, name)
        assert "All areas pay it." in page
        assert "Done, as of" in page
    assert "What we promised is done." in words(published, "easy_read")
    (row,) = json.loads(words(published, "json"))["statements"]
    assert (row["promise"], row["updates"]) == ("done", 1)


def test_easy_read_is_one_idea_a_line(published):
    page = words(published, "easy_read")
    for line in ("Nights are in.", "We pay travel.", "You asked for nights."):
        assert f'<p class="govuk-body" dir="auto">{line}</p>' in page
    assert "It costs too much." not in page


def test_where_nobody_wrote_easy_words_the_usual_ones_stand_a_sentence_at_a_time(published):
    published.state(
        *published.suggestions, statement_id=published.statement.pk,
        facts={"easy_came": "", "did": "Nights are in. Days are, too."},
    )  # fmt: skip
    operations.publish(by=published.draft.manager, **published.at)
    page = words(published, "easy_read")
    for line in ("Nights are in.", "Days are, too.", "Not everywhere.", "It costs too much."):
        assert f'<p class="govuk-body" dir="auto">{line}</p>' in page


def test_R108_whoever_writes_is_warned_of_long_sentences_in_easy_read(published):
    long = "We have put the visits at night into the plan for everyone who lives in the town."
    statement = published.state(
        *published.suggestions, statement_id=published.statement.pk, facts={"easy_came": long}
    )
    standing = queries.standing_of(published.draft.project.pk, published.draft.document.pk)
    assert "R108" in {finding.rule for finding in operations.readiness(standing).findings}
    client = Client()
    client.force_login(published.draft.facilitator, backend="django.contrib.auth.backends.ModelBackend")
    at = reverse("feedback:edit_statement", args=[published.draft.project.pk, statement.pk])
    assert "This sentence has 17 words." in client.get(at).content.decode()
    operations.publish(by=published.draft.manager, **published.at)
    assert "This sentence has 17 words." in words(published, "easy_read", published.draft.facilitator)
    assert "This sentence has" not in words(published, "easy_read")


def test_R20_no_public_shape_shows_words_without_consent(published):
    assert "Reason for accepted" in words(published, "embed")
    people.withdraw_quotes(
        by=published.draft.citizen, project_id=published.draft.project.pk, seat_id=published.seat.pk
    )
    for name in ("page", "embed", "easy_read", "poster", "csv", "json"):
        assert "Reason for accepted" not in words(published, name)


def test_the_poster_leads_to_the_page(published):
    page = words(published, "poster", size="a3")
    assert '<svg class="app-qr"' in page
    assert reverse("feedback:page", args=[published.draft.project.pk]) in page
    assert "poster-a3.css" in page
    assert re.search(r"<strong>We will, by [^<]+:</strong> Pay travel time\.", page)


def test_only_the_page_for_frames_may_stand_in_a_frame(published):
    framed = shown(published, "embed")
    assert "frame-ancestors http: https:" in framed["Content-Security-Policy"]
    assert "X-Frame-Options" not in framed
    for name in ("page", "poster", "easy_read", "csv"):
        other = shown(published, name)
        assert "frame-ancestors 'none'" in other["Content-Security-Policy"]
        assert other["X-Frame-Options"] == "DENY"


def test_the_page_in_a_frame_is_the_same_for_everyone_and_asks_for_nothing(published):
    page = words(published, "embed", published.draft.facilitator)
    assert page == words(published, "embed")
    assert not any(tag in page for tag in ("<form", "<script", "<button", "csrf"))


def test_before_publication_no_shape_is_there():
    answered = make_answered()
    answered.state(*answered.suggestions)
    for name in ("easy_read", "poster", "embed"):
        assert shown(answered, name, answered.draft.facilitator).status_code == 404


def test_R88_what_is_late_is_said_in_public_even_before_it_is_published():
    answered = make_answered()
    operations.set_report(
        by=answered.draft.facilitator, **answered.at, comments_closed_on=clock.today() - timedelta(weeks=13)
    )
    assert "They came late" in words(answered, "page")


@pytest.mark.parametrize("weeks, warned", [(7, False), (8, True)])
def test_R88_the_facilitator_is_warned_from_week_eight(weeks, warned):
    answered = make_answered()
    closed = clock.today() - timedelta(weeks=weeks)
    operations.set_report(by=answered.draft.facilitator, **answered.at, comments_closed_on=closed)
    assert (
        "12 weeks after comments closed" in words(answered, "statements", answered.draft.facilitator)
    ) is warned
