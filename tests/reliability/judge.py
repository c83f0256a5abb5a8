"""Runs in a process of its own over a server's data: what is there, and does it hold together?

Reads the request keys of interest from standard input; prints what it found as JSON.
"""

import json
import os
import sys
from typing import Any


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coproduce.config.settings")
    import django

    django.setup()
    json.dump(found(set(json.load(sys.stdin))), sys.stdout)


def found(keys: set[str]) -> dict[str, Any]:
    from coproduce.capabilities.rounds.models import Answer
    from coproduce.core.ledger import checking
    from coproduce.core.models import Entry

    told = Entry.objects.filter(verb="rounds.answer_round")
    by_key = {str(key): thing for key, thing in told.values_list("request_key", "object_id")}
    answers = {str(pk) for pk in Answer.objects.values_list("pk", flat=True)}
    return {
        "missing": sorted(key for key in keys if by_key.get(key) not in answers),
        "answers": len(answers),
        "entries": told.count(),
        "things_told": len(set(by_key.values())),
        "answers_without_entry": len(answers - set(told.values_list("object_id", flat=True))),
        "entries_without_answer": len(set(told.values_list("object_id", flat=True)) - answers),
        "ledger_faults": [str(wrong) for wrong in checking.verify_database().wrong],
        "elsewhere": [*map(str, checking.entries_without_object()), *checking.objects_without_entry()],
    }


if __name__ == "__main__":
    main()
