"""Where a passage stands, in words: “In “Visits”, paragraph 3”."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from ..rules.blocks import BlockKind
from ..rules.places import Place

_PARTS = {
    BlockKind.PARAGRAPH: gettext_noop("paragraph %(n)s"),
    BlockKind.LIST_ITEM: gettext_noop("list item %(n)s"),
    BlockKind.TABLE_ROW: gettext_noop("table row %(n)s"),
    BlockKind.QUOTE: gettext_noop("quote %(n)s"),
    BlockKind.CODE: gettext_noop("code %(n)s"),
    BlockKind.HTML: gettext_noop("passage in HTML %(n)s"),
}


def part(place: Place | None) -> str:
    """Such as “paragraph 3”."""
    if place is None:
        return _("a passage")
    if place.kind is BlockKind.HEADING:
        return _("the heading")
    if place.kind is BlockKind.TABLE_ROW and not place.number:
        return _("the heading row of the table")
    words = _PARTS.get(place.kind)
    return _(words) % {"n": place.number} if words else _("a passage between the paragraphs")


def where(place: Place | None) -> str:
    """Such as “In “Visits”, paragraph 3”, to begin a sentence with."""
    words = {"section": place.section if place else "", "part": part(place)}
    if not words["section"]:
        return _("In %(part)s") % words
    return _("In “%(section)s”, %(part)s") % words


def label(place: Place | None) -> str:
    """The same as a heading: “Visits, paragraph 3”."""
    words = {"section": place.section if place else "", "part": part(place)}
    if not words["section"]:
        return words["part"][:1].upper() + words["part"][1:]
    return _("%(section)s, %(part)s") % words
