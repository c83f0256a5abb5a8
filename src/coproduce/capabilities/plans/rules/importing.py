"""Last year's spreadsheet: which column is which, and what each row would be. Nothing here writes anything."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from coproduce.core.findings import Finding, Words, refuse

from ..terms import Status, as_date
from .actions import (
    a_start_is_given,
    done_is_proved,
    it_says_what,
    one_person_owns_it,
    stopping_has_a_reason,
    the_end_is_a_real_date,
    the_status_is_one_of_four,
)

# What a column can be, and how people head it.
COLUMNS: dict[str, tuple[Words, tuple[str, ...]]] = {
    "what": (_("What will be done"), ("what", "action", "task", "activity", "step", "description")),
    "owner": (_("Owner"), ("owner", "lead", "who", "responsible", "responsibility", "person", "assigned")),
    "start": (_("Start date"), ("start", "from", "begins", "begin")),
    "end": (_("End date"), ("end", "due", "by when", "when", "deadline", "target date", "finish", "to", "date")),
    "status": (_("Status"), ("status", "progress", "state", "rag")),
    "measure": (_("Measure"), ("measure", "kpi", "success", "indicator", "how we will know")),
    "baseline": (_("Number at the start"), ("baseline", "now")),
    "target": (_("Target"), ("target",)),
    "specific": (_("Who and where"), ("specific", "where", "details", "detail")),
    "result": (_("What it serves"), ("outcome", "result", "serves", "aim", "objective", "goal")),
    "measure_result": (_("What was measured"), ("measured", "achieved", "actual")),
    "evidence": (_("Proof"), ("evidence", "proof")),
    "closed_on": (_("Done on"), ("done on", "completed on", "date completed", "completion date", "closed on")),
    "why": (_("Why it stopped"), ("why stopped", "reason")),
    "note": (_("Note"), ("note", "notes", "comment", "comments", "update")),
}  # fmt: skip
NEEDED = ("what", "owner", "start", "end")
_STATUSES = {
    Status.NOT_STARTED: ("not started", "to do", "todo", "planned", "new", "open", ""),
    Status.IN_PROGRESS: ("in progress", "started", "under way", "underway", "on track", "green", "amber", "red"),
    Status.DONE: ("done", "complete", "completed", "finished", "closed"),
    Status.STOPPED: ("stopped", "cancelled", "canceled", "abandoned", "withdrawn"),
}  # fmt: skip
_ENDLESS = re.compile(r"\b(on-?\s?going|tbc|tbd|continuous|business as usual|bau|permanent)\b", re.IGNORECASE)
_FORMATS = ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y", "%d %B %Y", "%d %b %Y", "%Y-%m-%d", "%d %b %y", "%d-%b-%y",
            "%d-%b-%Y", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S")  # fmt: skip

Sheet = Sequence[Sequence[str]]


@dataclass(frozen=True)
class Planned:
    """One row of the sheet: what it would be, or why not."""

    number: int
    facts: Mapping[str, Any]
    refused: tuple[Finding, ...] = ()
    endless: bool = False

    @property
    def ready(self) -> bool:
        return not self.refused


@dataclass(frozen=True)
class Preview:
    rows: tuple[Planned, ...] = ()
    unknown: tuple[str, ...] = field(default=())

    @property
    def ready(self) -> list[Planned]:
        return [row for row in self.rows if row.ready]

    @property
    def refused(self) -> list[Planned]:
        return [row for row in self.rows if not row.ready]

    @property
    def endless(self) -> list[Planned]:
        return [row for row in self.rows if row.endless]


def guess_columns(head: Sequence[str]) -> dict[str, int]:
    """The best guess which column is which; each column is used once, whole names first."""
    found: dict[str, int] = {}
    for fits in (_is_named, _holds_name):
        # The longest names first, so that “date completed” is not taken for the end.
        for name, (_label, names) in sorted(COLUMNS.items(), key=lambda one: -max(map(len, one[1][1]))):
            free = [at for at in range(len(head)) if at not in found.values()]
            match = next((at for known in names for at in free if fits(_bare(head[at]), known)), None)
            if name not in found and match is not None:
                found[name] = match
    return found


def preview(sheet: Sheet, columns: Mapping[str, int], *, people: Mapping[str, Any], today: date) -> Preview:
    """What would come of each row. `people` gives a person for the name or address that stands in the sheet."""
    rows = [
        _planned(number, row, columns, people, today) for number, row in enumerate(sheet[1:], 2) if any(row)
    ]
    unknown = dict.fromkeys(
        row.facts["owner_words"] for row in rows if row.facts["owner"] is None and row.facts["owner_words"]
    )
    teams = [name for name in unknown if list(one_person_owns_it(name))]
    return Preview(tuple(rows), tuple(name for name in unknown if name not in teams))


def same_name(words: str) -> str:
    """How a name is looked up: case and blanks do not matter."""
    return " ".join(words.split()).casefold()


def _planned(
    number: int, row: Sequence[str], columns: Mapping[str, int], people: Mapping[str, Any], today: date
) -> Planned:
    typed = {name: row[at].strip() if at < len(row) else "" for name, at in columns.items()}
    facts: dict[str, Any] = {name: typed.get(name, "") for name in COLUMNS}
    facts |= {name: _date_or_words(facts[name]) for name in ("start", "end", "closed_on")}
    facts["owner_words"], facts["status"] = facts["owner"], _status(facts["status"])
    facts["owner"] = people.get(same_name(facts["owner"]))
    refused = tuple(_refusals(facts, today))
    endless = bool(_ENDLESS.search(str(facts["end"])) or _ENDLESS.search(str(facts["status"])))
    return Planned(number, facts, refused, endless and facts["owner"] is not None and bool(facts["what"]))


def _refusals(facts: Mapping[str, Any], today: date) -> Sequence[Finding]:
    start = as_date(facts["start"])
    found = [
        *it_says_what(facts["what"]),
        *_the_owner_is_known(facts),
        *a_start_is_given(facts["start"]),
        *the_end_is_a_real_date(facts["end"], start=start, today=today),
        *the_status_is_one_of_four(facts["status"]),
        *done_is_proved(facts["status"], measure_result=facts["measure_result"], evidence=facts["evidence"]),
        *stopping_has_a_reason(facts["status"], facts["why"]),
    ]
    if len(facts["what"]) > 300:
        found.append(refuse("C13", _("Say what will be done in at most 300 letters."), subject="what"))
    return found


def _the_owner_is_known(facts: Mapping[str, Any]) -> Sequence[Finding]:
    if facts["owner"] is not None:
        return []
    found = list(one_person_owns_it(facts["owner_words"] or None))
    words = _("Nobody in this project is called “%(name)s”. Say who it is.") % {"name": facts["owner_words"]}
    return found or [refuse("R63", words, subject="owner")]


def _date_or_words(typed: str) -> date | str:
    for pattern in _FORMATS:
        try:
            return datetime.strptime(typed, pattern).date()  # noqa: DTZ007  (a day has no time zone)
        except ValueError:
            continue
    return typed


def _status(typed: str) -> str:
    words = _bare(typed)
    return next((str(status) for status, names in _STATUSES.items() if words in names), typed)


def _bare(words: str) -> str:
    return re.sub(r"[^a-z0-9 -]", "", words.casefold()).strip()


def _is_named(head: str, known: str) -> bool:
    return head == known


def _holds_name(head: str, known: str) -> bool:
    return bool(re.search(rf"\b{re.escape(known)}\b", head))
