"""The suggestions behind a figure: whoever sees a number can open it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from coproduce.core.access import Purpose
from coproduce.ui.tables import Column, Table

from .. import queries
from ..models import Document, Version
from ..queries import Moment, Names
from ..rules.behind import ANSWERED, IN_TIME, LATE, NEXT, TAKEN_IN, WAITING, WITHDRAWN, Asked, Selection
from ..rules.behind import behind as chosen
from ..rules.figures import Fact
from ..terms import SUGGESTION, Outcome, ReasonCode, SuggestionKind
from .common import address, page_of, short


@require_GET
def behind(request: HttpRequest, project_id: UUID, document_id: UUID) -> HttpResponse:
    visit, document = queries.document_for(request.user, project_id, document_id, Purpose.READ, SUGGESTION)
    versions = queries.versions_of(document.pk)
    selection = Selection(**{asked: request.GET.get(asked, "")[:300] for asked in Asked})
    facts = chosen(queries.facts(document, public(), versions), selection)
    said = _said(selection)
    ends = _ends(request, document, versions)
    if ends:
        between = queries.suggestions_between(document, *ends)
        facts = [fact for fact in facts if fact.id in between]
        said.append(_between(*ends))
    table = Table(
        rows=facts, columns=_columns(document, queries.names_in(visit)), search=_search,
        caption=_("Suggestions"), empty=_("No suggestion is counted here"), name="suggestions-behind", order="number",
    )  # fmt: skip
    page = page_of(visit, document, "suggestions", said=said, total=len(facts))
    return table.respond(request, "drafting/behind.html", page)


def public() -> str:
    """The name for those who belong to no group."""
    return _("The public")


def opened(document: Document, number: Any, says: str = "", /, **selection: Any) -> SafeString:
    """A number as a link to the suggestions that it counts; nought has nothing to open."""
    if not number:
        return format_html("{}", number)
    href = address("behind", document.project_id, document.pk, **selection)
    hidden = format_html('<span class="govuk-visually-hidden"> {}</span>', says) if says else ""
    return format_html('<a class="govuk-link" href="{}">{}{}</a>', href, number, hidden)


def _search(facts: list[Fact], words: str) -> list[Fact]:
    return [fact for fact in facts if words.casefold() in fact.gist.casefold()]


def _columns(document: Document, names: Names) -> list[Column]:
    return [
        Column(
            "number", _("Number"), value="ref", sort="number",
            link=lambda fact: address("suggestion", document.project_id, fact.id),
        ),
        Column("gist", _("Suggestion")),
        Column("author", _("From"), value=lambda fact: _named(names, fact), sort=lambda fact: _named(names, fact)),
        Column("group", _("Group"), sort="group"),
        Column("answer", _("Answer"), value=_answer, sort=_answer),
        Column("version", _("In version")),
    ]  # fmt: skip


def _named(names: Names, fact: Fact) -> str:
    return names.chosen(fact.author, fact.author_name) or str(queries.NO_NAME)  # type: ignore[arg-type]


def _answer(fact: Fact) -> str:
    if fact.outcome:
        return str(Outcome(fact.outcome).label)
    return _("Withdrawn") if fact.is_withdrawn else _("Open")


def _ends(request: HttpRequest, document: Document, versions: list[Version]) -> list[Moment]:
    """The two moments between which suggestions are asked for, or none."""
    known = {one.key: one for one in queries.moments(document, versions)}
    found = [known[key] for name in ("old", "new") if (key := request.GET.get(name, "")) in known]
    return found if len(found) == 2 else []


def _between(old: Moment, new: Moment) -> str:
    if new.version is None:
        return _("changed the text after version %(old)s") % {"old": old.key}
    return _("changed the text between %(old)s and %(new)s") % {"old": old.key, "new": new.key}


def _said(selection: Selection) -> list[str]:
    """What they have in common, each in words that go on after “Suggestions that”."""
    words = _words()
    return [words[asked](value) for asked, value in selection.chosen.items()]


def _words() -> dict[Asked, Callable[[str], str]]:
    return {
        Asked.ANSWER: _answered,
        Asked.GROUP: lambda value: _("came from “%(group)s”") % {"group": value},
        Asked.REASON: lambda value: _("have the reason “%(reason)s”") % {"reason": _label(ReasonCode, value)},
        Asked.KIND: lambda value: _("are of the kind “%(kind)s”") % {"kind": _label(SuggestionKind, value)},
        Asked.SECTION: lambda value: _("are about “%(section)s”") % {"section": short(value, 60)},
        Asked.VERSION: lambda value: _("are in version %(version)s for the first time") % {"version": value},
        Asked.TIME: lambda value: {
            IN_TIME: _("were answered by the promised day"),
            LATE: _("were answered after the promised day"),
        }.get(value, _("were answered at no known time")),
    }


def _answered(value: str) -> str:
    words = {
        TAKEN_IN: _("were taken in: accepted or in part"),
        NEXT: _("were taken in and wait for the next version"),
        ANSWERED: _("are answered"),
        WAITING: _("wait for an answer"),
        WITHDRAWN: _("were withdrawn"),
        Outcome.ACCEPTED: _("were accepted"),
        Outcome.IN_PART: _("were accepted in part"),
        Outcome.DECLINED: _("were declined"),
        Outcome.PASSED_ON: _("were passed on"),
    }
    return words.get(value, _("have an unknown answer"))


def _label(kinds: Any, value: str) -> Any:
    return kinds(value).label if value in kinds.values else value
