"""How sign-in by allauth behaves here: nobody signs up; people are invited."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def format_email_subject(self, subject: Any) -> str:
        # Subjects travel in the clear and show on locked screens: nothing of the person or the code.
        return str(subject)
