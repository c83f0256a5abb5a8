"""One content, said once: this document on paper by Word, and as a tagged PDF that can be read aloud.

A capability makes a `Document` of headings, paragraphs, lists, facts and tables, and answers with `as_file`.
"""

from .answer import FORMATS, as_file, wanted_format
from .content import Block, Bullets, Document, Facts, Grid, Heading, Paragraph

__all__ = [
    "FORMATS", "Block", "Bullets", "Document", "Facts", "Grid", "Heading", "Paragraph", "as_file", "wanted_format",
]  # fmt: skip
