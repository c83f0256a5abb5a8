"""Sending the letters that wait, each once; what cannot be sent is noted, and the others still go."""

from collections.abc import Callable, Iterable
from typing import Any

from coproduce.capabilities.feedback.operations import Connection, Mail, Sent, fault_in_sending
from coproduce.core.access import NotThere

from ..models import YearLetter
from ..terms import LetterState
from .letters import note_failed, note_sent, take_letter


def send_letters(*, by: Any, letters: Iterable[YearLetter], write: Callable[[YearLetter], Mail]) -> Sent:
    """Send these over one connection. Twice at the same time sends none twice."""
    done = Sent()
    with Connection() as connection:
        for letter in letters:
            _send(by, letter, write, connection, done)
    return done


def _send(
    by: Any, letter: YearLetter, write: Callable[[YearLetter], Mail], connection: Connection, done: Sent
) -> None:
    at = {"by": by, "project_id": letter.review.project_id, "letter_id": letter.pk}
    mail = write(letter)
    try:
        taken = take_letter(**at)
    except NotThere:
        # Somebody else sends it.
        return
    if taken.state == LetterState.DROPPED:
        return
    fault = fault_in_sending(mail, str(letter.person.email), connection)
    if fault:
        done.failed += 1
        note_failed(**at, fault=fault)
    else:
        done.sent += 1
        note_sent(**at)
