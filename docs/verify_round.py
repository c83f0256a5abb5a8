"""Check a sealing sheet without Coproduce: python3 verify_round.py SHEET.json (exit code 0 whole, 1 broken)."""

import json
import sys
from base64 import b32encode
from hashlib import sha256


def canonical(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def commitment(one):
    nonce = bytes.fromhex(one["nonce"])
    fixed = canonical(one["place"]) + b"\0" + nonce + b"\0" + canonical(one["answer"])
    return sha256(b"coprod/seal/v1\0" + fixed).hexdigest()


def root(commitments):
    link = bytes(32)
    for one in commitments:
        link = sha256(b"coprod/chain/v1\0" + link + bytes.fromhex(one)).digest()
    return link.hex()


def order(seed, answers):
    drawn = sorted(answers, key=lambda one: sha256(bytes.fromhex(seed) + b"\0" + one["commitment"].encode()).digest())
    first = [one for one in drawn if not one["leader"]][:2]
    return [one["commitment"] for one in first + [one for one in drawn if one not in first]]


def problems(sheet):
    for one in sheet["answers"] + sheet["late"] + sheet["second_answers"]:
        if b32encode(bytes.fromhex(one["commitment"])).decode()[:10] != one["receipt"]:
            yield f"{one['receipt']}: not the receipt of its commitment"
        if "answer" in one and commitment(one) != one["commitment"]:
            yield f"{one['receipt']}: not the answer that was sealed"
    for answers, name in (("answers", "root"), ("second_answers", "second_root")):
        if sheet[name] and root(one["commitment"] for one in sheet[answers]) != sheet[name]:
            yield f"{name}: the commitments do not give it"
    fixed = bytes.fromhex(sheet["root"]) + b"\0" + sheet["round"]["prompt"].encode()
    if sha256(b"coprod/order/v1\0" + fixed).hexdigest() != sheet["seed"]:
        yield "seed: the root does not give it"
    on_time = [one for one in sheet["answers"] if not one["late"]]
    if sheet["order"] is not None and order(sheet["seed"], on_time) != sheet["order"]:
        yield "order: the seed does not give it"


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as file:
        sheet = json.load(file)
    found = list(problems(sheet))
    whole = f"The sheet is whole: {len(sheet['answers'])} answers. Root {sheet['root']}"
    sys.stdout.write("\n".join(found or [whole]) + "\n")
    sys.exit(1 if found else 0)
