"""What everyone may read of a published charter, and the way to say that a promise was missed."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from coproduce.core import clock
from coproduce.core.access import NotThere
from coproduce.core.findings import Refused
from coproduce.ui.documents import as_file, wanted_format
from coproduce.ui.sending import posted, too_many
from coproduce.ui.sheets import as_csv, as_excel
from coproduce.ui.tables import Column, Filter, Table

from .. import operations, queries, rules
from ..forms import CodeForm, ReportForm
from ..models import Breach
from ..terms import CODES_AN_HOUR, REPORTS_AN_HOUR, Commitment, Point, PointKind
from .common import lowest_words, met_tag, page_of, plot_of, score_words, tiles_of
from .paper import document_of


@login_not_required
@require_GET
def charter(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """The charter and its eight tiles, measured now."""
    visit, found = queries.public_charter(request.user, project_id)
    card = queries.scorecard(visit, clock.today())
    tiles = tiles_of(card)
    wanted = request.GET.get("format")
    if wanted in {"csv", "xlsx"}:
        give = as_csv if wanted == "csv" else as_excel
        return give("charter", _headings(), [_row(tile) for tile in tiles])
    signatories = queries.signatories_of(project_id) if found else []
    if paper := wanted_format(request):
        return as_file(document_of(visit.project.title, found, card, tiles, signatories), "charter", paper)
    reports = queries.unanswered(project_id) if found else []
    shown = {
        "charter": found, "card": card, "tiles": tiles, "score": score_words(card.score), "plot": plot_of(card),
        "lowest": lowest_words(card), "today": clock.today(),
        "signatories": signatories,
        "findings": [*card.findings, *rules.an_answer_is_due(reports, clock.today())],
    }  # fmt: skip
    return render(request, "charter/charter.html", page_of(visit, **shown))


@login_not_required
@require_GET
def rows(request: HttpRequest, project_id: UUID, number: int) -> HttpResponse:
    """The rows behind one figure, those that lack something first."""
    visit, found = queries.public_charter(request.user, project_id)
    if number not in Commitment.values:
        raise NotThere
    gathered = queries.gather(visit, clock.today())
    points = sorted(queries.evidence_of(gathered, Commitment(number)), key=lambda one: one.holds)
    one = rules.measure(Commitment(number), points, gathered.limits)
    shown = {
        "charter": found, "measure": one, "tag": met_tag(one.met),
        "figure": rules.figure_of(one, points, gathered.limits),
        "limit": rules.limit_of(one.commitment, gathered.limits),
    }  # fmt: skip
    page = page_of(visit, **shown)
    link = partial(_inside, project_id) if page["inside"] else None
    return _rows_table(points, number, link).respond(request, "charter/rows.html", page)


@login_not_required
@require_GET
def missed(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """Every report with its answer; the words of whoever told us only where they allow it."""
    visit, found = queries.public_charter(request.user, project_id)
    today = clock.today()
    table = Table(
        rows=queries.breaches_of(project_id),
        columns=[
            Column("number", _("Number"), value="ref", sort="number"),
            Column("commitment", _("Promise"), value=_promise, sort="commitment"),
            Column("words", _("What we were told"), value=_words),
            Column("told_on", _("Told us on"), sort="told_on"),
            Column("due_on", _("Answer due"), sort="due_on"),
            Column("answer", _("Answer"), value=lambda one: _answer(one, today)),
        ],
        caption=_("Reports and answers"), empty=_("Nobody has told us of a missed promise."),
        name="missed-promises", order="number",
    )  # fmt: skip
    shown = page_of(visit, charter=found, waiting=_waiting(visit, project_id))
    return table.respond(request, "charter/missed.html", shown)


@login_not_required
@require_http_methods(["GET", "POST"])
def tell(request: HttpRequest, project_id: UUID) -> HttpResponse:
    visit, found = queries.public_breach(request.user, project_id)
    form = ReportForm(posted(request))
    if request.method == "POST" and form.is_valid():
        made = _kept(request, project_id, form)
        if made is not None:
            return redirect("charter:received", project_id, made.pk)
    limits = queries.setting()
    return render(
        request, "charter/tell.html", page_of(visit, charter=found, form=form, days=limits.answer_days)
    )


def _kept(request: HttpRequest, project_id: UUID, form: ReportForm) -> Breach | None:
    if form.looks_like_a_machine:
        form.add_error(None, _("Leave the last box empty, then send it again."))
    elif too_many(request, "charter-reports", REPORTS_AN_HOUR):
        form.add_error(
            None, _("Very many reports came from your network. Wait an hour, or tell us another way.")
        )
    else:
        person = request.user if request.user.is_authenticated else None
        try:
            return operations.report_breach(
                project_id=project_id, key=form.key or uuid4(), by=person, **form.said
            )
        except Refused as refused:
            form.refuse(refused)
    return None


@login_not_required
@require_GET
def received(request: HttpRequest, project_id: UUID, breach_id: UUID) -> HttpResponse:
    """The receipt: its number, its code, until when an answer comes; and the answer, once it is there."""
    visit, found = queries.public_charter(request.user, project_id)
    breach = queries.received(project_id, breach_id)
    shown = {"charter": found, "breach": breach, "late": rules.is_late(breach, clock.today())}
    return render(request, "charter/received.html", page_of(visit, **shown))


@login_not_required
@require_http_methods(["GET", "POST"])
def find(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """From the code on the receipt to the answer."""
    visit, found = queries.public_charter(request.user, project_id)
    form = CodeForm(posted(request))
    if request.method == "POST" and form.is_valid():
        if too_many(request, "charter-codes", CODES_AN_HOUR):
            form.add_error(None, _("Very many codes came from your network. Wait an hour."))
        else:
            try:
                breach = queries.breach_by_code(project_id, form.cleaned_data["code"])
                return redirect("charter:received", project_id, breach.pk)
            except NotThere:
                form.add_error("code", _("No report has this code. Look at your receipt again."))
    return render(request, "charter/find.html", page_of(visit, charter=found, form=form))


def _headings() -> list[str]:
    return [
        _("Number"), _("Commitment"), _("Met"), _("Holds"), _("Of"), _("What the records show"), _("Met when"),
        _("Participants, 0 to 4"), _("Answers"),
    ]  # fmt: skip


def _row(shown: dict[str, Any]) -> list[Any]:
    measure, view = shown["measure"], shown["tile"].view
    mean = None if view.mean is None else round(view.mean, 1)
    return [
        measure.commitment.value, str(measure.label), measure.met, measure.part, measure.whole, shown["figure"],
        str(measure.met_when), mean, None if view.is_silent else view.answers,
    ]  # fmt: skip


def _inside(project_id: UUID, point: Point) -> str:
    """Where the row itself is, for those who may go there."""
    page = {
        PointKind.SUGGESTION: "drafting:suggestion", PointKind.ACTION: "plans:action",
        PointKind.VERSION: "drafting:version",
    }.get(point.kind)  # fmt: skip
    return reverse(page, args=[project_id, point.thing]) if page and point.thing else ""


def _rows_table(points: Sequence[Point], number: int, link: Callable[[Point], str] | None) -> Table:
    return Table(
        rows=points,
        columns=[
            Column("kind", _("Kind"), value="kind.label", sort=lambda one: str(one.kind.label)),
            Column("ref", _("Number"), sort=lambda one: one.ref, link=link),
            Column("what", _("What"), value=lambda one: str(one.what)),
            Column("first", _first_heading(number), sort=lambda one: one.first),
            Column("second", _second_heading(number), sort=lambda one: one.second),
            Column("misses", _("What is missing"), value="miss_words", sort=lambda one: one.miss_words or None),
        ],
        filters=[
            Filter(
                "holds", _("Show"), [("no", _("Only what is missing")), ("yes", _("Only what holds"))],
                lambda rows, value: [one for one in rows if one.holds == (value == "yes")],
            )
        ],
        caption=_("The rows behind the figure"), empty=_("No rows yet"), name=f"charter-{number}",
    )  # fmt: skip


def _first_heading(number: int) -> str:
    return {
        Commitment.ANSWERED: _("Answer due"), Commitment.CONSIDERED: _("Said on"), Commitment.THANKED: _("Thanked on"),
        Commitment.REVIEWED: _("Decided on"),
    }.get(Commitment(number), _("From"))  # fmt: skip


def _second_heading(number: int) -> str:
    return {
        Commitment.ANSWERED: _("Answered on"), Commitment.THANKED: _("Published on"),
        Commitment.REVIEWED: _("Review on"),
    }.get(Commitment(number), _("To"))  # fmt: skip


def _promise(breach: Breach) -> str:
    return (
        f"{breach.commitment}. {Commitment(breach.commitment).label}" if breach.commitment else _("Not said")
    )


def _words(breach: Breach) -> str:
    return breach.words if breach.may_show_words else _("Not shown: the person did not want that.")


def _answer(breach: Breach, today: Any) -> str:
    late = rules.is_late(breach, today)
    if breach.answered_on is None or breach.answered_by is None:
        return _("Late: no answer yet.") if late else _("Not yet.")
    facts = {
        "verdict": breach.get_verdict_display(), "answer": breach.answer, "name": breach.answered_by.shown_name,
        "day": date_format(breach.answered_on, "j F Y"),
    }  # fmt: skip
    said = _("%(verdict)s. %(answer)s (%(name)s, %(day)s)") % facts
    return said + (" " + _("This answer was late.") if late else "")


def _waiting(visit: Any, project_id: UUID) -> list[Breach]:
    """For those who answer."""
    shown = page_of(visit)
    return queries.unanswered(project_id) if shown["may_answer"] else []
