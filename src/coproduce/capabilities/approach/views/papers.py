"""The approach to each decision for Word and as a tagged PDF."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from coproduce.capabilities.projects.queries import Visit
from coproduce.core.findings import Words
from coproduce.ui.documents import Block, Document, Facts, Grid, Heading, Paragraph

from ..queries import Line
from ..terms import CROSSWALK


def document_of(visit: Visit, lines: Iterable[Line], sentence: Words) -> Document:
    """Each decision with its level, its promise and what people met; then what other schemes call the levels."""
    blocks: list[Block] = [
        Paragraph(
            _(
                "For each decision we say what kind of challenge it is, how far people share it, "
                "and what we promise."
            ),
            lead=True,
        )
    ]
    if sentence:
        blocks.append(Paragraph(sentence))
    for line in lines:
        words = f"{line.decision.ref} {line.decision.words}"
        blocks += [Heading(words), Facts(words, _facts(line))]
    blocks += [
        Heading(_("What other schemes call each level")),
        Paragraph(_("The pairing is ours. Each scheme keeps its own words.")),
        _crosswalk(),
    ]
    return Document(_("Approach: %(title)s") % {"title": visit.project.title}, blocks)


def _facts(line: Line) -> list[tuple[Words, Any]]:
    one = line.decision
    return [
        (_("Kind of challenge"), one.get_complexity_display() or _("Not confirmed yet")),
        (_("Level"), one.get_level_display() or _("Not chosen yet")),
        (_("Who decides, 0 to 4"), one.decides),
        (_("Who acts, 0 to 4"), one.acts),
        (_("Our promise"), one.promised),
        (_("Agreed with"), one.agreed_with),
        (_("Reason"), one.reason),
        (_("What people met"), line.compared or _("Not asked yet, or not open yet")),
    ]


def _crosswalk() -> Grid:
    head = (_("Here"), _("TLAP’s ladder"), _("Arnstein, 1969"), "IAP2", _("NHS"))
    rows = [(pair.level.label, pair.tlap, pair.arnstein, pair.iap2, pair.nhs) for pair in CROSSWALK]
    return Grid(_("What other schemes call each level"), head, rows)
