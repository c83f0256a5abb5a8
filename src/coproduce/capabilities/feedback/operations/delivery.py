"""Sending the letters that wait, each once; what cannot be sent is noted, and the others still go."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from smtplib import SMTPException, SMTPRecipientsRefused
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from coproduce.core.access import NotThere

from .. import queries
from ..models import Letter
from .letters import note_failed, note_sent, take_letter

_log = logging.getLogger(__name__)
# How long one press of the button may take; the rest waits for the next press.
AT_MOST = 20.0
_NOTHING_IS_SENT = "django.core.mail.backends.dummy.EmailBackend"


@dataclass(frozen=True)
class Mail:
    """What one e-mail says. Its subject shows on locked screens, so it names neither person nor project."""

    subject: str
    text: str


@dataclass
class Sent:
    """What one press of the button did."""

    sent: int = 0
    failed: int = 0
    left: int = 0


def sends_nothing() -> bool:
    """The demo writes to nobody."""
    return bool(settings.EMAIL_BACKEND == _NOTHING_IS_SENT)


def send_waiting(
    *, by: Any, project_id: UUID, document_id: UUID, write: Callable[[Letter], Mail], seconds: float = AT_MOST
) -> Sent:
    """Send the e-mails of a document that wait, over one connection. Pressing twice sends none twice."""
    done, until = Sent(), time.monotonic() + seconds
    waiting = queries.emails_waiting(document_id)
    with Connection() as connection:
        for place, letter in enumerate(waiting):
            if time.monotonic() >= until:
                done.left = len(waiting) - place
                break
            _send(by, project_id, letter, write, connection, done)
    return done


class Connection:
    """One connection to the mail server for many letters, opened again after a failure."""

    def __enter__(self) -> "Connection":
        self.server = get_connection()
        return self

    def __exit__(self, *trouble: object) -> None:
        self.again()

    def again(self) -> None:
        try:
            self.server.close()
        except (OSError, SMTPException) as failed:
            _log.warning("The mail server hung up: %s", type(failed).__name__)
        self.server = get_connection()


def _send(
    by: Any,
    project_id: UUID,
    letter: Letter,
    write: Callable[[Letter], Mail],
    connection: Connection,
    done: Sent,
) -> None:
    at = {"by": by, "project_id": project_id, "letter_id": letter.pk}
    mail = write(letter)
    try:
        take_letter(**at)
    except NotThere:
        # Somebody else who pressed the button at the same moment sends it.
        return
    fault = fault_in_sending(mail, str(letter.person.email), connection)
    if fault:
        done.failed += 1
        note_failed(**at, fault=fault)
    else:
        done.sent += 1
        note_sent(**at)


def fault_in_sending(mail: Mail, address: str, connection: Connection) -> str:
    """The kind of failure, or nothing: a server's own words can hold the address."""
    message = EmailMessage(mail.subject, mail.text, None, [address], connection=connection.server)
    try:
        connection.server.open()
        return "" if message.send() else "nothing was taken"
    except SMTPRecipientsRefused as refused:
        _log.warning("A letter was not sent: %s", type(refused).__name__)
        return "the address was refused"
    except (OSError, SMTPException) as failed:
        _log.warning("A letter was not sent: %s", type(failed).__name__)
        connection.again()
        return type(failed).__name__
