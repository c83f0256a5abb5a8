"""The cryptography of the seal: pure functions, so that anyone can check a receipt with forty lines of code.

A commitment fixes an answer without telling it; a secret nonce keeps seven ratings from being guessed. Until the seal
the answer exists only as AES-256-GCM ciphertext under a key of its round, which is itself wrapped by the key of the
installation. Steps and reasons: listening.md §4.3.
"""

import json
from base64 import b32encode
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NONCE_BYTES = 32
KEY_BYTES = 32
SALT_BYTES = 12
_SEAL = b"coprod/seal/v1\x00"
_CHAIN = b"coprod/chain/v1\x00"
_ORDER = b"coprod/order/v1\x00"
_WRAP = b"coprod/wrap/v1"
# Sizes in bytes: nearly every answer fits the first, so the length of the ciphertext tells nothing about the words.
_BUCKETS = (8_192, 65_536, 524_288, 4_194_304)
RECEIPT_LETTERS = 10


class TooLong(ValueError):
    """The answer is larger than the largest bucket."""


def canonical(value: object) -> bytes:
    """One spelling for one value: JSON with sorted keys, no spaces, UTF-8."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def commitment(place: Mapping[str, Any], nonce: bytes, answer: Mapping[str, Any]) -> bytes:
    """SHA-256 over the place of the answer (round, seat, revision), its nonce and the answer."""
    return sha256(_SEAL + canonical(place) + b"\x00" + nonce + b"\x00" + canonical(answer)).digest()


def root(commitments: Iterable[bytes]) -> bytes:
    """One hash that fixes all commitments in their order."""
    link = bytes(32)
    for one in commitments:
        link = sha256(_CHAIN + link + one).digest()
    return link


def receipt(of: bytes) -> str:
    """What the person keeps: the first ten letters of the commitment in base 32."""
    return b32encode(of).decode()[:RECEIPT_LETTERS]


def order_seed(the_root: bytes, round_id: str) -> bytes:
    """The seed of the reading order: nobody can choose it, everyone can compute it."""
    return sha256(_ORDER + the_root + b"\x00" + round_id.encode()).digest()


def wrap(data_key: bytes, *, installation_key: str, round_id: str, salt: bytes) -> bytes:
    """The key of a round, encrypted for the database; `salt` is 12 random bytes."""
    return salt + AESGCM(_wrapping_key(installation_key, round_id)).encrypt(salt, data_key, _WRAP)


def unwrap(wrapped: bytes, *, installation_key: str, round_id: str) -> bytes:
    salt, sealed = wrapped[:SALT_BYTES], wrapped[SALT_BYTES:]
    return AESGCM(_wrapping_key(installation_key, round_id)).decrypt(salt, sealed, _WRAP)


def close(
    answer: Mapping[str, Any], nonce: bytes, *, data_key: bytes, place: Mapping[str, Any], salt: bytes
) -> bytes:
    """The answer and its nonce as ciphertext, bound to its place so that no row can stand in for another."""
    return salt + AESGCM(data_key).encrypt(salt, _padded(nonce + canonical(answer)), canonical(place))


def reopen(closed: bytes, *, data_key: bytes, place: Mapping[str, Any]) -> tuple[dict[str, Any], bytes]:
    """The answer and its nonce; raises `cryptography.exceptions.InvalidTag` when anything was changed."""
    content = _unpadded(AESGCM(data_key).decrypt(closed[:SALT_BYTES], closed[SALT_BYTES:], canonical(place)))
    return json.loads(content[NONCE_BYTES:]), content[:NONCE_BYTES]


def _wrapping_key(installation_key: str, round_id: str) -> bytes:
    derive = HKDF(algorithm=hashes.SHA256(), length=KEY_BYTES, salt=round_id.encode(), info=_WRAP)
    return derive.derive(installation_key.encode())


def _padded(content: bytes) -> bytes:
    framed = len(content).to_bytes(4) + content
    for size in _BUCKETS:
        if len(framed) <= size:
            return framed.ljust(size, b"\x00")
    raise TooLong(len(content))


def _unpadded(framed: bytes) -> bytes:
    return framed[4 : 4 + int.from_bytes(framed[:4])]
