"""Each version's text as one file, in order."""

from pathlib import Path
from uuid import UUID

from coproduce.capabilities.projects import queries as projects

from .. import queries
from ..models import Document, Version


class AlteredText(Exception):
    """The text that the operations give is not the one that a version was published with."""


def export_versions(project_id: UUID, folder: Path) -> list[Path]:
    """Write 001.md, 002.md … (in a folder for each document where there are several); gives the files.

    Each text is made from the operations and checked against the hash that its version keeps.
    """
    documents = list(queries.documents_of(projects.project(project_id).pk))
    written: list[Path] = []
    for document in documents:
        place = folder / document.code if len(documents) > 1 else folder
        texts = [_checked(document, version) for version in queries.versions_of(document.pk)]
        place.mkdir(parents=True, exist_ok=True)
        for number, text in enumerate(texts, 1):
            file = place / f"{number:03}.md"
            file.write_bytes(text.encode())
            written.append(file)
    return written


def _checked(document: Document, version: Version) -> str:
    text = queries.replayed(document.pk, version.at_seq).text()
    if queries.text_hash(text) != version.text_sha256:
        raise AlteredText(f"{document.title}, version {version}: the text is not the one that was published.")
    return text
