"""The components are those of GOV.UK Frontend: held to the fixtures that its package brings."""

import json
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup, NavigableString, Tag
from django.template import Context, Template

from coproduce.ui.components import component, nested

PACKAGE = Path(__file__).parents[4] / "frontend/node_modules/govuk-frontend/dist/govuk/components"
USED = [
    "back-link", "breadcrumbs", "button", "checkboxes", "date-input", "details", "error-message", "error-summary",
    "fieldset", "file-upload", "hint", "input", "inset-text", "label", "notification-banner", "pagination",
    "phase-banner", "radios", "select", "service-navigation", "skip-link", "summary-list", "table", "tag",
    "textarea", "warning-text",
]  # fmt: skip


@pytest.mark.parametrize("name", USED)
def test_a_component_is_what_the_official_fixtures_say(name: str) -> None:
    file = PACKAGE / name / "fixtures.json"
    if not file.exists():
        pytest.skip("The official fixtures come with `npm ci` in frontend/, which has not been run here.")
    fixtures = json.loads(file.read_text())["fixtures"]
    assert fixtures
    wrong = [
        each["name"] for each in fixtures if tree(component(name, each["options"])) != tree(each["html"])
    ]
    assert wrong == []


def tree(html: str) -> Any:
    return _node(BeautifulSoup(html, "html.parser"))


def _node(node: Tag) -> Any:
    attributes = {
        key: sorted(value) if isinstance(value, list) else value for key, value in node.attrs.items()
    }
    return node.name, attributes, [part for part in map(_part, node.children) if part]


def _part(part: Any) -> Any:
    if isinstance(part, Tag):
        return _node(part)
    return " ".join(part.split()) if type(part) is NavigableString else None


def test_words_of_people_are_escaped() -> None:
    assert "<script>" not in component("button", {"text": "<script>alert(1)</script>"})
    assert "&lt;b&gt;" in component("inset-text", {"text": "<b>"})


def test_two_underscores_go_one_level_in_and_attributes_have_hyphens() -> None:
    assert nested({"label__text": "Name", "id": "a"}) == {"label": {"text": "Name"}, "id": "a"}
    assert nested({"attributes__data_x": "1"}) == {"attributes": {"data-x": "1"}}


def drawn(template: str, **values: Any) -> str:
    return Template("{% load govuk %}" + template).render(Context(values))


def test_the_tag_draws_a_component() -> None:
    html = drawn('{% govuk "button" text=words name="go" attributes__data_x="1" %}', words="Go & see")
    button = BeautifulSoup(html, "html.parser").button
    assert button is not None
    assert (button.text.strip(), button["name"], button["data-x"]) == ("Go & see", "go", "1")


def test_what_people_wrote_keeps_its_lines_and_is_escaped() -> None:
    html = drawn("{{ text|paragraphs }}", text="One\nTwo\n\n<b>Three</b>")
    assert html.count("<p ") == 2
    assert "One<br>Two" in html
    assert "&lt;b&gt;Three" in html
