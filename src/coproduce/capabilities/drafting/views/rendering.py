"""Markdown as a page: real headings, lists and tables, each block with its id and its links.

Raw HTML in the text is shown as text; only line breaks are let through. Nothing here trusts what people wrote.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from ..rules.blocks import BOM, BlockKind, body, kind_of, line_count

Actions = Callable[[int], SafeString]
EMPTY = format_html("{}", "")
BREAK = format_html("<br{}>", "")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_DEFINES_LINK = re.compile(r" {0,3}\[[^\]]+\]:")
_SAFE_LINK = re.compile(r"(https?://|mailto:)", re.IGNORECASE)
_HEADING_SIZES = {2: "l", 3: "m", 4: "s"}
_AROUND = {"strong": "<strong>{}</strong>", "em": "<em>{}</em>", "s": "<s>{}</s>"}


def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def definitions(sources: Iterable[str]) -> dict[str, Any]:
    """The link definitions of a whole document, so that one chapter of it can use them."""
    known: dict[str, Any] = {}
    _parser().parse("\n\n".join(text for text in sources if _DEFINES_LINK.match(text)), known)
    return known


def rendered(
    blocks: Sequence[tuple[int, str]],
    actions: Actions,
    known: dict[str, Any] | None = None,
    pictures: Mapping[str, str] | None = None,
) -> SafeString:
    """These blocks, one after another in the document, as one piece of a page; it begins below an h1.

    `pictures` has the addresses of those that are kept here, by the names in the text.
    """
    writer = _Writer(blocks, actions, pictures or {})
    return writer.written({"references": (known or {}).get("references", {})})


class _Writer:
    def __init__(
        self, blocks: Sequence[tuple[int, str]], actions: Actions, pictures: Mapping[str, str]
    ) -> None:
        self.blocks, self.actions, self.pictures = blocks, actions, pictures
        self.starts: list[int] = []
        self.left = {id for id, text in blocks if text.strip()}
        self.level, self.tables = 1, 0
        line = 0
        for _id, text in blocks:
            self.starts.append(line)
            line += line_count(text)

    def written(self, env: dict[str, Any]) -> SafeString:
        source = "".join(self._parsed_text(text) for _id, text in self.blocks)
        front = [self._plain(id, text) for id, text in self.blocks if kind_of(text) is BlockKind.FRONT_MATTER]
        tree = SyntaxTreeNode(_parser().parse(source, env))
        shown = self._all(tree.children)
        # Link definitions and the like make nothing that can be seen, and people must reach them all the same.
        rest = [self._plain(id, text) for id, text in self.blocks if id in self.left]
        return _join([*front, shown, *rest])

    def _parsed_text(self, text: str) -> str:
        if kind_of(text) is BlockKind.FRONT_MATTER:
            return "\n" * line_count(text)
        return text.removeprefix(BOM)

    def _plain(self, id: int, text: str) -> SafeString:
        self.left.discard(id)
        return format_html(
            '<pre class="drafting-source" id="b{}" tabindex="0">{}</pre>{}', id, body(text), self.actions(id)
        )

    def _claim(self, node: SyntaxTreeNode) -> int | None:
        """The block that begins with this node, the first time that one of its nodes asks."""
        if node.map is None:
            return None
        id = self.blocks[bisect_right(self.starts, node.map[0]) - 1][0]
        if id not in self.left:
            return None
        self.left.discard(id)
        return id

    def _all(self, nodes: Iterable[SyntaxTreeNode]) -> SafeString:
        return _join(self._node(node) for node in nodes)

    def _node(self, node: SyntaxTreeNode) -> SafeString:
        write = getattr(self, f"_{node.type}", None)
        return write(node) if write else self._all(node.children)

    def _marked(self, node: SyntaxTreeNode, html: str, inner: Any) -> SafeString:
        """An element with the id and the links of its block, where it is the block's first one."""
        id = self._claim(node)
        return format_html(html + "{}", _id(id), inner, self.actions(id) if id else EMPTY)

    def _heading(self, node: SyntaxTreeNode) -> SafeString:
        words = self._all(node.children)
        if not words.strip():
            return self._marked(node, '<p{} class="govuk-hint">{}</p>', _("(a heading without words)"))
        # A level may not be skipped on the way down, or the outline of the page breaks.
        self.level = min(int(node.tag[1]) + 1, self.level + 1, 6)
        size = _HEADING_SIZES.get(self.level, "s")
        return self._marked(
            node, f'<h{self.level}{{}} class="govuk-heading-{size}">{{}}</h{self.level}>', words
        )

    def _paragraph(self, node: SyntaxTreeNode) -> SafeString:
        return self._marked(node, '<p{} class="govuk-body" dir="auto">{}</p>', self._all(node.children))

    def _bullet_list(self, node: SyntaxTreeNode) -> SafeString:
        return format_html('<ul class="govuk-list govuk-list--bullet">{}</ul>', self._all(node.children))

    def _ordered_list(self, node: SyntaxTreeNode) -> SafeString:
        start = format_html(' start="{}"', node.attrs["start"]) if "start" in node.attrs else EMPTY
        return format_html(
            '<ol class="govuk-list govuk-list--number"{}>{}</ol>', start, self._all(node.children)
        )

    def _list_item(self, node: SyntaxTreeNode) -> SafeString:
        id = self._claim(node)
        act = self.actions(id) if id else EMPTY
        own = [inner for inner in node.children[:1] if inner.type == "paragraph"]
        words, others = self._all(inner for one in own for inner in one.children), node.children[len(own) :]
        return format_html(
            '<li{}><span dir="auto">{}</span>{}{}</li>', _id(id), words, act, self._all(others)
        )

    def _blockquote(self, node: SyntaxTreeNode) -> SafeString:
        id = self._claim(node)
        html = '<blockquote{} class="govuk-inset-text">{}</blockquote>{}'
        return format_html(html, _id(id), self._all(node.children), self.actions(id) if id else EMPTY)

    def _fence(self, node: SyntaxTreeNode) -> SafeString:
        return self._marked(node, '<pre{} class="drafting-source" tabindex="0">{}</pre>', node.content)

    _code_block = _html_block = _fence

    def _hr(self, node: SyntaxTreeNode) -> SafeString:
        return self._marked(node, '<hr{} class="govuk-section-break govuk-section-break--visible">{}', EMPTY)

    def _table(self, node: SyntaxTreeNode) -> SafeString:
        html = (
            '<div class="app-scroll" tabindex="0" role="region" aria-label="{}">'
            '<table class="govuk-table drafting-table">{}</table></div>'
        )
        self.tables += 1
        return format_html(html, _("Table %(number)d") % {"number": self.tables}, self._all(node.children))

    def _thead(self, node: SyntaxTreeNode) -> SafeString:
        return format_html('<thead class="govuk-table__head">{}</thead>', self._all(node.children))

    def _tbody(self, node: SyntaxTreeNode) -> SafeString:
        return format_html('<tbody class="govuk-table__body">{}</tbody>', self._all(node.children))

    def _tr(self, node: SyntaxTreeNode) -> SafeString:
        id = self._claim(node)
        act = self.actions(id) if id else EMPTY
        html = (
            '<tr{} class="govuk-table__row">{}<td class="govuk-table__cell drafting-table__act">{}</td></tr>'
        )
        return format_html(html, _id(id), self._all(node.children), act)

    def _th(self, node: SyntaxTreeNode) -> SafeString:
        words = self._all(node.children)
        if not words.strip():
            return format_html('<td class="govuk-table__header">{}</td>', "")
        return format_html('<th scope="col" class="govuk-table__header">{}</th>', words)

    def _td(self, node: SyntaxTreeNode) -> SafeString:
        return format_html('<td class="govuk-table__cell" dir="auto">{}</td>', self._all(node.children))

    def _text(self, node: SyntaxTreeNode) -> SafeString:
        return format_html("{}", node.content)

    def _code_inline(self, node: SyntaxTreeNode) -> SafeString:
        return format_html("<code>{}</code>", node.content)

    def _html_inline(self, node: SyntaxTreeNode) -> SafeString:
        return BREAK if _BREAK.fullmatch(node.content) else format_html("{}", node.content)

    def _softbreak(self, node: SyntaxTreeNode) -> SafeString:
        return format_html("{}", "\n")

    def _hardbreak(self, node: SyntaxTreeNode) -> SafeString:
        return BREAK

    def _strong(self, node: SyntaxTreeNode) -> SafeString:
        return format_html(_AROUND[node.type], self._all(node.children))

    _em = _s = _strong

    def _link(self, node: SyntaxTreeNode) -> SafeString:
        words, target = self._all(node.children), str(node.attrs.get("href", ""))
        if not _SAFE_LINK.match(target) or not words.strip():
            return words
        return format_html('<a class="govuk-link" href="{}" rel="noreferrer">{}</a>', target, words)

    def _image(self, node: SyntaxTreeNode) -> SafeString:
        kept = self.pictures.get(str(node.attrs.get("src", "")))
        if kept:
            return format_html('<img class="drafting-image" src="{}" alt="{}">', kept, node.content)
        described = _("Picture: %(words)s") % {"words": node.content or _("no description")}
        return format_html('<span class="drafting-picture">[{}]</span>', described)


def _id(block: int | None) -> SafeString:
    return format_html(' id="b{}"', block) if block else EMPTY


def _join(parts: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))
