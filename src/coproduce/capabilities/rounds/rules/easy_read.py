"""Easy Read: short sentences, one idea a line. The tool helps and checks; people write, and readers test (R108)."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext_lazy as _

from coproduce.core.findings import Finding, Strength, rule, warn
from coproduce.core.reading import sentences, words_in

__all__ = ["LONGEST_SENTENCE", "easy_read_sentences_are_short", "sentences", "words_in"]

LONGEST_SENTENCE = 15


@rule("R108", when=_("A sentence of an Easy Read form has more than 15 words"), strength=Strength.WARN)
def easy_read_sentences_are_short(texts: Iterable[str]) -> Iterator[Finding]:
    for text in texts:
        for sentence in sentences(text):
            count = words_in(sentence)
            if count > LONGEST_SENTENCE:
                words = _("This sentence has %(count)s words. Easy Read needs 15 or fewer: “%(sentence)s”")
                yield warn("R108", words % {"count": count, "sentence": sentence}, subject="easy_read")
