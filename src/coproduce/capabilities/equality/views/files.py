"""The assessment and its summary as Word and as tagged PDF."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from coproduce.ui.documents import Bullets, Document, Facts, Grid, Heading, Paragraph

from ..queries import Standing, conclusion_words
from ..terms import Aim, Characteristic, Impact

Content = Mapping[str, Any]


def assessment_file(
    title: str, content: Content, duty: Any, readings: Sequence[Any], versions: Any
) -> Document:
    blocks = [
        Paragraph(duty, lead=True),
        *_screening(content),
        Heading(_("Group by group")),
        _grid(content["rows"]),
        *_as_a_whole(content),
        Heading(_("Who answers for it")),
        Facts(_("People and days"), _people(content)),
        *_history(readings, versions),
    ]
    return Document(_("Equality impact assessment"), blocks, landscape=True, subtitle=title)


def _screening(content: Content) -> Iterator[Any]:
    words = {
        None: _("Not done yet."),
        True: _("People could be affected."),
        False: _("Nobody could be affected."),
    }
    yield Heading(_("Screening"))
    yield Paragraph(f"{words[content['affects']]} {_day(content['screened_on'])}\n\n{content['why']}")
    for name, heading in (
        ("previous_actions", _("What the assessment before this one asked for")),
        ("previous_improved", _("What has improved since then")),
    ):
        yield from _part(heading, content[name])


def _part(heading: str, words: str) -> Iterator[Any]:
    if words.strip():
        yield Heading(heading)
        yield Paragraph(words)


def _grid(rows: Sequence[Content]) -> Grid:
    head = (
        _("Group"), _("What we know"), _("What people tell us"), _("What it means"), _("What we can do"),
    )  # fmt: skip
    return Grid(_("The rows of the assessment"), head, [_row(row) for row in rows], (2, 4, 2, 3, 4))


def _row(row: Content) -> tuple[Any, ...]:
    heard = ", ".join(one["ref"] for one in row["heard"])
    source = _("Source: %(source)s") % {"source": row["source"]} if row["source"] else ""
    return (
        row["name"] or Characteristic(row["characteristic"]).label,
        _lines(row["know"], source),
        _lines(row["told"], heard),
        _lines(
            ", ".join(str(Impact(one).label) for one in row["impacts"]), row["impact_words"], _size(row),
            ", ".join(str(Aim(one).label) for one in row["aims"]),
        ),
        _lines(row["can_do"], *(_linked(one) for one in row["do"]), row["plan"], _day(row["plan_by"])),
    )  # fmt: skip


def _linked(one: Mapping[str, str]) -> str:
    return f"{one['ref']} {one['words']}".strip()


def _size(row: Content) -> str:
    if not row["size"]:
        return ""
    return _("Size %(size)s of 3, likelihood %(likelihood)s of 3") % {
        "size": row["size"], "likelihood": row["likelihood"],
    }  # fmt: skip


def _lines(*parts: Any) -> str:
    return "\n".join(str(part) for part in parts if part)


def _as_a_whole(content: Content) -> Iterator[Any]:
    yield from _part(_("People in several groups at once"), content["intersections"])
    yield from _part(_("Together with other changes"), content["cumulative"])
    if content["gaps"]:
        yield Heading(_("What is not known"))
        yield Bullets([f"{one['what']}: {one['plan']}, {_day(one['by'])}" for one in content["gaps"]])
    yield Heading(_("The three aims of the law"))
    yield Facts(_("Aims"), [(aim.label, content[f"aim_{aim.value}"]) for aim in Aim])
    yield from _part(_("What the consultation changed"), content["after_consultation"])
    yield Heading(_("Conclusion"))
    yield Paragraph(_lines(conclusion_words(content) or "–", "", content["conclusion_why"]))


def _people(content: Content) -> list[tuple[Any, Any]]:
    return [
        (_("Assessor"), content["assessor"]),
        (_("Reviewer"), content["reviewer"]),
        (_("Decision-maker"), content["decision_maker"]),
        (_("Begun"), _day(content["begun_on"])),
        (_("Looked at again"), _day(content["monitoring_on"])),
    ]


def _history(readings: Sequence[Any], versions: Any) -> Iterator[Any]:
    if readings:
        yield Heading(_("Read by those who decide"))
        yield Bullets([f"{one.person.shown_name}: {one.version}, {_in_words(one.day)}" for one in readings])
    kept = [(one.number, one.get_kind_display(), one.day, one.by.shown_name, one.note) for one in versions]
    if kept:
        yield Heading(_("Versions"))
        head = (_("Version"), _("Kind"), _("Day"), _("By"), _("What it is"))
        yield Grid(_("Versions of the assessment"), head, kept, (1, 2, 2, 2, 5))


def summary_file(title: str, standing: Standing, groups: Mapping[str, Sequence[Any]], duty: Any) -> Document:
    found = standing.assessment
    head = (_("Group"), _("What we know"), _("What is done"))
    blocks: list[Any] = [
        Paragraph(duty, lead=True),
        Facts(_("Where it stands"), [
            (_("Conclusion"), found.get_conclusion_display()), (_("Why"), found.conclusion_why),
            (_("Final version"), standing.final_on),
            (_("Decision-maker"), found.decision_maker.shown_name if found.decision_maker else ""),
            (_("Read the final version on"), standing.read_on),
        ]),
    ]  # fmt: skip
    for heading, lines in groups.items():
        if lines:
            rows = [(one["row"].title, one["row"].know, _done(one)) for one in lines]
            blocks += [Heading(heading), Grid(heading, head, rows, (2, 4, 4))]
    return Document(_("Equality: summary for the decision report"), blocks, subtitle=title)


def _done(one: Mapping[str, Any]) -> str:
    row = one["row"]
    plan = [row.plan, _in_words(row.plan_by)] if row.plan else []
    return _lines(*(f"{link.ref} {link.words}" for link in one["do"]), row.can_do, *plan)


def _day(value: str) -> str:
    return _in_words(date.fromisoformat(value)) if value else ""


def _in_words(day: date | None) -> str:
    return date_format(day, "j F Y") if day else ""
