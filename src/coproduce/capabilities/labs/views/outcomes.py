"""What came of labs: the record of one, the lists across all, and the board of prototypes."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from coproduce.capabilities.people import queries as people
from coproduce.capabilities.plans import queries as plans
from coproduce.core.access import NotThere, Purpose
from coproduce.core.findings import Words
from coproduce.ui.forms import Form
from coproduce.ui.plots import Plot, dumbbell
from coproduce.ui.sending import posted, sent
from coproduce.ui.tables import Column, Table

from .. import operations, queries, rules
from ..forms import DecisionForm, ElsewhereForm, IdeaForm, JargonForm, ParkedForm, PrototypeForm, ResultForm
from ..models import Lab, Prototype
from ..terms import ENERGY_LEVELS, mean_energy
from .common import done, form_page, label_tag, page_of
from .session import voice_chart


@require_GET
def record(request: HttpRequest, project_id: UUID, lab_id: UUID) -> HttpResponse:
    """The lab on one or two pages, for reading and for paper."""
    visit, lab = queries.lab_record_for(request.user, project_id, lab_id)
    figures = queries.figures_of(project_id, queries.labs_of(visit))
    mine = figures[lab_id]
    page = page_of(
        visit, lab,
        figures=mine,
        tag=label_tag(mine),
        findings=queries.findings_of(figures, lab),
        chart=voice_chart(mine),
        energy=energy_chart(lab),
        facilitators=queries.facilitators_of(lab),
        ideas=[(idea, list(rules.an_idea_decided_elsewhere_is_shown(idea))) for idea in _of(lab, "ideas")],
        decisions=_of(lab, "decisions"),
        parked=_of(lab, "parked"),
        jargon=_of(lab, "jargon"),
        prototypes=[(one, queries.trial_of(one)) for one in queries.prototypes_of(project_id).filter(lab=lab)],
    )  # fmt: skip
    return render(request, "labs/record.html", page)


def _of(lab: Lab, kind: str) -> list[Any]:
    return list(_KINDS[kind].rows(lab.project_id).filter(lab=lab))


def energy_chart(lab: Lab) -> Plot | None:
    """The mean of the energy before and after, with how many said so; no names."""
    before, after = mean_energy(lab.energy_in), mean_energy(lab.energy_out)
    if before is None or after is None:
        return None
    sentence = _("On average %(before).1f of 5 at the start and %(after).1f at the end.")
    return dumbbell(
        _("Energy in the room"),
        sentence % {"before": before, "after": after},
        [(_("Everyone who said a number"), before, after)],
        head=(_("Who"), _("At the start"), _("At the end")),
        least=ENERGY_LEVELS[0],
        most=ENERGY_LEVELS[-1],
        show=lambda number: f"{number:.1f}",
    )


# Lists of one kind of outcome, across the labs of a project


@dataclass(frozen=True)
class Kind:
    """One kind of outcome: its list, its form, and the operation that adds one."""

    title: Words
    add_title: Words
    empty: Words
    rows: Callable[[UUID], QuerySet[Any]]
    columns: Callable[[], list[Column]]
    form: type[Form]
    add: Callable[..., Any]


def _idea_columns() -> list[Column]:
    return [
        Column("words", _("Idea"), sort="words"),
        Column(
            "group", _("From"), value=lambda idea: idea.group.name if idea.group else _("Everyone together")
        ),
        Column("person", _("Name"), value="person.shown_name"),
        Column("elsewhere_by", _("Decided elsewhere by"), sort="elsewhere_by"),
        Column("elsewhere_why", _("Because")),
    ]


def _decision_columns() -> list[Column]:
    return [
        Column("words", _("Decision"), sort="words"),
        Column("how", _("How"), value="get_how_display", sort="how"),
        Column("dissent", _("Who saw it differently")),
    ]


_KINDS: dict[str, Kind] = {
    "ideas": Kind(
        gettext_lazy("Ideas"), gettext_lazy("Add an idea"), gettext_lazy("No ideas yet"), queries.ideas_of,
        _idea_columns, IdeaForm, operations.add_idea,
    ),
    "decisions": Kind(
        gettext_lazy("Decisions of labs"), gettext_lazy("Add a decision"), gettext_lazy("No decisions yet"),
        queries.decisions_of, _decision_columns, DecisionForm, operations.add_decision,
    ),
    "parked": Kind(
        gettext_lazy("Parked"), gettext_lazy("Park something"), gettext_lazy("Nothing is parked"),
        queries.parked_in,
        lambda: [Column("words", _("What"), sort="words"), Column("until", _("Comes up again"))],
        ParkedForm, operations.add_parked,
    ),
    "jargon": Kind(
        gettext_lazy("Jargon jar"), gettext_lazy("Put a word in the jar"), gettext_lazy("The jar is empty"),
        queries.jargon_of,
        lambda: [Column("word", _("Word"), sort="word"), Column("meaning", _("In plain words"))],
        JargonForm, operations.add_jargon,
    ),
    "prototypes": Kind(
        gettext_lazy("Prototypes"), gettext_lazy("Add a prototype"), gettext_lazy("Nothing is tried yet"),
        queries.prototypes_of, lambda: _prototype_columns(), PrototypeForm, operations.add_prototype,
    ),
}  # fmt: skip


def _kind(name: str) -> Kind:
    if name not in _KINDS:
        raise NotThere
    return _KINDS[name]


@require_GET
def outcomes(request: HttpRequest, project_id: UUID, kind: str) -> HttpResponse:
    visit = queries.visit_labs(request.user, project_id, Purpose.READ)
    chosen = _KINDS[kind]
    page = page_of(visit, title=chosen.title)
    return _list(project_id, kind, chosen).respond(request, "labs/outcomes.html", page)


def _list(project_id: UUID, name: str, kind: Kind) -> Table:
    labels = {pk: found.label_words for pk, found in queries.figures_of(project_id).items()}
    return Table(
        rows=_written_down(kind.rows(project_id)),
        columns=[
            Column("lab", _("Lab"), value="lab.code", sort="lab__date", link=_record_link(project_id)),
            Column("label", _("Label"), value=lambda one: labels[one.lab_id]),
            *kind.columns(),
        ],
        caption=kind.title, empty=kind.empty, name=name,
    )  # fmt: skip


def _written_down(rows: QuerySet[Any]) -> QuerySet[Any]:
    """What came of labs that were held: before that, the record is not there for everyone."""
    return rows.filter(lab__held_at__isnull=False)


def _record_link(project_id: UUID) -> Callable[[Any], str]:
    return lambda one: reverse("labs:record", args=[project_id, one.lab_id])


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, project_id: UUID, lab_id: UUID, kind: str) -> HttpResponse:
    visit, lab = queries.lab_for(request.user, project_id, lab_id, Purpose.RUN)
    chosen = _kind(kind)
    form: Any = chosen.form(posted(request), **_offered(chosen, project_id))
    if sent(request, form, lambda: chosen.add(
        by=request.user, project_id=project_id, lab_id=lab_id, key=form.key, **form.facts()
    )):  # fmt: skip
        return done(request, _("Saved."), "record", project_id, lab_id)
    back = reverse("labs:record", args=[project_id, lab_id])
    return form_page(
        request, visit, form, lab=lab, title=chosen.add_title, back=back, back_text=_("Record of the lab")
    )


def _offered(kind: Kind, project_id: UUID) -> dict[str, Any]:
    if kind.form is not IdeaForm:
        return {}
    return {"people": plans.members_of(project_id), "groups": people.groups_of(project_id)}


@require_http_methods(["GET", "POST"])
def elsewhere(request: HttpRequest, project_id: UUID, lab_id: UUID, idea_id: UUID) -> HttpResponse:
    visit, lab = queries.lab_for(request.user, project_id, lab_id, Purpose.RUN)
    idea = queries.idea_in(lab, idea_id)
    names = ("elsewhere_by", "elsewhere_why")
    form = ElsewhereForm(
        posted(request), initial={name: getattr(idea, name) for name in names} | {"on": idea.elsewhere_on}
    )
    if sent(request, form, lambda: operations.decided_elsewhere(
        by=request.user, project_id=project_id, lab_id=lab_id, idea_id=idea_id, key=form.key,
        who=form.cleaned_data["elsewhere_by"], why=form.cleaned_data["elsewhere_why"], on=form.cleaned_data["on"],
    )):  # fmt: skip
        return done(request, _("Saved."), "record", project_id, lab_id)
    back = reverse("labs:record", args=[project_id, lab_id])
    return form_page(
        request, visit, form, lab=lab, title=_("Decided elsewhere"), lead=idea.words, back=back,
        back_text=_("Record of the lab"),
    )  # fmt: skip


# What is tried


@require_GET
def prototypes(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """The board: what is to come, what is being tried, and what came of it."""
    visit = queries.visit_labs(request.user, project_id, Purpose.READ)
    page = page_of(visit, board=queries.board_of(project_id))
    kind = _KINDS["prototypes"] if request.GET.get("format") else _BOARD
    return _list(project_id, "prototypes", kind).respond(request, "labs/prototypes.html", page)


def _board_columns() -> list[Column]:
    """What fits a page; files have everything."""
    return [
        Column("ref", _("Number"), sort="number"),
        Column("what", _("What we try"), sort="what"),
        Column("where", _("Where it stands"), value=lambda one: queries.trial_of(one).label),
        Column("result", _("What we found")),
    ]


def _prototype_columns() -> list[Column]:
    return [
        *_board_columns(),
        Column("with_whom", _("With whom")),
        Column("begins", _("From")),
        Column("ends", _("To")),
        Column("expect", _("What we expect")),
        Column("how_know", _("How we will know")),
    ]


_BOARD = replace(_KINDS["prototypes"], columns=_board_columns)


@require_http_methods(["GET", "POST"])
def prototype(request: HttpRequest, project_id: UUID, prototype_id: UUID) -> HttpResponse:
    """One prototype; whoever runs the labs writes down what came of it."""
    purpose = Purpose.READ if request.method == "GET" else Purpose.RUN
    visit = queries.visit_labs(request.user, project_id, purpose)
    found = queries.prototype_in(project_id, prototype_id)
    page = page_of(visit, found.lab, prototype=found, trial=queries.trial_of(found))
    if not page["may_run"]:
        if not found.lab.is_held:
            raise NotThere
        return render(request, "labs/prototype.html", page)
    form = ResultForm(posted(request), initial={"result": found.result, "next_step": found.next_step})
    if sent(request, form, lambda: _tell(request, project_id, found, form)):
        return done(request, _("Saved."), "prototypes", project_id)
    return render(request, "labs/prototype.html", page | {"form": form})


def _tell(request: HttpRequest, project_id: UUID, found: Prototype, form: ResultForm) -> None:
    operations.tell_result(
        by=request.user, project_id=project_id, prototype_id=found.pk, key=form.key, **form.cleaned_data
    )
