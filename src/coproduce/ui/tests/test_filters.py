"""Dates, money and names as people read them."""

from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup

from coproduce.core.findings import Strength, refuse, refuse_unless_named, show, warn
from coproduce.ui.templatetags import govuk


def test_a_day_is_written_in_words() -> None:
    assert govuk.day(date(2025, 3, 6)) == "6 March 2025"
    assert govuk.day(None) == ""


def test_a_moment_late_in_a_summer_evening_is_the_next_day_in_the_united_kingdom() -> None:
    late = datetime(2025, 6, 30, 23, 30, tzinfo=UTC)
    assert govuk.day(late) == "1 July 2025"
    assert govuk.moment(late) == "1 July 2025 at 12:30am"


@pytest.mark.parametrize(
    "amount, shown",
    [(420000, "£420,000"), (Decimal("12.50"), "£12.50"), (0, "£0"), (-3, "−£3"), (None, "")],
)
def test_money_shows_pence_only_where_there_are_some(amount: Decimal | int | None, shown: str) -> None:
    assert govuk.pounds(amount) == shown


def test_a_name_stands_apart_from_the_direction_of_the_text() -> None:
    person = SimpleNamespace(name="<Dafydd>", display_name="")
    assert govuk.name(person) == "<bdi>&lt;Dafydd&gt;</bdi>"
    assert govuk.name(SimpleNamespace(name="A", display_name="Daf")) == "<bdi>Daf</bdi>"
    assert govuk.name(None) == ""


def test_findings_say_their_strength_in_words_and_their_rule() -> None:
    found = [
        refuse("R60", "No"),
        refuse_unless_named("R66", "Named"),
        warn("R11", "Lone"),
        show("R04", "<i>"),
    ]
    html = govuk.findings(found)
    text = BeautifulSoup(html, "html.parser").text
    for words in (
        "Not allowed",
        "Needs a written reason",
        "Warning",
        "To note",
        "Rule R60",
        "Rule R04",
        "<i>",
    ):
        assert words in text
    assert len(found) == len(Strength)


def test_an_empty_state_offers_its_action_only_with_an_address() -> None:
    assert "<a " not in govuk.empty_state("Nothing yet", "Words")
    assert 'href="/new/"' in govuk.empty_state("Nothing yet", "Words", "Begin", "/new/")


def test_nothing_links_to_a_page_that_is_not_there() -> None:
    assert govuk.page_at("/no-such-page/") == ""
    assert govuk.page_at("/rules/") == "/rules/"
