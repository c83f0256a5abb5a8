"""What templates of voting ask for."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from .. import queries
from ..models import Ballot, Statement

register = template.Library()


@register.filter
def origin_address(statement: Statement) -> str:
    return queries.origin_address(statement)


@register.simple_tag
def results_address(ballot: Ballot, *, with_link: bool = False) -> str:
    return queries.results_address(ballot, with_link=with_link)


@register.simple_tag
def replaced_by_words(statement: Statement, replaced: Mapping[UUID, Any]) -> SafeString | str:
    """“Replaced by number 7 because …”"""
    new = replaced.get(statement.pk)
    if new is None:
        return ""
    words = _("Replaced by number %(number)d because: %(why)s")
    return format_html(" <bdi>{}</bdi>", words % {"number": new.number, "why": new.why_replaced})
