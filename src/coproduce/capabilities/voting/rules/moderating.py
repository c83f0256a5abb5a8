"""What a facilitator may settle about statements, and what must be said of it."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from coproduce.core.findings import Finding, refuse

from ..terms import Reason, Standing, State

_SETTLED = frozenset({Standing.ACCEPTED, Standing.DECLINED})


def a_decline_has_its_reason(standing: str, reason: str, words: str) -> Iterator[Finding]:
    """Whoever wrote it reads why."""
    if standing != Standing.DECLINED:
        return
    if reason not in Reason.values:
        yield refuse("voting", _("Say why it is declined."), subject="reason")
    elif reason == Reason.OTHER and not words.strip():
        yield refuse("voting", _("Say in a few words why it is declined."), subject="words")


def only_what_waits_or_stands_is_settled(was: str, standing: str, state: str) -> Iterator[Finding]:
    if state == State.CLOSED:
        yield refuse("voting", _("This ballot is closed. Its statements stay as they are."))
    elif standing not in _SETTLED:
        yield refuse("voting", _("Choose whether to accept or to decline."), subject="standing")
    elif was == Standing.REPLACED:
        yield refuse("voting", _("This statement was replaced by another one."))
    elif was == standing:
        yield refuse("voting", _("Somebody has settled this already."))


def an_undo_undoes_the_last_word(*, is_last: bool, is_of_replacing: bool, state: str) -> Iterator[Finding]:
    if state == State.CLOSED:
        yield refuse("voting", _("This ballot is closed. Its statements stay as they are."))
    elif not is_last:
        yield refuse("voting", _("Something was settled after this. Undo that first."))
    elif is_of_replacing:
        yield refuse("voting", _("A replaced statement stays replaced. Add a new statement instead."))


def a_replacement_says_why(was: str, why: str, state: str) -> Iterator[Finding]:
    if state == State.CLOSED:
        yield refuse("voting", _("This ballot is closed. Its statements stay as they are."))
    elif was != Standing.ACCEPTED:
        yield refuse("voting", _("Only a statement that people vote on can be replaced."))
    if not why.strip():
        yield refuse("voting", _("Say why. People who voted on the old words will read it."), subject="why")
