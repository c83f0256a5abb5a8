"""The words of replies that nobody may read yet: the one place where they are closed and opened."""

import secrets
from typing import Any

from django.conf import settings

from coproduce.capabilities.rounds.rules import sealing

from ..models import Consultation, Reply

Words = list[dict[str, Any]]


def new_wrapped_key(consultation: Consultation) -> bytes:
    """A key for one consultation, itself closed under the key of the installation."""
    return sealing.wrap(
        secrets.token_bytes(sealing.KEY_BYTES), installation_key=settings.COPRODUCE_SEAL_KEY,
        round_id=str(consultation.pk), salt=secrets.token_bytes(sealing.SALT_BYTES),
    )  # fmt: skip


def closed(consultation: Consultation, reply: Reply, words: Words) -> tuple[bytes, str]:
    """The words as ciphertext, bound to their reply, and a fingerprint that gives nothing away."""
    nonce, record = secrets.token_bytes(sealing.NONCE_BYTES), {"words": words}
    body = sealing.close(
        record, nonce, data_key=_key(consultation), place=_place(reply),
        salt=secrets.token_bytes(sealing.SALT_BYTES),
    )  # fmt: skip
    return body, sealing.commitment(_place(reply), nonce, record).hex()


def opened(consultation: Consultation, replies: list[Reply]) -> list[tuple[Reply, Words]]:
    """The words of replies at the close; for that operation alone."""
    key = _key(consultation)
    found = []
    for reply in replies:
        record, _nonce = sealing.reopen(bytes(reply.closed_words or b""), data_key=key, place=_place(reply))
        found.append((reply, record["words"]))
    return found


def _key(consultation: Consultation) -> bytes:
    return sealing.unwrap(
        bytes(consultation.wrapped or b""), installation_key=settings.COPRODUCE_SEAL_KEY,
        round_id=str(consultation.pk),
    )  # fmt: skip


def _place(reply: Reply) -> dict[str, Any]:
    return {"consultation": str(reply.consultation_id), "reply": str(reply.pk)}
