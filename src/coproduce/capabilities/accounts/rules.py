from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from coproduce.core.findings import Finding, refuse


def a_name_is_given(name: str) -> Iterator[Finding]:
    if not name.strip():
        yield refuse("name", _("Enter a name."), subject="name")


def an_address_is_free(*, taken: bool) -> Iterator[Finding]:
    if taken:
        yield refuse(
            "email",
            _("Someone already uses this e-mail address."),
            subject="email",
        )


def an_installation_is_claimed_once(*, claimed: bool, token_fits: bool) -> Iterator[Finding]:
    # One sentence for both, so that a guess learns nothing.
    if claimed or not token_fits:
        yield refuse(
            "claim", _("This link does not work. Look for the newest link where the server was started.")
        )
