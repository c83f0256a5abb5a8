"""The list of barriers, adding one, and bringing in those of a round."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from coproduce.capabilities.projects.queries import Visit
from coproduce.capabilities.rounds.terms import Level
from coproduce.core.access import Purpose
from coproduce.core.findings import Refused
from coproduce.ui.tables import Column, Filter, Table

from .. import operations, queries, rules
from ..forms import BarrierForm
from ..models import Barrier
from ..terms import BARRIER, THEME, CheckBack, Gap, Response, Spread, Zone

_LEVELS = [(str(level.value), level.label) for level in Level]
_IMPORTANT = [("yes", gettext_lazy("Matters: 4 or 5"))]
_PREMORTEM = [("yes", gettext_lazy("Premortem")), ("no", gettext_lazy("Other barriers"))]
_CHECK_BACK = [*CheckBack.choices, ("none", gettext_lazy("Nobody has checked back yet"))]


@require_GET
def barriers(request: HttpRequest, project_id: UUID) -> HttpResponse:
    visit = queries.visit_register(request.user, project_id, Purpose.READ)
    register = _Register(visit, whole=bool(request.GET.get("format")))
    may_add = visit.may(BARRIER, Purpose.CONTRIBUTE)
    page = {
        "visit": visit,
        "section": "barriers",
        "may_add": may_add,
        "may_rate": visit.may(THEME, Purpose.CONTRIBUTE),
        "finding": list(rules.own_rating_comes_first(has_rated=not register.sealed, has_to_rate=True)),
        "sealed": len(register.sealed),
        "asked": request.GET.urlencode(),
        "waiting": queries.rounds_not_brought_in(project_id) if may_add else [],
    }
    return register.table().respond(request, "barriers/barriers.html", page)


@require_GET
def on_paper(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """The whole list, narrowed as it was on the screen, to be printed."""
    visit = queries.visit_register(request.user, project_id, Purpose.READ)
    register = _Register(visit, whole=False)
    found = register.table().page(request.GET)
    chosen = [
        (one.label, {str(key): words for key, words in one.choices}[value]) for one, value in found.chosen
    ]
    page = {
        "visit": visit, "section": "barriers", "chosen": chosen, "words": found.q, "sealed": register.sealed,
        "barriers": [(one, register.gap(one)) for one in found.rows],
    }  # fmt: skip
    return render(request, "barriers/on_paper.html", page)


class _Register:
    """The register as one person may see it (R34)."""

    def __init__(self, visit: Visit, *, whole: bool) -> None:
        self.project_id, self.whole = visit.project.pk, whole
        seen = queries.Seen(visit, queries.barriers_in_short(self.project_id))
        self.barriers, self.sealed, self.opinions = seen.barriers, seen.sealed, seen.opinions

    def table(self) -> Table:
        return Table(
            rows=self._rows(),
            columns=self._columns(),
            filters=self._filters(),
            search=queries.found_by,
            search_label=_("Search words, names and numbers"),
            caption=_("Barriers"),
            empty=_("No barriers yet"),
            name="barriers",
            order="ref",
        )

    def gap(self, row: Barrier) -> float | None:
        spread = self._spread(row)
        return spread.gap if spread else None

    def _spread(self, row: Barrier) -> Spread | None:
        opinion = self.opinions.get(row.pk)
        return opinion.spread if opinion else None

    def _rows(self) -> Any:
        """What is sealed stands last, so that no order tells it."""
        barriers = queries.barriers_of(self.project_id)
        return queries.with_what_may_be_seen(barriers, self.sealed)

    def _columns(self) -> list[Column]:
        """What fits a page; files have everything."""
        shown = [
            Column("ref", _("Number"), sort="number", link=self._page_of),
            Column("statement", _("In their words")),
            Column("group", _("Group"), value=_group, sort="group__code"),
            Column("theme", _("Theme"), value=_theme, sort="theme__number"),
            Column("importance", _("Matters"), value="seen_importance", sort="seen_importance", numeric=True),
            Column("ease", _("Easy to remove"), value="seen_ease", sort="seen_ease", numeric=True),
            Column("zone", _("Zone"), value=self._zone),
            Column("gap", _("Gap"), value=self.gap, numeric=True),
            Column("response", _("Response"), value=_response, sort="response"),
            Column("owner", _("Who sees to it"), value="owner.shown_name", sort="owner__name"),
        ]
        return [*shown, *_FOR_FILES, *self._of_groups()] if self.whole else shown

    def _page_of(self, row: Barrier) -> str:
        return reverse("barriers:barrier", args=[self.project_id, row.pk])

    def _zone(self, row: Any) -> Any:
        return _("Rate it first") if row.pk in self.sealed else row.zone.label

    def _of_groups(self) -> list[Column]:
        """The medians of each group, for files."""
        groups = queries.groups_of(self.project_id)
        return [column for group in groups for column in (self._middle(group, 0), self._middle(group, 1))]

    def _middle(self, group: Any, which: int) -> Column:
        name, heading = (("importance", _("Matters, %(group)s")), ("ease", _("Easy to remove, %(group)s")))[
            which
        ]

        def value(row: Barrier) -> float | None:
            opinion = self.opinions.get(row.pk)
            middle = opinion.by_group.get(group.pk) if opinion else None
            return getattr(middle, name, None)

        return Column(f"{name}_{group.code}", heading % {"group": group.code}, value=value, numeric=True)

    def _filters(self) -> list[Filter]:
        themes = [(str(theme.number), str(theme)) for theme in self._themes()]
        groups = [(group.code, str(group)) for group in self._groups()]
        return [
            Filter("theme", _("Theme"), themes, lambda rows, value: rows.filter(theme__number=value)),
            Filter("group", _("Group"), groups, lambda rows, value: rows.filter(group__code=value)),
            Filter("level", _("Who it is about"), _LEVELS, lambda rows, value: rows.filter(level=value)),
            Filter(
                "response", _("Response"), Response.choices,
                lambda rows, value: queries.answered_with(rows, self.barriers, value),
            ),
            Filter("zone", _("Zone"), Zone.choices, lambda rows, v: queries.in_zone(self._open(rows), v)),
            Filter(
                "important", _("How much it matters"), _IMPORTANT,
                lambda rows, value: queries.important(self._open(rows)),
            ),
            Filter("gap", _("Gap"), Gap.choices, self._with_gap),
            Filter("premortem", _("Premortem"), _PREMORTEM, lambda rows, v: rows.filter(premortem=v == "yes")),
            Filter("check_back", _("Check-back"), _CHECK_BACK, _checked_back),
        ]  # fmt: skip

    def _themes(self) -> list[Any]:
        """Those that some barrier has."""
        found = {one.theme.number: one.theme for one in self.barriers if one.theme}
        return [found[number] for number in sorted(found)]

    def _groups(self) -> list[Any]:
        """Those that raised some barrier."""
        found = {one.group.code: one.group for one in self.barriers if one.group}
        return [found[code] for code in sorted(found, key=lambda code: (len(code), code))]

    def _open(self, rows: Any) -> Any:
        return rows.exclude(pk__in=self.sealed) if self.sealed else rows

    def _with_gap(self, rows: Any, value: str) -> Any:
        found = [pk for pk, one in self.opinions.items() if one.spread and one.spread.word == value]
        return rows.filter(pk__in=found)


def _checked_back(rows: Any, value: str) -> Any:
    return rows.filter(checked_back="" if value == "none" else value)


def _theme(row: Barrier) -> str | None:
    return str(row.theme) if row.theme else None


_FOR_FILES = (
    Column("due", gettext_lazy("By when")),
    Column("raised_by", gettext_lazy("Raised by"), value="raised_by.shown_name"),
    Column("level", gettext_lazy("Level"), value="get_level_display"),
    Column("built_on", gettext_lazy("Built on"), value="get_built_on_display"),
    Column("lens", gettext_lazy("Lens"), value="get_lens_display"),
    Column("com_b", gettext_lazy("COM-B"), value="com_b"),
    Column("response_words", gettext_lazy("What will be done")),
    Column("lets_people", gettext_lazy("What it lets people do")),
    Column("who_acts", gettext_lazy("Who has to do something"), value="get_who_acts_display"),
    Column("felt_by", gettext_lazy("Who feels it")),
    Column("premortem", gettext_lazy("Premortem")),
    Column("likelihood", gettext_lazy("How likely"), value="get_likelihood_display"),
    Column("impact", gettext_lazy("How much harm"), value="get_impact_display"),
    Column("early_sign", gettext_lazy("Early sign")),
    Column("checked_back", gettext_lazy("Check-back"), value="get_checked_back_display"),
    Column("checked_back_on", gettext_lazy("Checked back on")),
    Column("gone_proposed_on", gettext_lazy("Proposed as gone on")),
)


def _group(row: Barrier) -> str | None:
    return row.group.code if row.group else None


def _response(row: Barrier) -> str:
    if row.merged_into:
        return _("Merged into %(ref)s") % {"ref": row.merged_into.ref}
    return str(Response(row.response).label)


@require_http_methods(["GET", "POST"])
def add_barrier(request: HttpRequest, project_id: UUID) -> HttpResponse:
    visit = queries.visit_register(request.user, project_id, Purpose.CONTRIBUTE)
    runs = visit.may(BARRIER, Purpose.RUN)
    people = queries.members_of(project_id) if runs else []
    form = BarrierForm(request.POST or None, people=people, for_others=runs)
    if request.method == "POST" and form.is_valid():
        try:
            barrier = operations.add_barrier(
                by=request.user, project_id=project_id, raised_by=form.person, key=form.key, **form.facts()
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("%(ref)s is in the list.") % {"ref": barrier.ref})
            return redirect("barriers:barrier", project_id, barrier.pk)
    page: dict[str, Any] = {"visit": visit, "section": "barriers", "form": form}
    return render(request, "barriers/add_barrier.html", page)


@require_POST
def bring_in(request: HttpRequest, project_id: UUID, round_id: UUID) -> HttpResponse:
    try:
        intake = operations.bring_in_from_round(by=request.user, project_id=project_id, round_id=round_id)
    except Refused as refused:
        messages.error(request, " ".join(str(finding.message) for finding in refused.findings))
    else:
        words = ngettext(
            "%(count)d barrier is brought in.", "%(count)d barriers are brought in.", intake.count
        )
        messages.success(request, words % {"count": intake.count})
    return redirect("barriers:barriers", project_id)
