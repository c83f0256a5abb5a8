"""The parts of a Word file that are always the same: a small template of our own."""

from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape, quoteattr

from .xml import BULLETS, HEAD, NAMESPACES

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE_REL = "http://schemas.openxmlformats.org/package/2006/relationships"
_PARTS = {
    "document": f"{_TYPE}.document.main+xml", "styles": f"{_TYPE}.styles+xml", "settings": f"{_TYPE}.settings+xml",
    "numbering": f"{_TYPE}.numbering+xml", "footnotes": f"{_TYPE}.footnotes+xml", "comments": f"{_TYPE}.comments+xml",
    "commentsExtended": f"{_TYPE}.commentsExtended+xml",
}  # fmt: skip
_TO_PARTS = {
    "styles": f"{_REL}/styles", "settings": f"{_REL}/settings", "numbering": f"{_REL}/numbering",
    "footnotes": f"{_REL}/footnotes", "comments": f"{_REL}/comments",
    "commentsExtended": "http://schemas.microsoft.com/office/2011/relationships/commentsExtended",
}  # fmt: skip
_SIZES = {1: 36, 2: 30, 3: 26, 4: 24, 5: 22, 6: 22}
_FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"


def content_types(extensions: Iterable[str]) -> str:
    parts = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{kind}"/>' for name, kind in _PARTS.items()
    )
    pictures = "".join(
        f'<Default Extension="{name}" ContentType="image/{name}"/>' for name in sorted(set(extensions))
    )
    return (
        f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{pictures}{parts}'
        '<Override PartName="/docProps/core.xml" '
        'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
        '<Override PartName="/docProps/custom.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.custom-properties+xml"/></Types>'
    )  # fmt: skip


def package_relations() -> str:
    to = {
        "word/document.xml": f"{_REL}/officeDocument",
        "docProps/core.xml": "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
        "docProps/custom.xml": f"{_REL}/custom-properties",
    }
    return _relations((f"rId{n}", kind, target, False) for n, (target, kind) in enumerate(to.items(), 1))


def document_relations(links: dict[str, str], pictures: Sequence[tuple[str, str]]) -> str:
    """`links` by target and `pictures` as (number, file), besides the parts that are always there."""
    fixed = [(f"rIdF{n}", kind, f"{name}.xml", False) for n, (name, kind) in enumerate(_TO_PARTS.items(), 1)]
    outside = [(id, f"{_REL}/hyperlink", target, True) for target, id in links.items()]
    media = [(id, f"{_REL}/image", f"media/{file}", False) for id, file in pictures]
    return _relations([*fixed, *outside, *media])


def notes_relations(links: dict[str, str], pictures: Sequence[tuple[str, str]]) -> str:
    """Those that the footnotes share with the text."""
    outside = [(id, f"{_REL}/hyperlink", target, True) for target, id in links.items()]
    return _relations([*outside, *((id, f"{_REL}/image", f"media/{file}", False) for id, file in pictures)])


def _relations(rows: Iterable[tuple[str, str, str, bool]]) -> str:
    made = "".join(
        f'<Relationship Id="{id}" Type="{kind}" Target={quoteattr(target)}'
        + (' TargetMode="External"/>' if outside else "/>")
        for id, kind, target, outside in rows
    )
    return f'{HEAD}<Relationships xmlns="{_PACKAGE_REL}">{made}</Relationships>'


def settings() -> str:
    """Changes are tracked, and stay tracked until somebody ends it on purpose. The order of the parts matters."""
    return (
        f"{HEAD}<w:settings {NAMESPACES}><w:trackRevisions/>"
        '<w:documentProtection w:edit="trackedChanges" w:enforcement="1"/><w:defaultTabStop w:val="720"/>'
        '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr><w:compat>'
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        "</w:compat></w:settings>"
    )


def numbering(lists: Sequence[tuple[int, int]]) -> str:
    """One list with bullets, and every numbered list by itself: (level, first number)."""
    bullets = "".join(_level(level, "bullet", "•◦▪"[level % 3]) for level in range(9))
    numbers = "".join(_level(level, "decimal", f"%{level + 1}.") for level in range(9))
    own = "".join(
        f'<w:num w:numId="{BULLETS + number}"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="{min(level, 8)}">'
        f'<w:startOverride w:val="{first}"/></w:lvlOverride></w:num>'
        for number, (level, first) in enumerate(lists, 1)
    )
    kind = '<w:multiLevelType w:val="hybridMultilevel"/>'
    patterns = "".join(
        f'<w:abstractNum w:abstractNumId="{number}">{kind}{levels}</w:abstractNum>'
        for number, levels in enumerate((bullets, numbers))
    )
    first = f'<w:num w:numId="{BULLETS}"><w:abstractNumId w:val="0"/></w:num>'
    return f"{HEAD}<w:numbering {NAMESPACES}>{patterns}{first}{own}</w:numbering>"


