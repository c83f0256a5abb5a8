from difflib import unified_diff
from pathlib import Path

from django.test import Client
from django.utils import translation

from coproduce.config.rules_page import as_markdown
from coproduce.core.findings import all_rules

PAGE = Path(__file__).parents[4] / "docs" / "rules.md"


def test_the_written_list_of_rules_is_that_of_the_code() -> None:
    with translation.override("en-gb"):
        written, made = PAGE.read_text(encoding="utf-8").splitlines(), as_markdown().splitlines()
    changed = "\n".join(unified_diff(written, made, lineterm="", n=0))
    assert not changed, f"Run: make rules\n{changed}"


def test_the_page_lists_every_rule_to_anybody(db: None) -> None:
    page = Client().get("/rules/").content.decode()
    assert all(f">{rule.id}<" in page for rule in all_rules())
