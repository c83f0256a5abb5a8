"""Monitoring: what is asked, the form that needs no account, its withdrawal, and the tables that were published."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from coproduce.core.access import NotThere, Purpose
from coproduce.core.findings import Refused
from coproduce.ui.sending import posted, sent, too_many
from coproduce.ui.tables import Column, Table

from .. import operations, queries
from ..forms import AnswersForm, CodeForm, JustAButton, SurveyForm
from ..models import Survey
from ..rules import a_small_group_has_no_table
from .common import done, form_page, page_of

FORMS_AN_HOUR = 200
CODES_AN_HOUR = 20


@require_GET
def monitoring(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """How many forms came in, and every published table: the same for those who lead and for everyone else."""
    visit = queries.visit_monitoring(request.user, project_id, Purpose.READ)
    survey = queries.survey_of(project_id)
    if survey is None:
        return render(request, "equality/monitoring.html", page_of(visit, survey=None))
    return _tables(survey).respond(request, "equality/monitoring.html", page_of(visit, **_shown(survey)))


def _shown(survey: Survey) -> dict[str, Any]:
    tables, waiting = queries.tables_of(survey), queries.waiting(survey)
    forms = waiting if survey.is_open else survey.closed_forms
    # With a table out, the forms that wait are no reason to say that there is none.
    small = [] if tables else list(a_small_group_has_no_table(forms, queries.batch_size()))
    return {
        "survey": survey, "questions": queries.questions_of(survey), "state": queries.state_words(survey),
        "waiting": waiting, "batch": queries.batch_size(), "threshold": queries.threshold(), "tables": tables,
        "coverage": queries.coverage(survey, forms, tables), "small": small,
        "notes": [(table, queries.findings_of(table)) for table in tables],
    }  # fmt: skip


def _tables(survey: Survey) -> Table:
    return Table(
        rows=queries.table_lines(queries.tables_of(survey)),
        columns=[
            Column("number", _("Table"), numeric=True),
            Column("day", _("Made on")),
            Column("question", _("Question")),
            Column("answer", _("Answer, or answers counted together")),
            Column("count", _("People"), numeric=True),
        ],
        caption=_("Published tables"), empty=_("No table is published"), name="equality-monitoring",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, project_id: UUID) -> HttpResponse:
    visit = queries.visit_monitoring(request.user, project_id, Purpose.RUN)
    survey = queries.survey_of(project_id)
    initial = (
        {"purpose": survey.purpose, "questions": survey.questions, "asked": survey.asked} if survey else {}
    )
    form = SurveyForm(posted(request), initial=initial)
    if sent(request, form, lambda: operations.open_monitoring(
        by=request.user, project_id=project_id, key=form.key, **form.cleaned_data
    )):  # fmt: skip
        return done(request, _("The form is ready."), "monitoring", project_id)
    lead = _("Everything is voluntary. Answers are kept apart from names and from what people said.")
    return form_page(request, visit, form, title=_("Ask about the people who take part"), lead=lead)


@require_http_methods(["GET", "POST"])
def publish_table(request: HttpRequest, project_id: UUID) -> HttpResponse:
    visit = queries.visit_monitoring(request.user, project_id, Purpose.RUN)
    survey = queries.survey_in(project_id)
    form = JustAButton(posted(request))
    if sent(
        request, form, lambda: operations.publish_table(by=request.user, project_id=project_id, key=form.key)
    ):
        return done(
            request, _("The table is published, and its answers are deleted."), "monitoring", project_id
        )
    lead = _(
        "%(waiting)d forms are in no table yet; a table takes at least %(batch)d. The table is published as it comes "
        "out, for good, and the answers behind it are deleted."
    ) % {"waiting": queries.waiting(survey), "batch": queries.batch_size()}  # fmt: skip
    return form_page(request, visit, form, title=_("Make a table"), button=_("Make the table"), lead=lead)


@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, project_id: UUID) -> HttpResponse:
    visit = queries.visit_monitoring(request.user, project_id, Purpose.RUN)
    queries.survey_in(project_id)
    form = JustAButton(posted(request))
    if sent(
        request,
        form,
        lambda: operations.close_monitoring(by=request.user, project_id=project_id, key=form.key),
    ):
        return done(request, _("The form is closed."), "monitoring", project_id)
    lead = _("No more answers are taken. Answers that are in no table are deleted.")
    return form_page(request, visit, form, title=_("Close the form"), button=_("Close it"), lead=lead)


@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """From paper or on the phone. Who typed it in is written nowhere."""
    visit = queries.visit_monitoring(request.user, project_id, Purpose.RUN)
    survey = queries.survey_in(project_id)
    form = AnswersForm(posted(request), questions=queries.questions_of(survey), with_code=True)
    if request.method == "POST" and form.is_valid() and form.key:
        code = form.cleaned_data["code"].strip() or operations.code_for(form.key)
        answer = _kept(request, survey, form, code)
        if answer is not None:
            return answer
    lead = _("Read the purpose aloud first. Nobody has to answer, and each question can be left out.")
    title = _("Enter a form from paper or the phone")
    return form_page(request, visit, form, title=title, lead=lead, hint=survey.purpose)


@login_not_required
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, survey_id: UUID) -> HttpResponse:
    """Open to everyone who has its address. It asks for no name and does not look who is signed in."""
    survey = queries.public_survey(survey_id)
    form = AnswersForm(posted(request), questions=queries.questions_of(survey))
    if request.method == "POST" and form.is_valid() and form.key:
        if too_many(request, "equality-forms", FORMS_AN_HOUR):
            form.add_error(None, _("Very many forms came from your network. Wait an hour."))
        else:
            kept = _kept(request, survey, form, operations.code_for(form.key))
            if kept is not None:
                return kept
    page = {"survey": survey, "form": form, "batch": queries.batch_size(), "threshold": queries.threshold()}
    return render(request, "equality/answer.html", page)


def _kept(request: HttpRequest, survey: Survey, form: AnswersForm, code: str) -> HttpResponse | None:
    """The code stands on this page and nowhere else, in no address: so there is no page to come back to."""
    try:
        now = operations.answer(survey_id=survey.pk, answers=form.answers(), code=code)
    except Refused as refused:
        form.refuse(refused)
        return None
    page = {"survey": survey, "code": code, "now": now, "batch": queries.batch_size()}
    answer = render(request, "equality/answered.html", page)
    answer["Cache-Control"] = "no-store"
    return answer


@login_not_required
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, survey_id: UUID) -> HttpResponse:
    """With the code, and with nothing else: no account, no reason."""
    survey = queries.public_survey(survey_id)
    form = CodeForm(posted(request))
    gone: int | None = None
    if request.method == "POST" and form.is_valid():
        if too_many(request, "equality-codes", CODES_AN_HOUR):
            form.add_error(None, _("Very many codes were tried from your network. Wait an hour."))
        else:
            gone = operations.withdraw(survey_id=survey_id, code=form.cleaned_data["code"])
    return render(request, "equality/withdraw.html", {"survey": survey, "form": form, "gone": gone})


@login_not_required
@require_GET
def paper(request: HttpRequest, survey_id: UUID) -> HttpResponse:
    """The form to print, each time with a code of its own."""
    survey = queries.public_survey(survey_id)
    if not survey.is_open:
        raise NotThere
    page = {
        "survey": survey, "questions": queries.questions_of(survey), "code": operations.new_code(),
        "batch": queries.batch_size(), "large": request.GET.get("look") == "large",
    }  # fmt: skip
    answer = render(request, "equality/paper.html", page)
    answer["Cache-Control"] = "no-store"
    return answer


@login_not_required
@require_GET
def tables(request: HttpRequest, survey_id: UUID) -> HttpResponse:
    """The published tables and the coverage sentence, for everyone."""
    survey = queries.public_survey(survey_id)
    return _tables(survey).respond(request, "equality/tables.html", _shown(survey))
