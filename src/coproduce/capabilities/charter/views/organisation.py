"""The charter over all projects, for everyone."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from coproduce.ui.sheets import as_csv, as_excel
from coproduce.ui.tables import Column, Filter, Table

from .. import queries
from ..models import Standing
from ..queries import CommitmentLine
from ..terms import SHORT, Commitment
from .common import view_words


@login_not_required
@require_GET
def organisation(request: HttpRequest) -> HttpResponse:
    """Met in so many of so many projects, the worst first; then the projects. Six queries, however many projects."""
    lines = queries.commitment_lines()
    if request.GET.get("commitments") in {"csv", "xlsx"}:
        give = as_csv if request.GET["commitments"] == "csv" else as_excel
        return give("charter-commitments", _headings(), [_row(line) for line in lines])
    oldest, newest, count = queries.measured_span()
    shown = {
        "lines": [(line, view_words(line.view)) for line in lines], "oldest": oldest, "newest": newest,
        "count": count, "may_set": getattr(request.user, "is_installation_administrator", False),
    }  # fmt: skip
    return _projects().respond(request, "charter/organisation.html", shown)


def _projects() -> Table:
    return Table(
        rows=queries.public_projects(),
        columns=[
            Column(
                "title", _("Project"), value="project.title", sort="project__title",
                link=lambda one: reverse("charter:charter", args=[one.project_id]),
            ),
            Column("met", _("Met"), sort="met", numeric=True),
            Column("measured", _("Of"), sort="measured", numeric=True),
            Column("unmet", _("Not met"), value=_unmet),
            Column("measured_at", _("Measured"), sort="measured_at"),
        ],
        filters=[
            Filter(
                "not_met", _("Not met"), [(str(one.value), SHORT[one]) for one in Commitment],
                lambda rows, value: rows.filter(**{f"met_{int(value)}": False}),
            )
        ],
        search=lambda rows, words: rows.filter(project__title__icontains=words),
        caption=_("Projects with a public charter"), empty=_("No project has a public charter yet"),
        name="charter-projects", order="met",
    )  # fmt: skip


def _unmet(one: Standing) -> str:
    return ", ".join(
        str(number.value) for number in Commitment if getattr(one, f"met_{number.value}") is False
    )


def _headings() -> list[str]:
    return [
        _("Number"), _("Commitment"), _("Projects that meet it"), _("Projects where it can be measured"),
        _("Per cent"), _("Participants, 0 to 4"), _("Answers"),
    ]  # fmt: skip


def _row(line: CommitmentLine) -> list[Any]:
    mean = None if line.view.mean is None else round(line.view.mean, 1)
    answers = None if line.view.is_silent else line.view.answers
    return [
        line.commitment.value, str(line.commitment.label), line.met, line.of, line.percent, mean, answers,
    ]  # fmt: skip