def _level(level: int, kind: str, sign: str) -> str:
    left = 397 * (level + 1)
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{sign}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{left}" w:hanging="397"/></w:pPr></w:lvl>'
    )


def styles(language: str) -> str:
    headings = "".join(_heading(level, size) for level, size in _SIZES.items())
    return (
        f'{HEAD}<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial" '
        f'w:cs="Arial"/><w:sz w:val="24"/><w:lang w:val={quoteattr(language)}/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault><w:pPr>"
        '<w:spacing w:after="160" w:line="276" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/></w:style>'
        f"{headings}{_PARAGRAPHS}{_WORDS}{_TABLE}</w:styles>"
    )  # fmt: skip


def _heading(level: int, size: int) -> str:
    return (
        f'<w:style w:type="paragraph" w:styleId="Heading{level}"><w:name w:val="heading {level}"/>'
        '<w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/><w:pPr><w:keepNext/>'
        f'<w:spacing w:before="320" w:after="120"/><w:outlineLvl w:val="{level - 1}"/></w:pPr>'
        f'<w:rPr><w:b/><w:sz w:val="{size}"/></w:rPr></w:style>'
    )


def _style(kind: str, id: str, name: str, inner: str) -> str:
    based = '<w:basedOn w:val="Normal"/>' if kind == "paragraph" else ""
    return f'<w:style w:type="{kind}" w:styleId="{id}"><w:name w:val="{name}"/>{based}{inner}</w:style>'


_MONO = '<w:rFonts w:ascii="Courier New" w:hAnsi="Courier New" w:cs="Courier New"/><w:sz w:val="20"/>'
_SHADE = '<w:pPr><w:shd w:val="clear" w:color="auto" w:fill="F3F2F1"/></w:pPr>'
_PARAGRAPHS = "".join(
    _style("paragraph", *one)
    for one in (
        ("ListParagraph", "List Paragraph", '<w:pPr><w:spacing w:after="60"/></w:pPr>'),
        ("Quote", "Quote", '<w:pPr><w:ind w:left="567"/></w:pPr><w:rPr><w:i/></w:rPr>'),
        ("CoproduceCode", "Coproduce Code", f"{_SHADE}<w:rPr>{_MONO}</w:rPr>"),
        ("CoproduceSource", "Coproduce Source", f"{_SHADE}<w:rPr>{_MONO}</w:rPr>"),
        ("CoproduceRule", "Coproduce Rule",
         '<w:pPr><w:pBdr><w:bottom w:val="single" w:sz="6" w:space="1" w:color="auto"/></w:pBdr></w:pPr>'),
        ("FootnoteText", "footnote text", '<w:rPr><w:sz w:val="20"/></w:rPr>'),
        ("CommentText", "annotation text", '<w:rPr><w:sz w:val="20"/></w:rPr>'),
    )
)  # fmt: skip
_WORDS = "".join(
    _style("character", *one)
    for one in (
        ("FootnoteReference", "footnote reference", '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'),
        ("CommentReference", "annotation reference", '<w:rPr><w:sz w:val="16"/></w:rPr>'),
        ("Hyperlink", "Hyperlink", '<w:rPr><w:color w:val="1D70B8"/><w:u w:val="single"/></w:rPr>'),
        ("CoproduceCodeWords", "Coproduce Code Words", f"<w:rPr>{_MONO}</w:rPr>"),
    )
)  # fmt: skip
_TABLE = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr>'
    '<w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="57" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>'
    '<w:bottom w:w="57" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/>'
    "<w:tblPr><w:tblBorders>"
    + "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    + "</w:tblBorders></w:tblPr></w:style>"
)


def core_properties(title: str, when: str) -> str:
    return (
        f'{HEAD}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{escape(title)}</dc:title>'
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{when}</dcterms:created></cp:coreProperties>'
    )


def custom_properties(facts: dict[str, str]) -> str:
    made = "".join(
        f'<property fmtid="{_FORMAT_ID}" pid="{number}" name={quoteattr(name)}><vt:lpwstr>{escape(value)}</vt:lpwstr>'
        "</property>"
        for number, (name, value) in enumerate(facts.items(), 2)
    )
    return (
        f'{HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        f'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">{made}</Properties>'
    )
