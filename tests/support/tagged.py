"""What a screen reader finds in a PDF, and what of PDF/UA-1 two programs that did not make it can check.

veraPDF would check more; it is not on the registries that this house may use. So three look: typst itself, which
refuses to make a file that breaks the standard; `pdfua`, which has some of the standard's rules; and this reader.
"""

import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pdfua
import pikepdf


@dataclass
class Tag:
    """One element of the structure, with what lies in it."""

    kind: str
    facts: dict[str, Any] = field(default_factory=dict)
    inside: list["Tag"] = field(default_factory=list)

    def walk(self) -> Iterator["Tag"]:
        yield self
        for tag in self.inside:
            yield from tag.walk()


@dataclass
class Spoken:
    """A PDF as it is read aloud."""

    title: str
    language: str
    claims: bool
    root: Tag

    @property
    def kinds(self) -> Counter[str]:
        return Counter(tag.kind for tag in self.root.walk())

    @property
    def headings(self) -> list[tuple[str, str]]:
        return [(tag.kind, str(tag.facts.get("/T", ""))) for tag in self.root.walk() if tag.kind[:1] == "H"]

    @property
    def tables(self) -> list[Tag]:
        return [tag for tag in self.root.walk() if tag.kind == "Table"]


def read(content: bytes) -> Spoken:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        metadata = bytes(pdf.Root.Metadata.read_bytes()).decode()
        return Spoken(
            title=_shown_title(pdf),
            language=str(pdf.Root.get("/Lang", "")),
            claims="<pdfuaid:part>1</pdfuaid:part>" in metadata,
            root=Tag("Root", inside=_inside(pdf.Root.StructTreeRoot)),
        )


def _shown_title(pdf: Any) -> str:
    shown = pdf.Root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False)
    return str(pdf.docinfo.get("/Title", "")) if shown else ""


def check(path: Path) -> Spoken:
    """Everything that is asked of each document that we give out."""
    found = pdfua.validate(str(path)).findings
    assert not found, [str(one) for one in found]
    spoken = read(path.read_bytes())
    assert spoken.claims
    assert spoken.title
    assert spoken.language
    _levels_follow(spoken)
    _tables_have_heads(spoken)
    _everything_is_tagged(path)
    return spoken


def _levels_follow(spoken: Spoken) -> None:
    level = 0
    for kind, _words in spoken.headings:
        assert int(kind[1:]) <= level + 1, spoken.headings
        level = int(kind[1:])


def _tables_have_heads(spoken: Spoken) -> None:
    for table in spoken.tables:
        heads = [tag for tag in table.walk() if tag.kind == "TH"]
        rows = [tag for tag in table.walk() if tag.kind == "TR"]
        assert heads
        assert all("/Column" in str(tag.facts.get("/A")) for tag in heads)
        assert {len(row.inside) for row in rows} == {len(heads)}


def _everything_is_tagged(path: Path) -> None:
    """Whatever is shown is part of the structure, or marked as an ornament."""
    showing = {"Tj", "TJ", "'", '"', "Do", "f", "S", "B", "f*", "B*", "sh"}
    with pikepdf.open(path) as pdf:
        for page in pdf.pages:
            depth = 0
            for _operands, operator in pikepdf.parse_content_stream(page):
                name = str(operator)
                depth += {"BDC": 1, "BMC": 1, "EMC": -1}.get(name, 0)
                assert depth or name not in showing, name


def _inside(node: Any) -> list[Tag]:
    children = node.get("/K")
    if children is None:
        return []
    listed = list(children) if isinstance(children, pikepdf.Array) else [children]
    return [_tag(child) for child in listed if isinstance(child, pikepdf.Dictionary) and "/S" in child]


def _tag(node: Any) -> Tag:
    facts = {
        name: repr(node[name]) if name == "/A" else str(node[name])
        for name in ("/A", "/Alt", "/T")
        if name in node
    }
    return Tag(str(node.S).lstrip("/"), facts, _inside(node))
