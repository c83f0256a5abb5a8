"""The languages in which a round is asked: their tags (BCP 47), their own names, and which way they run."""

import re
from collections.abc import Mapping
from typing import Any, Protocol

from .questions import Question

FIRST_LANGUAGE = "en-GB"
# A private tag of English: short sentences, one idea a line.
EASY_READ = "en-x-easyread"
_TAG = re.compile(
    r"(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4,8})(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?"
    r"(?:-(?:[a-z0-9]{5,8}|\d[a-z0-9]{3}))*(?:-x(?:-[a-z0-9]{1,8})+)?",
    re.IGNORECASE,
)
LONGEST_TAG = 35
_PARTS = ("level_1", "level_2", "level_3", "barriers")
_RIGHT_TO_LEFT = frozenset(
    ["ar", "arc", "ckb", "dv", "fa", "he", "ks", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"]
)
_RIGHT_TO_LEFT_SCRIPTS = frozenset({"arab", "hebr", "thaa", "syrc", "nkoo"})
# As speakers write it, with the languages most spoken in the United Kingdom first in mind.
_OWN_NAMES: Mapping[str, str] = {
    "ar": "العربية", "bn": "বাংলা", "cy": "Cymraeg", "de": "Deutsch", "en": "English", "es": "Español", "fa": "فارسی",
    "fr": "Français", "ga": "Gaeilge", "gd": "Gàidhlig", "gu": "ગુજરાતી", "hi": "हिन्दी", "it": "Italiano", "ku": "Kurdî",
    "ckb": "کوردی", "lt": "Lietuvių", "pa": "ਪੰਜਾਬੀ", "pl": "Polski", "ps": "پښتو", "pt": "Português", "ro": "Română",
    "so": "Soomaali", "sq": "Shqip", "ta": "தமிழ்", "ti": "ትግርኛ", "tr": "Türkçe", "uk": "Українська", "ur": "اردو",
    "vi": "Tiếng Việt", "yue": "粵語", "zh": "中文", EASY_READ: "Easy Read",
}  # fmt: skip


def is_a_tag(tag: str) -> bool:
    """Whether it is spelled as a language tag of BCP 47."""
    return len(tag) <= LONGEST_TAG and _TAG.fullmatch(tag) is not None


def canonical_tag(tag: str) -> str:
    """The usual spelling: “cy”, “pa-Arab-PK”, “zh-Hant”."""
    first, *rest = tag.strip().replace("_", "-").split("-")
    private = [part.lower() for part in rest].index("x") if "x" in map(str.lower, rest) else len(rest)
    spelled = [_spelled(part) if place < private else part.lower() for place, part in enumerate(rest)]
    return "-".join([first.lower(), *spelled])


def _spelled(part: str) -> str:
    return {2: str.upper, 4: str.title}.get(len(part), str.lower)(part)


def direction(tag: str) -> str:
    """“rtl” for a language that runs from right to left, else “ltr”."""
    first, *rest = tag.lower().split("-")
    scripts = {part for part in rest if len(part) == 4 and part.isalpha()}
    if scripts:
        return "rtl" if scripts & _RIGHT_TO_LEFT_SCRIPTS else "ltr"
    return "rtl" if first in _RIGHT_TO_LEFT else "ltr"


def own_name(tag: str) -> str:
    """What its speakers call it; the tag itself where we do not know."""
    return _OWN_NAMES.get(tag) or _OWN_NAMES.get(tag.split("-")[0], tag)


class Asks(Protocol):
    """A round as far as its words go."""

    title: str
    proposal: str
    wording: Any
    translations: Any

    @property
    def asked(self) -> list[Question]: ...


def in_language(the_round: Asks, tag: str) -> "Wording":
    """The words of a round in this language; in its first language where it has no other."""
    words = the_round.translations.get(tag)
    return Wording(tag, words, the_round) if words else Wording(FIRST_LANGUAGE, {}, the_round)


class Wording:
    """The words of a round in one language, for templates: `level_1`, `barriers`, `title`, and a question's own."""

    def __init__(self, tag: str, words: Mapping[str, Any], the_round: Asks) -> None:
        self.tag, self._words, self._round = tag, words, the_round

    def __getitem__(self, part: str) -> str:
        """For templates: `wording.level_1`."""
        if part not in _PARTS:
            raise KeyError(part)
        return self.of(part)

    @property
    def is_first(self) -> bool:
        return not self._words

    @property
    def is_easy(self) -> bool:
        return self.tag == EASY_READ

    @property
    def dir(self) -> str:
        return direction(self.tag)

    @property
    def name(self) -> str:
        return own_name(self.tag)

    @property
    def title(self) -> str:
        return str(self._words.get("title") or self._round.title)

    @property
    def proposal(self) -> str:
        return str(self._words.get("proposal") or self._round.proposal)

    def of(self, part: str) -> str:
        """The words of `level_1`, `level_2`, `level_3` or `barriers`."""
        return str(self._words.get(part) or self._round.wording.get(part, ""))

    def question(self, question: Question) -> str:
        return str(self._asked(question).get("words") or question.words)

    def option(self, question: Question, option: str) -> str:
        """An option of a list in this language; the value that is kept stays the first language's."""
        options = self._asked(question).get("options", ())
        place = question.options.index(option) if option in question.options else len(options)
        return options[place] if place < len(options) and options[place] else option

    def _asked(self, question: Question) -> dict[str, Any]:
        return dict(self._words.get("questions", {}).get(question.id, {}))

    def texts(self) -> list[str]:
        """Everything that people read, in the order of the form."""
        asked = [words for one in self._round.asked for words in self._of_question(one)]
        return [self.title, self.proposal, *(self.of(part) for part in _PARTS), *asked]

    def _of_question(self, question: Question) -> list[str]:
        return [self.question(question), *(self.option(question, option) for option in question.options)]
