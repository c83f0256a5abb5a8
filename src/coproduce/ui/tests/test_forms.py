"""Forms keep what was typed, say plainly what is wrong, and carry a key."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from bs4 import BeautifulSoup
from django import forms
from django.template import Context

from coproduce.core.findings import Override, Refused, refuse, refuse_unless_named
from coproduce.ui.forms import DateField, Form, LongText, Money, OneOf, Row, Rows, RowsForm, SomeOf, YesNo
from coproduce.ui.templatetags.govuk import error_prefix, page_errors


class Sample(Form):
    title = forms.CharField(label="Title", help_text="A few words.")
    story = LongText(label="Story", required=False)
    saving = Money(label="Saving", required=False)
    ends = DateField(label="End date", required=False)
    fair = YesNo(label="Is it fair?", required=False)
    kind = OneOf(label="Kind", choices=[("s", "Simple"), ("c", "Complex")], required=False)
    groups = forms.MultipleChoiceField(
        label="Groups", choices=[("1", "Carers"), ("2", "Staff")], required=False
    )
    stage = forms.ChoiceField(label="Stage", choices=[("", "---------"), ("a", "First")], required=False)
    agreed = forms.BooleanField(label="Read back", required=False)


def soup(form: forms.BaseForm) -> BeautifulSoup:
    return BeautifulSoup(str(form), "html.parser")


def test_each_time_the_page_is_opened_the_key_is_new() -> None:
    keys = {soup(Sample()).find("input", {"name": "request_key"})["value"] for _time in range(2)}  # type: ignore[index]
    assert len(keys) == 2


def test_the_key_comes_back_apart_from_what_was_typed() -> None:
    key = uuid4()
    form = Sample({"title": "A", "request_key": str(key)})
    assert form.is_valid()
    assert form.key == key
    assert "request_key" not in form.cleaned_data


@pytest.mark.parametrize("sent", ["", "nonsense", "'; drop"])
def test_a_key_that_makes_no_sense_counts_as_none(sent: str) -> None:
    form = Sample({"title": "A", "request_key": sent})
    assert form.is_valid()
    assert form.key is None


def test_a_form_that_failed_keeps_its_key_so_that_sending_twice_stays_one() -> None:
    key = str(uuid4())
    shown = soup(Sample({"title": "", "request_key": key})).find("input", {"name": "request_key"})
    assert shown["value"] == key  # type: ignore[index]


def test_text_is_kept_in_one_spelling_with_plain_line_ends() -> None:
    form = Sample({"title": "Sia\u0302n", "story": "One\r\nTwo"})
    assert form.is_valid()
    assert form.cleaned_data["title"] == "Siân"
    assert form.cleaned_data["story"] == "One\nTwo"


@pytest.mark.parametrize("bad", ["a\x00b", "a\x07b"])
def test_text_with_characters_that_cannot_be_kept_is_refused(bad: str) -> None:
    form = Sample({"title": bad})
    assert not form.is_valid()
    assert form.errors["title"]


def test_text_has_a_longest_length() -> None:
    assert Sample({"title": "a" * 10_000}).is_valid()
    form = Sample({"title": "a" * 10_001})
    assert form.errors["title"] == ["Title must be 10,000 characters or fewer"]


def test_what_is_missing_is_said_in_plain_words() -> None:
    class Asked(Form):
        title = forms.CharField(label="Title 100%")
        why = forms.CharField(label="Why now?")
        kind = OneOf(label="Kind", choices=[("s", "Simple")])
        some = SomeOf(label="Groups", choices=[("s", "Simple")])
        ends = DateField(label="End date")
        agreed = forms.BooleanField(label="I have read it back")
        own = forms.CharField(label="Own", error_messages={"required": "Say something"})

    assert {name: errors[0] for name, errors in Asked({}).errors.items()} == {
        "title": "Fill in “Title 100%”",
        "why": "Answer the question “Why now?”",
        "kind": "Choose an answer for “Kind”",
        "some": "Choose an answer for “Groups”",
        "ends": "Enter a date for “End date”",
        "agreed": "Tick “I have read it back” to go on",
        "own": "Say something",
    }


def test_a_choice_that_was_not_offered_is_refused_plainly_even_with_a_per_cent_sign() -> None:
    class Asked(Form):
        kind = OneOf(label="At 100%?", choices=[("s", "Simple")])

    assert Asked({"kind": "100%s"}).errors["kind"] == ["Choose one of the answers shown for “At 100%?”"]


def test_limits_are_named_with_the_field() -> None:
    class Asked(Form):
        score = forms.IntegerField(label="Score", min_value=0, max_value=10)

    assert Asked({"score": "11"}).errors["score"] == ["Score must be 10 or less"]
    assert Asked({"score": "ten"}).errors["score"] == ["Score must be a whole number, like 12"]


def test_a_question_too_long_answered_is_quoted_and_its_limit_easy_to_read() -> None:
    class Asks(Form):
        why = forms.CharField(label="Why now?")

    form = Asks({"why": "a" * 10_001})
    assert form.errors["why"] == ["“Why now?” must be 10,000 characters or fewer"]


def test_a_nul_character_is_told_in_our_words() -> None:
    class Asks(Form):
        why = forms.CharField(label="Why now?")

    assert "character that cannot be kept" in str(Asks({"why": "a\x00b"}).errors["why"])


@pytest.mark.parametrize(
    "typed",
    ["£420,000", "420000", " 420 000 ", "420,000.00"],
)
def test_money_is_read_as_people_write_it(typed: str) -> None:
    form = Sample({"title": "A", "saving": typed})
    assert form.is_valid()
    assert form.cleaned_data["saving"] == Decimal(420000)


@pytest.mark.parametrize(
    "day, month, year, meant",
    [("27", "3", "2026", date(2026, 3, 27)), ("1", "March", "2026", date(2026, 3, 1)),
     ("1", "mawrth", "2026", date(2026, 3, 1)), ("", "", "", None)],
)  # fmt: skip
def test_a_date_is_typed_in_three_boxes(day: str, month: str, year: str, meant: date | None) -> None:
    form = Sample({"title": "A", "ends_day": day, "ends_month": month, "ends_year": year})
    assert form.is_valid()
    assert form.cleaned_data["ends"] == meant


@pytest.mark.parametrize(
    "boxes, code",
    [(("31", "2", "2026"), "invalid"), (("1", "", "2026"), "incomplete"), (("1", "1", "26"), "short_year"),
     (("ongoing", "", ""), "ongoing"), (("", "TBC", "2026"), "ongoing"), (("0", "1", "2026"), "invalid"),
     (("٣", "1", "2026"), "ongoing")],
)  # fmt: skip
def test_what_is_no_date_is_refused_and_stays_as_typed(boxes: tuple[str, str, str], code: str) -> None:
    form = Sample({"title": "A", **dict(zip(("ends_day", "ends_month", "ends_year"), boxes, strict=True))})
    assert [error.code for error in form.errors.as_data()["ends"]] == [code]
    page = soup(form)
    typed = [
        page.find("input", {"name": f"ends_{part}"}).get("value", "") for part in ("day", "month", "year")
    ]  # type: ignore[union-attr]
    assert tuple(typed) == boxes


def test_a_date_may_come_whole_from_an_import() -> None:
    assert _ends("2025-10-31") == date(2025, 10, 31)
    assert "ongoing" in Sample({"title": "A", "ends": "ongoing"}).errors["ends"][0]


def _ends(whole: str) -> Any:
    form = Sample({"title": "A", "ends": whole})
    assert form.is_valid()
    return form.cleaned_data["ends"]


@pytest.mark.parametrize("sent, meant", [("yes", True), ("no", False), ("", None)])
def test_yes_and_no_are_true_and_false(sent: str, meant: bool | None) -> None:
    form = Sample({"title": "A", "fair": sent})
    assert form.is_valid()
    assert form.cleaned_data["fair"] is meant


def test_yes_or_no_shows_what_was_kept() -> None:
    page = soup(Sample(initial={"fair": False}))
    assert page.find("input", {"name": "fair", "value": "no"}).has_attr("checked")  # type: ignore[union-attr]


def test_every_field_has_a_label_a_hint_and_an_error_that_belong_to_it() -> None:
    page = soup(Sample({"title": ""}))
    box = page.find("input", {"name": "title"})
    assert box is not None
    described = str(box["aria-describedby"]).split()
    assert [page.find(id=each).text.strip() for each in described] == [
        "A few words.",
        "Error: Fill in “Title”",
    ]  # type: ignore[union-attr]
    assert page.find("label", {"for": box["id"]}).text.strip() == "Title"  # type: ignore[union-attr]


def test_the_summary_links_to_the_first_box_of_each_field() -> None:
    class Asked(Form):
        ends = DateField(label="End date")
        kind = OneOf(label="Kind", choices=[("s", "Simple")])

    page = soup(Asked({}))
    targets = [str(link["href"])[1:] for link in page.select(".govuk-error-summary a")]
    assert len(targets) == 2
    assert all(page.find(id=target).name == "input" for target in targets)  # type: ignore[union-attr]


def test_the_page_shows_one_summary_and_the_form_does_not_repeat_it() -> None:
    form = Sample({"title": ""})
    context = Context({"form": form, "same": form})
    assert error_prefix(context) == "Error: "
    assert page_errors(context).count("govuk-error-summary__title") == 1
    assert "govuk-error-summary" not in str(form)


def test_a_form_without_faults_has_no_summary() -> None:
    context = Context({"form": Sample({"title": "A"}), "other": Sample()})
    assert (error_prefix(context), page_errors(context)) == ("", "")


def test_several_choices_are_tick_boxes_and_keep_what_was_ticked() -> None:
    page = soup(Sample({"title": "A", "groups": ["2"]}))
    boxes = page.find_all("input", {"name": "groups", "type": "checkbox"})
    assert [(box["value"], box.has_attr("checked")) for box in boxes] == [("1", False), ("2", True)]


def test_an_empty_choice_is_called_choose_one() -> None:
    assert soup(Sample()).find("option", {"value": ""}).text.strip() == "Choose one"  # type: ignore[union-attr]


def test_text_of_several_lines_comes_back_as_it_was() -> None:
    written = "First\n  indented\n\nlast"
    area = soup(Sample({"title": "", "story": written})).find("textarea")
    assert area is not None
    assert area.text == written


def test_what_was_typed_is_escaped() -> None:
    assert "<script>" not in str(Sample({"title": "<script>", "story": "</textarea><script>"}))


def test_a_field_that_may_stay_empty_says_so() -> None:
    labels = [label.text.strip() for label in soup(Sample()).find_all("label")]
    assert "Story (optional)" in labels
    assert "Title" in labels


def refused(*findings: Any) -> Sample:
    form = Sample({"title": "A"})
    assert form.is_valid()
    form.refuse(Refused(*findings))
    return form


def test_a_refusal_stands_beside_the_field_that_it_is_about() -> None:
    form = refused(refuse("R02", "Say what it saves", subject="saving"), refuse("R60", "Not now"))
    assert form.errors["saving"] == ["Say what it saves (rule R02)"]
    assert form.non_field_errors() == ["Not now (rule R60)"]
    assert "override_reason" not in form.fields


def test_a_named_person_is_asked_for_a_reason_and_it_comes_back_as_an_override() -> None:
    form = refused(refuse_unless_named("R66", "Nobody owns it", subject="nothing here"))
    assert soup(form).find("textarea", {"name": "override_reason"}) is not None
    again = Sample({"title": "A", "override_reason": "The owner starts on Monday"})
    assert again.is_valid()
    assert again.override == Override("The owner starts on Monday")
    assert "override_reason" not in again.cleaned_data


def test_no_reason_is_no_override() -> None:
    form = Sample({"title": "A", "override_reason": "  "})
    assert form.is_valid()
    assert form.override is None


class OptionRow(Row):
    name = forms.CharField(label="Name")
    cost = Money(label="Cost", required=False)


class Options(RowsForm):
    title = forms.CharField(label="Title")
    rows = {"options": Rows(OptionRow, label="Option", least=2, most=4)}


FILLED = {
    "title": "T",
    "options-count": "3",
    "options-0-name": "One",
    "options-2-name": "Two",
    "options-2-cost": "£5",
}


def test_rows_come_back_as_dicts_and_blank_ones_are_left_out() -> None:
    form = Options(FILLED)
    assert form.is_valid()
    assert form.cleaned_data["options"] == [
        {"name": "One", "cost": None},
        {"name": "Two", "cost": Decimal(5)},
    ]


def test_add_another_keeps_what_was_typed_and_tells_nobody_off() -> None:
    form = Options(
        {"options-count": "2", "options-0-name": "One", "options-1-cost": "5", "add_row": "options"}
    )
    page = soup(form)
    assert not form.is_valid()
    assert not form.errors
    assert page.find("input", {"name": "options-count"})["value"] == "3"  # type: ignore[index]
    assert page.find("input", {"name": "options-0-name"})["value"] == "One"  # type: ignore[index]
    assert page.find("input", {"name": "options-2-name"}) is not None
    assert "govuk-error" not in str(page)


def test_rows_stop_at_the_most_and_a_strange_count_does_no_harm() -> None:
    assert len(Options({"options-count": "999999999"}).all_rows) == 4
    assert len(Options({"options-count": "-5; drop"}).all_rows) == 2
    assert "add_row" not in str(Options({"options-count": "4"}))


def test_too_few_rows_are_named_and_a_faulty_row_is_shown() -> None:
    few = Options(FILLED | {"options-0-name": ""})
    assert not few.is_valid()
    assert few.non_field_errors() == ["Fill in “Option” 2 times or more"]
    faulty = Options(FILLED | {"options-1-cost": "5"})
    assert not faulty.is_valid()
    assert "#id_options-1-name" in str(faulty)


def test_rows_begin_with_what_was_kept() -> None:
    form = Options(initial={"options": [{"name": "One"}, {"name": "Two"}, {"name": "Three"}]})
    assert [row["name"].value() for row in form.all_rows] == ["One", "Two", "Three"]


def test_only_some_fields_may_be_shown() -> None:
    html = Sample().as_fields("title", "request_key")
    assert 'name="title"' in html
    assert 'name="request_key"' in html
    assert "story" not in html


def test_a_form_of_someone_else_is_drawn_the_same_way() -> None:
    class Foreign(forms.Form):
        email = forms.EmailField(label="Email")

    box = soup(Foreign()).find("input", {"class": "govuk-input"})
    assert box is not None
    assert (box["type"], box["autocomplete"]) == ("email", "email")


def test_the_key_is_a_real_key() -> None:
    form = Sample({"title": "A", "request_key": "{" + str(uuid4()) + "}"})
    assert form.is_valid()
    assert isinstance(form.key, UUID)
