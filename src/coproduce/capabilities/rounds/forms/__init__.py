"""What people fill in: an answer, a round, its wording in other languages."""

from .answering import (
    INTENTS,
    LEVELS,
    RATINGS,
    AnswerForm,
    ScribeForm,
    SecondAnswerForm,
    at_level,
    initial_of,
    initial_of_second,
)
from .preparing import AddLanguageForm, LanguageForm, SupporterForm, initial_of_language
from .quick import QuickForm
from .running import InviteForm, MoreTimeForm, RoundForm, SealForm, facts_of, first_facts

__all__ = [
    "INTENTS",
    "LEVELS",
    "RATINGS",
    "AddLanguageForm",
    "AnswerForm",
    "InviteForm",
    "LanguageForm",
    "MoreTimeForm",
    "QuickForm",
    "RoundForm",
    "ScribeForm",
    "SealForm",
    "SecondAnswerForm",
    "SupporterForm",
    "at_level",
    "facts_of",
    "first_facts",
    "initial_of",
    "initial_of_language",
    "initial_of_second",
]
