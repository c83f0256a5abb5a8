"""The frame and signing in speak Welsh."""

import gettext
import re
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation

UI = Path(__file__).parents[1]
WORDS = UI / "locale/cy/LC_MESSAGES/django.po"
IN_TEMPLATE = re.compile(r'{%\s*translate\s+"([^"]+)"|_\("([^"]+)"\)')
IN_BLOCK = re.compile(r"{% blocktranslate[^%]*%}(.*?){% (?:plural|endblocktranslate) %}", re.DOTALL)
IN_BRACES = re.compile(r"{{ (\w+) }}")
IN_CODE = re.compile(r'\b(?:_|gettext_lazy)\(\s*"([^"]+)"')


def entries() -> dict[str, list[str]]:
    """Each English text with its Welsh, several for a plural."""
    found: dict[str, list[str]] = {}
    for block in WORDS.read_text().split("\n\n")[1:]:
        key = re.search(r'^msgid "(.*)"$', block, re.MULTILINE)
        assert key is not None, block
        found[_plain(key[1])] = [
            _plain(one) for one in re.findall(r'^msgstr(?:\[\d])? "(.*)"$', block, re.MULTILINE)
        ]
    return found


def _plain(text: str) -> str:
    return text.replace('\\"', '"')


def said() -> set[str]:
    """Every text that the templates and the code of this floor say."""
    pages = [page.read_text() for page in UI.glob("templates/**/*") if page.is_file()]
    code = [module.read_text() for module in [*UI.glob("*.py"), *UI.glob("templatetags/*.py")]]
    texts = {first or second for page in pages for first, second in IN_TEMPLATE.findall(page)}
    blocks = {IN_BRACES.sub(r"%(\1)s", text) for page in pages for text in IN_BLOCK.findall(page)}
    return texts | blocks | {found for module in code for found in IN_CODE.findall(module)}


def test_every_text_of_the_frame_has_its_welsh() -> None:
    assert len(said()) > 100
    assert said() - entries().keys() == set()
    assert [text for text, welsh in entries().items() if not all(welsh)] == []


def test_the_names_inside_a_text_are_the_same_in_both_languages() -> None:
    names = re.compile(r"%\(\w+\)s")
    for text, welsh in entries().items():
        for one in welsh:
            assert sorted(names.findall(one)) == sorted(names.findall(text)), text


def test_the_compiled_words_are_those_of_the_file() -> None:
    with WORDS.with_suffix(".mo").open("rb") as compiled:
        catalogue = gettext.GNUTranslations(compiled)._catalog  # type: ignore[attr-defined]
    single = {text: welsh[0] for text, welsh in entries().items() if len(welsh) == 1}
    plural = {
        (text, at): one for text, welsh in entries().items() if len(welsh) > 1 for at, one in enumerate(welsh)
    }
    assert {key: value for key, value in catalogue.items() if key} == single | plural


def test_a_page_that_is_not_there_says_so_in_welsh() -> None:
    page = Client(headers={"accept-language": "cy"}).get("/no-such-page-at-all/")
    words = page.content.decode()
    assert page.status_code == 404
    assert 'lang="cy"' in words
    assert "Heb ddod o hyd" in words


def test_english_inside_a_welsh_frame_says_that_it_is_english() -> None:
    page = Client(headers={"accept-language": "cy"})
    assert '<main lang="en-GB">' in page.get("/rules/").content.decode()
    assert "<main>" in page.get("/account/login/").content.decode()


@pytest.mark.parametrize("template", ["500.html", "400.html", "403_csrf.html"])
def test_pages_for_when_all_is_broken_need_nothing(template: str) -> None:
    with translation.override("cy"):
        words = render_to_string(template)
    assert "Ewch i&#x27;r dudalen gychwyn" in words or "Ewch i'r dudalen gychwyn" in words
    assert "{%" not in words
