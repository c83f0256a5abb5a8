"""How sign-in by allauth behaves here: nobody signs up; people are invited."""

import logging
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

log = logging.getLogger(__name__)


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def format_email_subject(self, subject: Any) -> str:
        # Subjects travel in the clear and show on locked screens: nothing of the person or the code.
        return str(subject)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        try:
            super().send_mail(template_prefix, email, context)
        except (OSError, SMTPException) as failed:
            # The kind of failure only: the server's own words can hold the address.
            log.error("E-mail was not sent: %s", type(failed).__name__)
            _tell_of_failure()


def _tell_of_failure() -> None:
    if context.request is not None:
        messages.error(
            context.request, _("We cannot send e-mail just now. Wait a few minutes, then try again.")
        )
