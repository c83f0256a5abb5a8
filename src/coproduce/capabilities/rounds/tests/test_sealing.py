"""The arithmetic of the seal, against the vector of listening.md §4.3."""

from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given, settings
from hypothesis import strategies as st

from coproduce.capabilities.rounds.rules import sealing
from coproduce.capabilities.rounds.terms import Intention, RaisedBarrier, Rated, Written

WORDS = {1: "Nachtdienst", 2: "handover", 3: "naïve ☂"}
KEY = bytes(range(32))
PLACE = {"session": "s", "prompt": "p", "round": 1, "seat": "seat-1", "rev": 1}
SALT = b"s" * sealing.SALT_BYTES


def leaf(i: int) -> bytes:
    place = {"session": "s1", "prompt": "p1", "round": 1, "seat": f"seat-{i}", "rev": 1}
    return sealing.commitment(place, bytes([i]) * 32, {"hard": i, "important": 5 - i, "text": WORDS[i]})


def test_commitments_root_and_receipt_are_those_of_the_protocol() -> None:
    leaves = [leaf(i) for i in WORDS]
    assert [one.hex()[:8] for one in leaves] == ["2ce8e6bb", "2605cdde", "ae28570a"]
    assert sealing.root(leaves).hex() == "2ed6503217597216be9a7f4913fa93823beac4e340d3435de19cca2ba3f8f06b"
    assert sealing.receipt(leaves[0]) == "FTUONO5MTS"


def test_the_same_answer_with_another_nonce_has_another_commitment() -> None:
    assert sealing.commitment(PLACE, b"a" * 32, {"hard": 1}) != sealing.commitment(
        PLACE, b"b" * 32, {"hard": 1}
    )


def closed(answer: dict[str, Any]) -> bytes:
    return sealing.close(answer, b"n" * 32, data_key=KEY, place=PLACE, salt=SALT)


@settings(deadline=None, max_examples=40)
@given(
    st.dictionaries(st.text(max_size=8), st.text(max_size=300) | st.integers(-3, 3) | st.none(), max_size=8)
)
def test_what_was_closed_reopens_unchanged(answer: dict[str, Any]) -> None:
    assert sealing.reopen(closed(answer), data_key=KEY, place=PLACE) == (answer, b"n" * 32)


def test_the_length_of_the_ciphertext_tells_nothing_of_the_words() -> None:
    sizes = {len(closed({"text": "x" * length})) for length in (0, 1, 500, 8_000)}
    assert len(sizes) == 1


def test_longer_answers_go_into_a_larger_bucket() -> None:
    assert len(closed({"text": "x" * 9_000})) == len(closed({"text": "x" * 60_000})) > 65_536
    with pytest.raises(sealing.TooLong):
        closed({"text": "x" * 5_000_000})


def test_no_word_stands_in_the_ciphertext() -> None:
    assert b"marker sentence" not in closed({"text": "marker sentence"})


def test_a_ciphertext_opens_only_in_its_own_place() -> None:
    with pytest.raises(InvalidTag):
        sealing.reopen(closed({"text": "mine"}), data_key=KEY, place=PLACE | {"seat": "seat-2"})


def test_any_changed_byte_is_noticed() -> None:
    whole = closed({"text": "mine"})
    for at in (0, len(whole) // 2, len(whole) - 1):
        broken = whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]
        with pytest.raises(InvalidTag):
            sealing.reopen(broken, data_key=KEY, place=PLACE)


def test_a_wrapped_key_opens_only_with_the_same_installation_and_round() -> None:
    wrapped = sealing.wrap(KEY, installation_key="home", round_id="r1", salt=SALT)
    assert KEY not in wrapped
    assert sealing.unwrap(wrapped, installation_key="home", round_id="r1") == KEY
    for installation_key, round_id in (("other", "r1"), ("home", "r2")):
        with pytest.raises(InvalidTag):
            sealing.unwrap(wrapped, installation_key=installation_key, round_id=round_id)


def test_a_written_answer_survives_its_record() -> None:
    written = Written(
        me=Rated("worse", -2), around=Rated("", None), intention=Intention(("save_money",), False, "money"),
        basis=("heard",), confidence=4, question="When?",
        barriers=(RaisedBarrier("No key safe", 1, 3, 4, "own experience"), RaisedBarrier("Villages", 2)),
    )  # fmt: skip
    assert Written.from_record(written.as_record()) == written
    assert sealing.canonical(written.as_record()) == sealing.canonical(
        Written.from_record(written.as_record()).as_record()
    )
