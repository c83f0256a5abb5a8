"""A plan as the bytes of a Word file."""

import io
import re
import zipfile
from collections.abc import Mapping

from . import template
from .parts import Picture
from .pictures import stand_in, type_of
from .planning import Plan
from .xml import Body, comments_xml

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
_LEVEL = 3  # of compression: a tenth more bytes than the highest, in half the time
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def written(
    plan: Plan,
    *,
    title: str,
    when: str,
    facts: Mapping[str, str],
    language: str = "en-GB",
    pictures: Mapping[str, Picture] | None = None,
) -> bytes:
    """The file; `facts` go into its own properties, `pictures` are known by the names in the text."""
    body = Body(plan.flow, plan.notes, plan.comments, dict(pictures or {}))
    document = body.document()
    comments, extended = comments_xml(plan.comments)
    footnotes = body.footnotes()
    media = _media(body)
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": template.content_types(type_of(content) for _id, _name, content in media),
        "_rels/.rels": template.package_relations(),
        "docProps/core.xml": template.core_properties(_ILLEGAL.sub("", title), when),
        "docProps/custom.xml": template.custom_properties(dict(facts)),
        "word/document.xml": document,
        "word/_rels/document.xml.rels": template.document_relations(
            body.links, [(id, name) for id, name, _content in media]
        ),
        "word/styles.xml": template.styles(language),
        "word/settings.xml": template.settings(),
        "word/numbering.xml": template.numbering(body.lists),
        "word/footnotes.xml": footnotes,
        # Links and pictures in footnotes have the same numbers as in the text.
        "word/_rels/footnotes.xml.rels": template.notes_relations(
            body.links, [(id, name) for id, name, _content in media]
        ),
        "word/comments.xml": comments,
        "word/commentsExtended.xml": extended,
        **{f"word/media/{name}": content for _id, name, content in media},
    }
    return _packed(parts)


def _media(body: Body) -> list[tuple[str, str, bytes]]:
    made = []
    for number, (id, picture) in enumerate(body.media.values(), 1):
        content = picture.content if type_of(picture.content) else stand_in()
        made.append((id, f"picture{number}.{type_of(content)}", content))
    return made


def _packed(parts: Mapping[str, str | bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as package:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, _FIRST_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, content, compresslevel=_LEVEL)
    return file.getvalue()
