from django import template

from ..models import Suggestion
from ..rules import plain as rules
from ..terms import Status

register = template.Library()

_COLOURS = {
    Status.OPEN: "yellow", Status.ACCEPTED: "green", Status.IN_PART: "teal", Status.DECLINED: "orange",
    Status.PASSED_ON: "purple", Status.WITHDRAWN: "grey",
}  # fmt: skip


@register.filter
def status_colour(suggestion: Suggestion) -> str:
    """The colour beside the words of a status."""
    return _COLOURS[Status(suggestion.status)]


@register.filter
def in_plain_words(passage: str | None) -> str:
    """A passage as people read it, without the marks that make it a heading, an item or a row."""
    return rules.plain(passage or "")
