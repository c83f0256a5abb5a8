"""Opening a file that a stranger made: nothing is fetched, nothing is run, and nothing grows without end."""

import io
import zipfile
from typing import Any

from lxml import etree

LARGEST_UNPACKED = 64 * 1024 * 1024
LARGEST_PART = 16 * 1024 * 1024  # of XML, which takes many times its size in memory
MOST_FILES = 2_000
_XML = (".xml", ".rels", ".rdf")


class CannotRead(ValueError):
    """The file is not what it should be; `code` says how, for the words on the page."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Parts:
    """The files inside an opened package, by name."""

    def __init__(self, content: bytes, body: str) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, OSError, RuntimeError, NotImplementedError):
            raise CannotRead("damaged") from None
        self._refuse_a_bomb(body)

    def _refuse_a_bomb(self, body: str) -> None:
        """By the sizes that the package declares; unpacking stops at a declared size, so lying does not help."""
        entries = self._zip.infolist()
        self.names = {entry.filename for entry in entries}
        if body not in self.names:
            raise CannotRead("other")
        xml = sum(entry.file_size for entry in entries if entry.filename.lower().endswith(_XML))
        whole = sum(entry.file_size for entry in entries)
        if len(entries) > MOST_FILES or whole > LARGEST_UNPACKED or xml > LARGEST_PART:
            raise CannotRead("bomb")

    def bytes(self, name: str) -> bytes:
        try:
            return self._zip.read(name)
        except (
            zipfile.BadZipFile,
            KeyError,
            ValueError,
            OSError,
            RuntimeError,
            EOFError,
            NotImplementedError,
        ) as bad:
            raise CannotRead("damaged") from bad
        except Exception as unknown:
            if type(unknown).__module__ == "zlib":
                raise CannotRead("damaged") from unknown
            raise

    def xml(self, name: str) -> Any:
        """A part as a tree, or None where there is no such part."""
        return parsed(self.bytes(name)) if name in self.names else None


def parsed(content: bytes) -> Any:
    """XML without entities of its own, nothing from outside, and no deeper than documents go."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )  # fmt: skip
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as wrong:
        deep = "depth" in str(wrong).lower()
        raise CannotRead("deep" if deep else "damaged") from None
    except ValueError:
        raise CannotRead("damaged") from None
    if root.getroottree().docinfo.doctype or root.getroottree().docinfo.internalDTD is not None:
        raise CannotRead("entities")
    return root
