"""“Tell me what happened”: asked for by e-mail, confirmed by a link, left by a link."""

import logging
from smtplib import SMTPException
from typing import Any
from uuid import UUID

from django.core.mail import send_mail
from django.core.signing import BadSignature, Signer
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from coproduce.capabilities.accounts import operations as accounts
from coproduce.core import clock
from coproduce.core.access import NotThere
from coproduce.core.findings import settle
from coproduce.core.operations import operation, record

from .. import queries, rules
from ..models import Consultation, Follower

_LOG = logging.getLogger(__name__)
_CONFIRM, _LEAVE = Signer(salt="coproduce.consultation.confirm"), Signer(salt="coproduce.consultation.leave")


def follow(*, consultation_id: UUID, email: str, site: str, by: Any = None) -> None:
    """Ask for the news of a consultation; an e-mail with a link goes out, and nothing more until it is used.

    It says the same whether the address was known or not, so that nobody can try out addresses here.
    """
    consultation = queries.public_consultation(consultation_id)
    address = email.strip().lower()
    known = Follower.objects.filter(consultation=consultation, email=address).first()
    if known is None:
        try:
            known = _ask(by=by, consultation=consultation, email=address)
        except IntegrityError:
            return
    elif known.confirmed_at:
        return
    transaction.on_commit(lambda: _send_question(consultation, known, site))


@operation
def _ask(*, by: Any, consultation: Consultation, email: str) -> Follower:
    settle(rules.it_has_not_been_reported(published=consultation.published_at is not None))
    person = by or accounts.add_person(by=None, name=_("Someone who follows"))
    follower = Follower(consultation=consultation, person=person, email=email, asked_at=clock.now())
    follower.save(force_insert=True)
    # The address stays where it can be erased.
    record(
        by=person, verb="consultation.follow", thing=follower, project_id=consultation.project_id,
        after={"consultation": consultation.number},
    )  # fmt: skip
    return follower


def confirm(token: str) -> Follower:
    """The link in the e-mail was used."""
    follower = _by_token(_CONFIRM, token)
    return follower if follower.confirmed_at else _confirmed(by=follower.person, follower=follower)


@operation
def _confirmed(*, by: Any, follower: Follower) -> Follower:
    follower.confirmed_at = clock.now()
    follower.save(update_fields=["confirmed_at"])
    _record(by, follower, "consultation.confirm_following")
    return follower


def leave(token: str) -> Follower:
    """Nobody needs a reason; the address is forgotten at once."""
    follower = _by_token(_LEAVE, token)
    return follower if follower.left_at else _left(by=follower.person, follower=follower)


@operation
def _left(*, by: Any, follower: Follower) -> Follower:
    follower.left_at, follower.email = clock.now(), ""
    follower.save(update_fields=["left_at", "email"])
    _record(by, follower, "consultation.stop_following")
    return follower


def follower_to_confirm(token: str) -> Follower:
    return _by_token(_CONFIRM, token)


def follower_to_leave(token: str) -> Follower:
    return _by_token(_LEAVE, token)


def leave_token(follower: Follower) -> str:
    """The right to leave, for the foot of each e-mail."""
    return _LEAVE.sign(str(follower.pk))


def tell_followers(consultation: Consultation, site: str) -> None:
    """The report is out: everyone who asked hears of it, once."""
    for follower in queries.followers_of(consultation).filter(told_at__isnull=True):
        words = _(
            "The report on “%(title)s” is out: what people said, what was decided, and how the two connect.\n\n"
            "%(report)s\n\nTo hear no more of this, open this page:\n%(leave)s\n"
        )
        links = {
            "title": consultation.title, "report": f"{site}/consultations/{consultation.pk}/report/",
            "leave": f"{site}/consultations/follow/leave/{leave_token(follower)}/",
        }  # fmt: skip
        if _send(_("What happened with what you told us"), words % links, follower.email):
            follower.told_at = clock.now()
            follower.save(update_fields=["told_at"])


def _send_question(consultation: Consultation, follower: Follower, site: str) -> None:
    words = _(
        "You asked us to tell you what happens with “%(title)s”.\n\nPlease confirm it on this page:\n%(confirm)s\n\n"
        "If it was not you, do nothing. To have your address forgotten at once, open this page:\n%(leave)s\n"
    )
    links = {
        "title": consultation.title,
        "confirm": f"{site}/consultations/follow/confirm/{_CONFIRM.sign(str(follower.pk))}/",
        "leave": f"{site}/consultations/follow/leave/{leave_token(follower)}/",
    }
    _send(_("Please confirm that we may write to you"), words % links, follower.email)


def _send(subject: str, words: str, address: str) -> bool:
    try:
        return bool(send_mail(subject, words, None, [address]))
    except (OSError, SMTPException) as failed:
        # The kind of failure only: the server's own words can hold the address.
        _LOG.error("E-mail was not sent: %s", type(failed).__name__)
        return False


def _by_token(signer: Signer, token: str) -> Follower:
    try:
        return queries.follower(UUID(signer.unsign(token)))
    except (BadSignature, ValueError) as wrong:
        raise NotThere from wrong


def _record(by: Any, follower: Follower, verb: str) -> None:
    record(
        by=by, verb=verb, thing=follower, project_id=follower.consultation.project_id,
        after={"consultation": follower.consultation.number},
    )  # fmt: skip
