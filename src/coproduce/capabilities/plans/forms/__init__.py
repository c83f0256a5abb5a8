"""The forms of the action plan."""

from .importing import ColumnsForm, ImportForm, UploadForm
from .plan import (
    ActionForm,
    ChangeActionForm,
    CheckForm,
    CommitmentForm,
    HandoverForm,
    MoveForm,
    NoteForm,
    StatusForm,
    first_words_of_commitment,
)
from .reviews import RemindersForm, ReviewForm

__all__ = [
    "ActionForm", "ChangeActionForm", "CheckForm", "ColumnsForm", "CommitmentForm", "HandoverForm", "ImportForm",
    "MoveForm", "NoteForm", "RemindersForm", "ReviewForm", "StatusForm", "UploadForm", "first_words_of_commitment",
]  # fmt: skip
