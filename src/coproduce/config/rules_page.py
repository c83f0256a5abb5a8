"""docs/rules.md, made from the registry of rules."""

from coproduce.core.findings import STRENGTH_WORDS, all_rules

_HEAD = """# The rules of this installation

Made from the registry by `make rules`; a test holds it to the code. The same list is a page of the product, `/rules/`.

| rule | when | the software does this | kept by |
|---|---|---|---|
"""


def as_markdown() -> str:
    rows = [
        f"| {rule.id} | {rule.when} | {STRENGTH_WORDS[rule.strength]} | `{_short(rule.kept_by)}` |"
        for rule in all_rules()
    ]
    return _HEAD + "\n".join(rows) + "\n"


def _short(module: str) -> str:
    return module.removeprefix("coproduce.").removeprefix("capabilities.")


if __name__ == "__main__":
    import os
    import sys

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coproduce.config.settings")
    django.setup()
    sys.stdout.write(as_markdown())
