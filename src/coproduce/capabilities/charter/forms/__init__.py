"""What is typed about a charter."""

from .reporting import AnswerForm, CodeForm, ReportForm
from .writing import CharterForm, JustAButton, LimitsForm, ViewForm

__all__ = ["AnswerForm", "CharterForm", "CodeForm", "JustAButton", "LimitsForm", "ReportForm", "ViewForm"]
