"""How a letter of a review reads as an e-mail."""

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from coproduce.capabilities.feedback.operations import Mail

from ..models import YearLetter
from ..queries import Sheets
from ..terms import LetterKind


class Writer:
    """Writes the e-mails of many letters; `site` is the address that people open."""

    def __init__(self, site: str) -> None:
        self.site = site.rstrip("/")
        self._sheets: dict[object, Sheets] = {}

    def mail(self, letter: YearLetter) -> Mail:
        """In the person's language. Subjects travel in the clear: nothing of the person or the project."""
        sheets = self._sheets.setdefault(letter.review_id, Sheets(letter.review))
        with override(letter.person.language):
            words = {"sheet": sheets.of(letter), "visit": sheets.visit, **self._addresses(letter)}
            if letter.kind == LetterKind.OPENING:
                subject = _("A year on: please tell us how it is now")
                return Mail(subject, render_to_string("review/mail/opening.txt", words))
            return Mail(_("One year on: what came of it"), render_to_string("review/mail/year_on.txt", words))

    def _addresses(self, letter: YearLetter) -> dict[str, str]:
        project_id = letter.review.project_id
        pages = {
            "review_address": reverse("review:review", args=[project_id, letter.review_id]),
            "barriers_address": reverse("barriers:mine", args=[project_id]),
            "public_address": reverse("review:public", args=[project_id, letter.review_id]),
        }
        return {name: f"{self.site}{path}" for name, path in pages.items()}
