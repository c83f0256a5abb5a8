"""The page of the record, and the record itself as a file."""

import tempfile
from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from coproduce.capabilities.projects import queries as projects
from coproduce.core import clock
from coproduce.core.access import Purpose
from coproduce.core.models import Entry
from coproduce.ui.tables import Column, Filter, Table

from . import queries
from .access import RECORD
from .record import write_record
from .wording import HIDDEN, in_words


@require_GET
def record(request: HttpRequest, project_id: UUID) -> HttpResponse:
    visit = projects.visit(request.user, project_id, RECORD, Purpose.READ)
    context = {
        "visit": visit,
        "section": "exports",
        "head": queries.head_of(project_id),
        "may_download": visit.may(RECORD, Purpose.RUN),
    }
    return _ledger(project_id).respond(request, "exports/record.html", context)


@require_GET
def download(request: HttpRequest, project_id: UUID) -> FileResponse:
    """Made while the visitor waits and kept nowhere; reading it back is reading, so nothing is written."""
    projects.visit(request.user, project_id, RECORD, Purpose.RUN)
    pack = tempfile.TemporaryFile()  # noqa: SIM115 (the response closes it)
    write_record(project_id, pack)
    pack.seek(0)
    name = f"record-{clock.today().isoformat()}.zip"
    return FileResponse(pack, as_attachment=True, filename=name, content_type="application/zip")


def _ledger(project_id: UUID) -> Table:
    hidden = queries.withheld_ids(project_id)
    names = queries.names_as_chosen(project_id)

    def unless_hidden(value: Any) -> Any:
        return lambda entry: "" if entry.object_id in hidden else value(entry)

    def by_person(rows: Any, id: str) -> Any:
        return rows.filter(actor=id).exclude(object_id__in=hidden)

    people = sorted(((str(id), name) for id, name in names.items()), key=lambda one: one[1].casefold())
    verbs = [(verb, in_words(verb.partition(".")[2])) for verb in queries.verbs_of(project_id)]
    return Table(
        rows=queries.entries_of(project_id),
        columns=[
            Column("seq", _("Entry"), sort="seq", numeric=True),
            Column("at", _("When"), value=unless_hidden(lambda entry: entry.at)),
            Column("who", _("Who"), value=unless_hidden(lambda entry: _who(entry, names))),
            Column("what", _("What"), value=lambda entry: _what(entry, hidden)),
            Column("about", _("About"), value=unless_hidden(_about)),
            Column("hash", _("Hash"), value="hash"),
        ],
        filters=[
            Filter("verb", _("What was done"), verbs, lambda rows, verb: rows.filter(verb=verb)),
            Filter("person", _("Who did it"), people, by_person),
        ],
        caption=_("The ledger, newest first"),
        empty=_("Nothing has happened yet"),
        name="ledger",
    )  # fmt: skip


def _who(entry: Entry, names: dict[UUID, str]) -> str:
    who = names.get(entry.actor, _("Someone outside the project"))
    whom = names.get(entry.on_behalf_of) if entry.on_behalf_of else None
    return str(_("%(who)s, for %(whom)s") % {"who": who, "whom": whom}) if whom else str(who)


def _what(entry: Entry, hidden: frozenset[str]) -> str:
    return str(HIDDEN) if entry.object_id in hidden else in_words(entry.verb.partition(".")[2])


def _about(entry: Entry) -> str:
    return in_words(entry.object_kind.partition(".")[2])
