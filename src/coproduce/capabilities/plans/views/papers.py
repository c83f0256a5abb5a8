"""The plan as a picture along the days, and as a document for Word and PDF."""

from datetime import date
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from coproduce.capabilities.projects.queries import Visit
from coproduce.core import clock
from coproduce.ui.documents import Document, Facts, Grid, Heading, Paragraph
from coproduce.ui.plots import Plot
from coproduce.ui.plots_of_time import Piece, TimeWords, gantt

from .. import queries
from ..queries import Line
from ..terms import Counts, Status

# More would be a wall; its table has them all.
MOST_DRAWN = 60
LANGUAGES = {"en-gb": "en-GB"}


def picture(project_id: UUID, plan: list[Line]) -> Plot | None:
    """Each action from its start to its end, with the ends that it had before."""
    if not plan:
        return None
    drawn = plan[:MOST_DRAWN]
    former = queries.former_ends_by_action(project_id)
    late = sum(line.overdue for line in plan)
    moved = sum(bool(line.action.times_moved) for line in plan)
    counted = ngettext("%(total)d action", "%(total)d actions", len(plan)) % {"total": len(plan)}
    sentence = _("%(actions)s from %(first)s to %(last)s; %(late)d late, %(moved)d moved.") % {
        "actions": counted, "first": _day(min(line.action.start for line in plan)),
        "last": _day(max(line.action.end for line in plan)), "late": late, "moved": moved,
    }  # fmt: skip
    head = (_("Action"), _("Start"), _("End"), _("Former ends"), _("Status"), _("Why this colour"))
    return gantt(
        _("The plan along the days"), sentence, [_piece(line, former) for line in drawn], head=head,
        rows=[_row(line, former) for line in plan], today=clock.today(),
        words=TimeWords(_("Today"), _("An end that was promised before")),
    )  # fmt: skip


def _piece(line: Line, former: dict[UUID, list[date]]) -> Piece:
    action = line.action
    done = action.status == Status.DONE
    return Piece(
        f"{action.ref} {action.what}", action.start, action.end, former.get(action.pk, ()),
        (action.reached or 0) / 100, done,
    )  # fmt: skip


def _row(line: Line, former: dict[UUID, list[date]]) -> tuple[str, ...]:
    action = line.action
    ends = ", ".join(_day(day) for day in former.get(action.pk, ())) or "–"
    return (
        f"{action.ref} {action.what}", _day(action.start), _day(action.end), ends,
        action.get_status_display(), line.rag_words,
    )  # fmt: skip


def _day(day: date) -> str:
    return date_format(day, "j M Y")


def document(visit: Visit, plan: list[Line], counts: Counts) -> Document:
    """The whole plan on paper: how it stands, each action, the standing commitments, the reviews."""
    project_id = visit.project.pk
    return Document(
        _("Action plan: %(title)s") % {"title": visit.project.title},
        [
            Paragraph(_standing(counts), lead=True),
            Facts(_("How it stands"), _facts(visit, counts)),
            Heading(_("Actions")), _actions(project_id, plan),
            *_in_detail(project_id, plan),
            Heading(_("Standing commitments")), *_commitments(project_id),
            Heading(_("Reviews")), *_reviews(project_id),
        ],
        language=LANGUAGES.get(get_language() or "en-gb", get_language() or "en-GB"),
        landscape=True,
        subtitle=_("On %(day)s") % {"day": date_format(clock.today(), "j F Y")},
    )  # fmt: skip


def _standing(counts: Counts) -> str:
    words = _("%(done)s done, %(progress)s in progress, %(waiting)s not started, %(late)s overdue.")
    return words % {
        "done": counts.done, "progress": counts.in_progress, "waiting": counts.not_started, "late": counts.overdue,
    }  # fmt: skip


def _facts(visit: Visit, counts: Counts) -> list[tuple[str, object]]:
    return [
        (_("Manager"), ", ".join(person.shown_name for person in visit.managers)),
        (_("Facilitator"), ", ".join(person.shown_name for person in visit.facilitators)),
        (_("Owned or shared by citizens or carers"), counts.citizen_owned),
        (_("Owned or shared by partners"), counts.partner_owned),
        (_("End date moved"), counts.moved),
        (_("Next review"), queries.review_date(visit.project.pk)),
    ]


def _actions(project_id: UUID, plan: list[Line]) -> Grid:
    refs = queries.refs_by_action(project_id)
    rows = [
        (
            line.action.ref, line.action.what, line.owner_names, line.action.start, line.action.end,
            line.action.get_status_display(), line.rag_words,
            " ".join(refs.get(line.action.pk, [])),
        )
        for line in plan
    ]  # fmt: skip
    head = (
        _("Number"),
        _("Action"),
        _("Owner"),
        _("Start"),
        _("End"),
        _("Status"),
        _("On track?"),
        _("Carries on"),
    )
    return Grid(_("Actions"), head, rows, (2, 6, 4, 3, 3, 3, 4, 3))


def _in_detail(project_id: UUID, plan: list[Line]) -> list[Heading | Facts]:
    former = queries.former_ends_by_action(project_id)
    blocks: list[Heading | Facts] = []
    for line in plan:
        action = line.action
        ends = ", ".join(date_format(day, "j F Y") for day in former.get(action.pk, ()))
        rows = [
            (_("Who and where"), action.specific), (_("Measure"), action.measure), (_("Number now"), action.baseline),
            (_("Target"), action.target), (_("What it serves"), action.result), (_("Former ends"), ends),
            (_("What was measured"), action.measure_result), (_("Proof"), action.evidence),
            (_("Why it stopped"), action.status_why),
        ]  # fmt: skip
        said = [(label, value) for label, value in rows if value]
        if said:
            blocks += [Heading(f"{action.ref} {action.what}", 2), Facts("", said)]
    return blocks


def _commitments(project_id: UUID) -> list[Grid | Paragraph]:
    rows = [
        (one.ref, one.what, one.in_force_from, one.check_date, one.checker.shown_name,
         one.get_last_result_display() if one.last_result else "")
        for one in queries.commitments_of(project_id)
    ]  # fmt: skip
    head = (
        _("Number"),
        _("What is promised"),
        _("In force from"),
        _("Next check"),
        _("Checked by"),
        _("Last check"),
    )
    grid = Grid(_("Standing commitments"), head, rows, (2, 7, 3, 3, 4, 3))
    return [grid] if rows else [Paragraph(_("There are none."))]


def _reviews(project_id: UUID) -> list[Grid | Paragraph]:
    rows = [(one.at, one.by.shown_name, one.words, one.next_on) for one in queries.reviews_of(project_id)]
    head = (_("Date"), _("By"), _("What was found"), _("Next review"))
    grid = Grid(_("Reviews"), head, rows, (2, 3, 7, 2))
    return [grid] if rows else [Paragraph(_("Nobody has reviewed this plan yet."))]
