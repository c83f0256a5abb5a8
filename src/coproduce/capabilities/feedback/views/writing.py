"""How a letter reads: on a sheet, on the screen, and as an e-mail."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import override

from coproduce.capabilities.projects.queries import Visit
from coproduce.core import clock
from coproduce.ui.qr import qr_code

from .. import queries
from ..models import Letter
from ..operations import Mail
from ..queries import Going, Point, Topic
from ..terms import LetterKind

LOOKS = ("", "large")


@dataclass(frozen=True)
class Sheet:
    """One letter: to whom, about which of their own points, and how the whole work goes."""

    person: Any
    kind: str
    day: Any
    topics: list[Topic]
    points: list[Point]
    going: Going
    answers_by: Any = None
    page_address: str = ""
    qr: SafeString = field(default_factory=SafeString)

    @property
    def is_thanks(self) -> bool:
        return self.kind == LetterKind.THANKS

    @property
    def has_points(self) -> bool:
        return bool(self.topics or self.points)


class Desk:
    """Writes letters: what they need is asked for once, and not before the first one is written."""

    def __init__(
        self, visit: Visit, request: HttpRequest, document_id: UUID | None = None, author: Any = None
    ) -> None:
        self.visit, self.document_id, self.author = visit, document_id, author
        asked = request.GET.get("look", "")
        self.look = asked if asked in LOOKS else ""
        page = reverse("feedback:page", args=[visit.project.pk])
        self.address = request.build_absolute_uri(page)
        self._bag: queries.Mailbag | None = None

    @property
    def bag(self) -> queries.Mailbag:
        if self._bag is None:
            self._bag = queries.mailbag(self.visit, self.document_id, self.author)
        return self._bag

    def sheet(self, letter: Letter) -> Sheet:
        ids = [UUID(id) for id in letter.points]
        thanks = letter.kind == LetterKind.THANKS
        return self._sheet(
            letter.person, letter.kind, day=letter.sent_on or clock.today(),
            topics=[] if thanks else self.bag.topics(ids), points=self.bag.only(ids) if thanks else [],
            answers_by=letter.report.document.answers_by,
        )  # fmt: skip

    def own(self, person: Any) -> Sheet:
        """What came of one's own points, and which of them still wait for their answer in public."""
        topics = self.bag.topics_of_all()
        told = {point.suggestion.pk for topic in topics for point in topic.points}
        waiting = [id for id in self.bag.points if id not in told]
        return self._sheet(
            person, LetterKind.ANSWERS, day=clock.today(), topics=topics, points=self.bag.only(waiting)
        )

    def mail(self, letter: Letter) -> Mail:
        """In the person's language. Subjects travel in the clear: nothing of the person or the project."""
        with override(letter.person.language):
            sheet = self.sheet(letter)
            subject = (
                _("Thank you for your suggestions") if sheet.is_thanks else _("What came of what you said")
            )
            name = "thanks" if sheet.is_thanks else "answers"
            text = render_to_string(f"feedback/mail/{name}.txt", {"sheet": sheet, "visit": self.visit})
        return Mail(subject, text)

    def _sheet(self, person: Any, kind: str, **more: Any) -> Sheet:
        words = _("Code to scan with a phone: it opens the answers that everyone can read")
        return Sheet(
            person,
            kind,
            going=self.bag.going,
            page_address=self.address,
            qr=qr_code(self.address, words),
            **more,
        )
