"""Keeping the pictures that a text names."""

from collections.abc import Iterable
from hashlib import sha256

from ..models import Document, Picture
from ..rules.word import parts


def keep_pictures(document: Document, pictures: Iterable[parts.Picture]) -> None:
    """Store them under the names that the text has for them."""
    Picture.objects.bulk_create(
        Picture(document=document, name=one.name, content=one.content, sha256=sha256(one.content).hexdigest())
        for one in pictures
    )
