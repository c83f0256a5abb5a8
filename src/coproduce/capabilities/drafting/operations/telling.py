"""Telling suggesters that their suggestion has arrived, and what became of it; by e-mail where they have one."""

import logging
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from coproduce.core import clock
from coproduce.core.access import NotThere, Purpose
from coproduce.core.operations import operation, record

from .. import queries
from ..models import Receipt, Suggestion
from ..terms import SUGGESTION, Way
from .deciding import tell

_log = logging.getLogger(__name__)
_NOTHING_IS_SENT = "django.core.mail.backends.dummy.EmailBackend"


@dataclass(frozen=True)
class Letter:
    """An e-mail about one suggestion. It holds its number, dates and a link: nobody's words leave the house."""

    template: str
    suggestion: Suggestion
    link: str


@operation
def note_receipt(
    *,
    by: Any,
    project_id: UUID,
    suggestion_id: UUID,
    way: str,
    on: date | None = None,
    key: UUID | None = None,
) -> Receipt:
    """The suggester knows that it has arrived. The first time counts."""
    visit, found = queries.suggestion_for(by, project_id, suggestion_id, Purpose.READ)
    if not found.own and not visit.may(SUGGESTION, Purpose.RUN):
        raise NotThere
    facts = {"way": way, "on": on or clock.today(), "at": clock.now()}
    receipt, _new = Receipt.objects.get_or_create(suggestion=found, defaults=facts)
    record(
        by=found.author if found.own else by, verb="drafting.note_receipt", thing=receipt, project_id=project_id,
        after={"way": receipt.way, "on": receipt.on},
    )  # fmt: skip
    return receipt


def send_receipt(*, by: Any, project_id: UUID, suggestion_id: UUID, link: str) -> Receipt | None:
    """The receipt of what was sent a moment ago: the page shows it at once, an e-mail goes to whoever has one."""
    _visit, found = queries.suggestion_for(by, project_id, suggestion_id, Purpose.READ)
    sent = send(Letter("receipt", found, link))
    if not sent and not found.own:
        return None
    way = Way.PAGE if found.own else Way.EMAIL
    return note_receipt(by=by, project_id=project_id, suggestion_id=suggestion_id, way=way)


def tell_by_email(*, by: Any, project_id: UUID, suggestion_id: UUID, link: str) -> bool:
    """Tell the suggester that there is an answer; noted only when the e-mail is on its way."""
    _visit, found = queries.suggestion_for(by, project_id, suggestion_id, Purpose.DECIDE)
    sent = send(Letter("answer", found, link))
    if sent:
        tell(by=by, project_id=project_id, suggestion_id=suggestion_id, how=str(Way.EMAIL.label))
    return sent


def send(letter: Letter) -> bool:
    """Whether it went out. A mail server that does not answer undoes nothing that is on the record."""
    address = queries.email_of(letter.suggestion)
    if address is None or settings.EMAIL_BACKEND == _NOTHING_IS_SENT:
        return False
    to, language = address
    facts = {"suggestion": letter.suggestion, "link": letter.link}
    with override(language):
        text = render_to_string(f"drafting/mail/{letter.template}.txt", facts)
        subject = _("Your suggestion %(ref)s") % {"ref": letter.suggestion.ref}
    try:
        return bool(send_mail(subject, text, None, [to]))
    except OSError as trouble:
        # The address and the words stay out of the log.
        _log.warning("An e-mail about a suggestion was not taken: %s", type(trouble).__name__)
        return False
