"""What was found in a Word file, in sentences, and on its way through the page that lists it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from coproduce.ui.templatetags.govuk import day as day_words

from ..operations.bringing import day_of
from ..queries import Origin
from ..rules.blocks import body
from ..rules.edits import Edit
from ..rules.outline import outline, section_of
from ..rules.replay import OpKind
from ..rules.word.finding import found_in
from ..rules.word.found import Found, What
from ..rules.word.parts import Package, all_paras

LONGEST = 400  # characters of each wording in the list


@dataclass(frozen=True)
class Bundle:
    """All that the page needs of a file: what was found and where, and what is worth saying beside it."""

    found: Sequence[Found]
    sections: Sequence[str]
    base_seq: int
    sha256: str
    version: str
    certain: bool
    ours: int
    same: Sequence[str]
    missing: Sequence[str]
    whole: bool
    left_out: Sequence[str]

    @property
    def names(self) -> list[str]:
        """Each name in the file once; the empty one stands for changes that were not tracked."""
        return list(dict.fromkeys(one.author for one in self.found))


def base_texts(package: Package) -> list[str]:
    """The paragraphs of a file as they were before any tracked change."""
    texts = ("".join(run.text for run in para.runs if run.ins is None) for para in all_paras(package))
    return [text for text in texts if text.strip()]


def look_into(package: Package, origin: Origin, fingerprint: str) -> Bundle:
    """Compare a file with the text it was made from."""
    sheet = origin.sheet
    brought = found_in(package, sheet.state, sheet.plan, sheet.said)
    headings = outline(sheet.state)
    sections = [section_of(headings, sheet.state, one.block) for one in brought.found]
    return Bundle(
        brought.found, sections, sheet.state.seq, fingerprint, str(sheet.version or ""), origin.certain, brought.ours,
        brought.same, brought.missing, brought.whole, package.left_out,
    )  # fmt: skip


def bundled(rows: Sequence[Any]) -> Bundle:
    """The same, from what the page carried."""
    found = [_found(row) for row in rows[0]]
    return Bundle(found, *rows[1:])


def _found(row: Sequence[Any]) -> Found:
    what, author, when, block, edits, words, about = row
    return Found(what, author, when, block, tuple(Edit(*edit) for edit in edits), words, about)


def line_of(found: Found, section: str) -> str:
    """One change as a sentence, understood without seeing it."""
    who = found.author or _("Not tracked")
    facts = {"who": who, "day": day_words(day_of(found.when)), "section": section, "what": _what(found)}
    if not found.author:
        return _("%(who)s, in “%(section)s”: %(what)s") % facts if section else _("%(who)s: %(what)s") % facts
    if section:
        return _("%(who)s, %(day)s, in “%(section)s”: %(what)s") % facts
    return _("%(who)s, %(day)s: %(what)s") % facts


def _what(found: Found) -> str:
    facts = {"ref": found.about, "words": _short(found.words)}
    if found.what == What.COMMENT:
        return (_("on %(ref)s, says “%(words)s”") if found.about else _("says “%(words)s”")) % facts
    if found.what == What.OBJECTION:
        return _("in suggestion %(ref)s, takes out “%(words)s”") % facts
    if found.what == What.INSIDE:
        return _("in suggestion %(ref)s, writes “%(words)s”") % facts
    if not found.edits:
        return _("changes “%(words)s”") % facts
    return "; ".join(filter(None, map(_edit, found.edits)))


def _edit(edit: Edit) -> str:
    facts = {"old": _short(body(edit.quote)), "new": _short(body(edit.words))}
    if edit.kind == OpKind.DELETE_BLOCK:
        return _("takes out the passage “%(old)s”") % facts
    if edit.kind == OpKind.INSERT_BLOCK:
        return _("adds the passage “%(new)s”") % facts if facts["new"] else ""
    if not facts["old"]:
        return _("adds “%(new)s”") % facts if facts["new"] else ""
    return (_("“%(old)s” becomes “%(new)s”") if facts["new"] else _("takes out “%(old)s”")) % facts


def _short(words: str) -> str:
    line = words.strip()
    return line if len(line) <= LONGEST else f"{line[:LONGEST]}…"
