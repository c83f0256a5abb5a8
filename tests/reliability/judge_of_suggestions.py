"""Runs in a process of its own over a server's data: is every suggestion there once, and does the text hold together?

Reads the request keys of the suggestions from standard input; prints what it found as JSON.
"""

import json
import os
import sys
from collections import Counter
from typing import Any


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coproduce.config.settings")
    import django

    django.setup()
    json.dump(found(set(json.load(sys.stdin))), sys.stdout)


def found(keys: set[str]) -> dict[str, Any]:
    from coproduce.capabilities.drafting import queries
    from coproduce.capabilities.drafting.models import Decision, Document, SuggestedEdit, Suggestion
    from coproduce.core.ledger import checking
    from coproduce.core.models import Entry

    document = Document.objects.get()
    state = queries.text_now(document)
    told = Entry.objects.filter(verb="drafting.suggest")
    by_key = {str(key): thing for key, thing in told.values_list("request_key", "object_id")}
    made = {str(pk) for pk in Suggestion.objects.values_list("pk", flat=True)}
    edits = SuggestedEdit.objects.values_list("suggestion__status", "words")
    answers = Counter(str(pk) for pk in Decision.objects.values_list("suggestion_id", flat=True))
    return {
        "missing": sorted(key for key in keys if by_key.get(key) not in made),
        "suggestions": len(made),
        "told": len(set(by_key.values())),
        "numbers": sorted(Suggestion.objects.values_list("number", flat=True)),
        "words": sorted(words.strip() for _status, words in edits),
        "accepted": sorted(words.strip() for status, words in edits if status == "accepted"),
        "in_the_text": sorted(word for word in state.text().split() if word.startswith("said")),
        "other_words": [word for word in state.text().split() if not word.startswith("said")],
        "answered_twice": [one for one, times in answers.items() if times > 1],
        "replayed_is_todays": queries.replayed(document.pk, document.seq) == state,
        "altered": queries.altered_operations(),
        "ledger_faults": [str(wrong) for wrong in checking.verify_database().wrong],
    }


if __name__ == "__main__":
    main()
