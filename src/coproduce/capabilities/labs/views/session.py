"""On the day and after it: counting turns, what the voices say, and how it went."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from coproduce.capabilities.people import queries as people
from coproduce.capabilities.plans import queries as plans
from coproduce.capabilities.projects.queries import Visit
from coproduce.core.access import NotThere, Purpose
from coproduce.ui.forms import key_of
from coproduce.ui.plots import Plot, bars
from coproduce.ui.sending import posted, sent
from coproduce.ui.tables import Column, Table

from .. import operations, queries, rules
from ..forms import SessionForm, TallySheetForm
from ..models import Lab
from ..queries import Figures, GroupLine
from ..terms import ENERGY_LEVELS, LOUD, QUIET, ratio_shown
from .common import done, form_page, label_tag, page_of


@require_GET
def tally(request: HttpRequest, project_id: UUID, lab_id: UUID) -> HttpResponse:
    """One big button for each group. Each press is one form of its own, so it works without any script."""
    visit, lab = queries.lab_for(request.user, project_id, lab_id, Purpose.RUN)
    figures = queries.figures(lab)
    page = page_of(
        visit, lab, figures=figures, last=queries.last_turn(lab),
        pressed=_pressed(request.GET.get("last", ""), figures), undone=request.GET.get("last") == "undone",
    )  # fmt: skip
    return render(request, "labs/tally.html", page)


def _pressed(last: str, figures: Figures) -> GroupLine | None:
    """The group that was counted just now: the page says so, and its button has the focus again."""
    return next((line for line in figures.groups if str(line.id) == last), None)


@require_POST
def press(request: HttpRequest, project_id: UUID, lab_id: UUID) -> HttpResponse:
    group_id = _group_id(request.POST.get("group", ""))
    operations.tally_turn(
        by=request.user, project_id=project_id, lab_id=lab_id, group_id=group_id, key=key_of(request.POST)
    )
    return redirect(f"{reverse('labs:tally', args=[project_id, lab_id])}?last={group_id}")


def _group_id(typed: str) -> UUID:
    try:
        return UUID(typed)
    except ValueError:
        raise NotThere from None


@require_POST
def undo(request: HttpRequest, project_id: UUID, lab_id: UUID) -> HttpResponse:
    operations.undo_turn(by=request.user, project_id=project_id, lab_id=lab_id, key=key_of(request.POST))
    return redirect(f"{reverse('labs:tally', args=[project_id, lab_id])}?last=undone")


@require_http_methods(["GET", "POST"])
def paper_tally(request: HttpRequest, project_id: UUID, lab_id: UUID) -> HttpResponse:
    visit, lab = queries.lab_for(request.user, project_id, lab_id, Purpose.RUN)
    form = TallySheetForm(posted(request), groups=people.groups_of(project_id))
    if sent(request, form, lambda: operations.tally_sheet(
        by=request.user, project_id=project_id, lab_id=lab_id, turns=form.numbers(), key=form.key
    )):  # fmt: skip
        return done(request, _("The turns are added."), "voices", project_id, lab_id)
    back = reverse("labs:tally", args=[project_id, lab_id])
    return form_page(
        request, visit, form, lab=lab, title=_("Add turns from a paper tally"), button=_("Add the turns"),
        back=back, back_text=_("Count turns"),
        lead=_("How often each group spoke. The numbers are added to what was counted before."),
    )  # fmt: skip


@require_GET
def voices(request: HttpRequest, project_id: UUID, lab_id: UUID) -> HttpResponse:
    """Who came and whose voice was heard, by group."""
    visit, lab = queries.lab_record_for(request.user, project_id, lab_id)
    figures = queries.figures(lab)
    page = page_of(
        visit, lab, figures=figures, tag=label_tag(figures), chart=voice_chart(figures),
        findings=list(rules.voices_out_of_balance_warn(figures.groups, lab=lab.code)),
    )  # fmt: skip
    return _groups_table(figures).respond(request, "labs/voices.html", page)


def _groups_table(figures: Figures) -> Table:
    return Table(
        rows=figures.groups,
        columns=[
            Column("code", _("Group"), value=lambda line: f"{line.code} {line.name}", sort="code"),
            Column("invited", _("Invited"), sort="invited", numeric=True),
            Column("attended", _("Came"), sort="attended", numeric=True),
            Column("turns", _("Turns"), sort="turns", numeric=True),
            Column("voice", _("Voice ratio"), value=lambda line: ratio_shown(line.voice), numeric=True),
            Column("label", _("Label"), value=lambda line: figures.label_words),
        ],
        caption=_("Who came, and how often each group spoke"), name="voices", order="code",
    )  # fmt: skip


def voice_chart(figures: Figures) -> Plot | None:
    """Bars of the voice ratio with its sentence; nothing before somebody has spoken."""
    heard = [line for line in figures.groups if line.voice is not None]
    if not heard:
        return None
    return bars(
        _("Voice ratio by group"),
        _voice_sentence(heard),
        [(f"{line.code} {line.name}", line.voice) for line in heard],
        head=(_("Group"), _("Voice ratio")),
        most=max(2.0, *(line.voice or 0 for line in heard)),
        show=ratio_shown,
    )


def _voice_sentence(heard: list[GroupLine]) -> str:
    loud = [line.name for line in heard if (line.voice or 0) > LOUD]
    quiet = [line.name for line in heard if (line.voice or 0) < QUIET]
    parts = [_("1.00 means that a group spoke as much as its size.")]
    if loud:
        parts.append(_("Far more than that: %(groups)s.") % {"groups": ", ".join(loud)})
    if quiet:
        parts.append(_("Far less than that: %(groups)s.") % {"groups": ", ".join(quiet)})
    if not loud and not quiet:
        parts.append(_("No group spoke far more or far less than that."))
    return " ".join(parts)


@require_http_methods(["GET", "POST"])
def session(request: HttpRequest, project_id: UUID, lab_id: UUID) -> HttpResponse:
    """How it went, written down by whoever facilitated."""
    visit, lab = queries.lab_for(request.user, project_id, lab_id, Purpose.RUN)
    form = SessionForm(posted(request), initial=_noted(lab), people=_facilitators_first(visit))
    if sent(request, form, lambda: operations.note_session(
        by=request.user, project_id=project_id, lab_id=lab_id, changes=form.changes(),
        facilitators=form.persons("facilitators"), key=form.key,
    )):  # fmt: skip
        return done(request, _("Saved."), "record", project_id, lab_id)
    return render(request, "labs/session.html", page_of(visit, lab, form=form))


def _facilitators_first(visit: Visit) -> list[Any]:
    others = plans.members_by_id(visit.project.pk)
    first = [others.pop(person.pk) for person in visit.facilitators if person.pk in others]
    return [*first, *others.values()]


def _noted(lab: Lab) -> dict[str, Any]:
    plain = ("opening_write_done", "ground_rules_agreed", "led_by_citizen", "interruptions", "silent_invited",
             "debrief")  # fmt: skip
    noted = {name: getattr(lab, name) for name in plain}
    for when, people_at in (("in", lab.energy_in), ("out", lab.energy_out)):
        noted |= {
            f"energy_{when}_{level}": count for level, count in zip(ENERGY_LEVELS, people_at, strict=False)
        }
    return noted | {"facilitators": [str(person.pk) for person in queries.facilitators_of(lab)]}
