"""What is typed about consultations."""

from .coding import CodeForm, PutCodeForm, SecondForm
from .deciding import ConsiderForm, DecidedForm, ReportForm
from .preparing import (
    ConsulteesForm,
    DecidersForm,
    FormatsForm,
    PeriodForm,
    PlanForm,
    QuestionsForm,
    StartForm,
)
from .replying import EntryForm, FollowForm, JustAButton, ReplyForm, SetAsideForm

__all__ = [
    "CodeForm",
    "ConsiderForm",
    "ConsulteesForm",
    "DecidedForm",
    "DecidersForm",
    "EntryForm",
    "FollowForm",
    "FormatsForm",
    "JustAButton",
    "PeriodForm",
    "PlanForm",
    "PutCodeForm",
    "QuestionsForm",
    "ReplyForm",
    "ReportForm",
    "SecondForm",
    "SetAsideForm",
    "StartForm",
]
