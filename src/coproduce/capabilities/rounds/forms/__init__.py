"""What people fill in: an answer, a round, its wording in other languages."""

from .answering import (
    INTENTS,
    LEVELS,
    RATINGS,
    AnswerForm,
    ScribeForm,
    ScribeSecondForm,
    SecondAnswerForm,
    at_level,
    initial_of,
    initial_of_second,
)
from .preparing import AddLanguageForm, LanguageForm, SupporterForm, initial_of_language
from .quick import QuickForm
from .running import InviteForm, MoreTimeForm, RoundForm, SealForm, facts_of, first_facts
from .verifying import LARGEST_SHEET, ReceiptForm, SheetForm

__all__ = [
    "AddLanguageForm",
    "AnswerForm",
    "INTENTS",
    "InviteForm",
    "LARGEST_SHEET",
    "LEVELS",
    "LanguageForm",
    "MoreTimeForm",
    "QuickForm",
    "RATINGS",
    "ReceiptForm",
    "RoundForm",
    "ScribeForm",
    "ScribeSecondForm",
    "SealForm",
    "SecondAnswerForm",
    "SheetForm",
    "SupporterForm",
    "at_level",
    "facts_of",
    "first_facts",
    "initial_of",
    "initial_of_language",
    "initial_of_second",
]
