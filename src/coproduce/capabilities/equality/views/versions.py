"""The history of an assessment, the decision-maker's reading, and publication."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from coproduce.core.access import NotThere, Purpose
from coproduce.ui.sending import posted, sent
from coproduce.ui.tables import Column, Table

from .. import operations, queries
from ..forms import JustAButton, VersionForm
from ..models import Version
from .common import done, form_page, page_of


@require_GET
def versions(request: HttpRequest, project_id: UUID) -> HttpResponse:
    visit, found = queries.assessment_for(request.user, project_id, Purpose.READ)
    read = {reading.version_id: reading for reading in queries.readings_of(found)}
    table = Table(
        rows=queries.versions_of(found),
        columns=[
            Column("number", _("Version"), sort="number", numeric=True,
                   link=lambda one: reverse("equality:version", args=[project_id, one.pk])),
            Column("kind", _("Kind"), value="get_kind_display"),
            Column("day", _("Day"), sort="day"),
            Column("by", _("By"), value="by.shown_name"),
            Column("note", _("What it is")),
            Column("read", _("Decision-maker read it on"),
                   value=lambda one: read[one.pk].day if one.pk in read else None),
        ],
        caption=_("Versions of the assessment"), empty=_("No version is kept yet"), name="equality-versions",
        order="-number",
    )  # fmt: skip
    return table.respond(request, "equality/versions.html", page_of(visit, assessment=found))


@require_GET
def version(request: HttpRequest, project_id: UUID, version_id: UUID) -> HttpResponse:
    visit, found = queries.version_for(request.user, project_id, version_id)
    page = page_of(visit, version=found, content=found.content, conclusion=_conclusion(found))
    return render(request, "equality/version.html", page)


def _conclusion(found: Version) -> object:
    return queries.conclusion_words(found.content)


@require_http_methods(["GET", "POST"])
def save_version(request: HttpRequest, project_id: UUID) -> HttpResponse:
    visit, _found = queries.assessment_for(request.user, project_id, Purpose.RUN)
    form = VersionForm(posted(request))
    if sent(request, form, lambda: operations.save_version(
        by=request.user, project_id=project_id, key=form.key, **form.cleaned_data
    )):  # fmt: skip
        return done(request, _("The version is kept."), "versions", project_id)
    lead = _("The assessment is kept as it stands today. A version never changes.")
    return form_page(request, visit, form, title=_("Keep a version"), button=_("Keep it"), lead=lead)


@require_http_methods(["GET", "POST"])
def read(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """The whole final version, and below it the button of the person who decides."""
    visit, found = queries.assessment_for(request.user, project_id, Purpose.CONTRIBUTE)
    final = queries.last_final(found)
    if final is None or found.decision_maker_id != visit.person.pk:
        raise NotThere
    form = JustAButton(posted(request))
    if sent(request, form, lambda: operations.confirm_reading(
        by=request.user, project_id=project_id, version_id=final.pk, key=form.key
    )):  # fmt: skip
        return done(request, _("Your reading is on the record."), "assessment", project_id)
    page = page_of(
        visit, form=form, assessment=found, version=final, content=final.content, conclusion=_conclusion(final),
        reading=queries.reading_by(final, visit.person), is_current=final.revision == found.revision,
    )  # fmt: skip
    return render(request, "equality/read.html", page)


@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, project_id: UUID) -> HttpResponse:
    visit, _found = queries.assessment_for(request.user, project_id, Purpose.RUN)
    form = JustAButton(posted(request))
    if sent(request, form, lambda: operations.publish(by=request.user, project_id=project_id, key=form.key)):
        return done(request, _("The assessment is published."), "assessment", project_id)
    lead = _(
        "Everyone can read the newest final version. What people said is named by its number, not in their words."
    )
    return form_page(request, visit, form, title=_("Publish the assessment"), button=_("Publish"), lead=lead)
