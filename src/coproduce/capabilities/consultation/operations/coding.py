"""The code frame, codes on the words of replies, and a second coder for a share of them."""

import secrets
from typing import Any
from uuid import UUID

from coproduce.capabilities.projects import queries as projects
from coproduce.core import clock
from coproduce.core.access import NotThere, Purpose, may
from coproduce.core.findings import settle
from coproduce.core.operations import operation, record

from .. import queries, rules
from ..models import Code, Coded, Consultation, Reading, Reply
from ..terms import CODING

CODE_FIELDS = ("name", "definition", "characteristic")


@operation
def add_code(
    *,
    by: Any,
    project_id: UUID,
    consultation_id: UUID,
    name: str,
    definition: str,
    parent_id: UUID | None = None,
    characteristic: str = "",
    key: UUID | None = None,
) -> Code:
    """A new line of the code frame; it stays open to new codes for as long as people are sorting."""
    queries.consultation_for(by, project_id, consultation_id, Purpose.RUN, CODING)
    consultation = queries.locked(consultation_id)
    parent = queries.code_in(consultation, parent_id) if parent_id else None
    settle(rules.a_code_is_defined(name, definition, taken=queries.code_is_named(consultation, name)))
    code = Code(
        consultation=consultation, number=queries.next_code(consultation), name=name.strip(),
        definition=definition.strip(), parent=parent, characteristic=characteristic, added_by=by,
        added_at=clock.now(),
    )  # fmt: skip
    code.save(force_insert=True)
    record(by=by, verb="consultation.add_code", thing=code, project_id=project_id, after=_facts(code))
    return code


@operation
def change_code(
    *,
    by: Any,
    project_id: UUID,
    consultation_id: UUID,
    code_id: UUID,
    name: str,
    definition: str,
    characteristic: str = "",
    key: UUID | None = None,
) -> Code:
    """Say better what counts as this; the former words stay in the record."""
    _visit, consultation = queries.consultation_for(by, project_id, consultation_id, Purpose.RUN, CODING)
    code = queries.code_in(consultation, code_id)
    taken = name.strip() != code.name and queries.code_is_named(consultation, name)
    settle(rules.a_code_is_defined(name, definition, taken=taken))
    before = _facts(code)
    code.name, code.definition, code.characteristic = name.strip(), definition.strip(), characteristic
    code.save(update_fields=list(CODE_FIELDS))
    record(
        by=by,
        verb="consultation.change_code",
        thing=code,
        project_id=project_id,
        before=before,
        after=_facts(code),
    )
    return code


@operation
def put_code(
    *,
    by: Any,
    project_id: UUID,
    consultation_id: UUID,
    reply_id: UUID,
    code_id: UUID,
    stretches: list[tuple[UUID, int, int]],
    key: UUID | None = None,
) -> Reading:
    """Put a code on words of a reply: each by its row, first letter and last."""
    consultation, reply, reading = _own_reading(by, project_id, consultation_id, reply_id)
    code = queries.code_in(consultation, code_id)
    chosen = [(queries.said_in(reply, said_id), start, end) for said_id, start, end in stretches]
    settle(rules.something_is_chosen(len(chosen)))
    settle(
        found
        for said, start, end in chosen
        for found in rules.a_code_is_on_words_of_the_reply(said.words, start, end)
    )
    for said, start, end in chosen:
        Coded.objects.get_or_create(
            reading=reading, said=said, code=code, start=start, end=end, defaults={"at": clock.now()}
        )
    record(
        by=by, verb="consultation.put_code", thing=reading, project_id=project_id,
        after={"reply": reply.ref, "code": code.ref, "stretches": [list(one) for one in stretches],
               "second": reading.is_second},
    )  # fmt: skip
    return reading


@operation
def take_code(
    *,
    by: Any,
    project_id: UUID,
    consultation_id: UUID,
    reply_id: UUID,
    coded_id: UUID,
    key: UUID | None = None,
) -> Reading:
    """Take a code off again; only whoever put it there."""
    _consultation, reply, reading = _own_reading(by, project_id, consultation_id, reply_id)
    coded = Coded.objects.select_related("code").filter(pk=coded_id, reading=reading).first()
    if coded is None:
        raise NotThere
    before = {"reply": reply.ref, "code": coded.code.ref, "stretch": [coded.said_id, coded.start, coded.end]}
    coded.delete()
    record(by=by, verb="consultation.take_code", thing=reading, project_id=project_id, before=before)
    return reading


@operation
def finish_reading(
    *, by: Any, project_id: UUID, consultation_id: UUID, reply_id: UUID, key: UUID | None = None
) -> Reading:
    """“This reply is coded.” A reply may hold nothing that any code is about."""
    _consultation, reply, reading = _own_reading(by, project_id, consultation_id, reply_id)
    reading.done_at = clock.now()
    reading.save(update_fields=["done_at"])
    codes = sorted(set(Coded.objects.filter(reading=reading).values_list("code__number", flat=True)))
    record(
        by=by, verb="consultation.finish_reading", thing=reading, project_id=project_id,
        after={"reply": reply.ref, "codes": codes, "second": reading.is_second},
    )  # fmt: skip
    return reading


@operation
def draw_second_coding(
    *,
    by: Any,
    project_id: UUID,
    consultation_id: UUID,
    coder_id: UUID,
    share: int,
    seed: str = "",
    key: UUID | None = None,
) -> Consultation:
    """Draw a share of the replies for a second coder, by lot; the seed is kept, so anyone can draw again."""
    queries.consultation_for(by, project_id, consultation_id, Purpose.RUN, CODING)
    consultation = queries.locked(consultation_id)
    coder = projects.member(project_id, coder_id)
    if not may(queries.roles_of(coder, project_id), CODING, Purpose.RUN):
        raise NotThere
    settle([*rules.words_are_open(hidden=not consultation.is_closed), *rules.a_share_is_a_share(share)])
    seed = seed or secrets.token_hex(8)
    numbers = rules.lot(seed, queries.numbers_to_code(consultation), share)
    drawn = list(Reply.objects.filter(consultation=consultation, number__in=numbers).defer("closed_words"))
    firsts = Reading.objects.filter(reply__in=drawn, is_second=False).values_list("coder_id", flat=True)
    settle(rules.a_second_coder_is_another_person(firsts, coder.pk))
    known = set(Reading.objects.filter(reply__in=drawn, is_second=True).values_list("reply_id", flat=True))
    Reading.objects.bulk_create(
        Reading(reply=reply, coder=coder, is_second=True) for reply in drawn if reply.pk not in known
    )
    record(
        by=by, verb="consultation.draw_second_coding", thing=consultation, project_id=project_id,
        after={"coder": coder.pk, "share": share, "seed": seed, "replies": numbers},
    )  # fmt: skip
    return consultation


def _own_reading(
    by: Any, project_id: UUID, consultation_id: UUID, reply_id: UUID
) -> tuple[Consultation, Reply, Reading]:
    _visit, _seen, reply = queries.reply_for(by, project_id, consultation_id, reply_id, CODING)
    consultation = queries.locked(consultation_id)
    settle([
        *rules.words_are_open(hidden=not consultation.is_closed),
        *rules.only_counted_replies_are_coded(set_aside=reply.set_aside_at is not None),
    ])  # fmt: skip
    mine = queries.own_reading(reply, by)
    if mine is None:
        first = Reading.objects.filter(reply=reply, is_second=False).first()
        settle(rules.a_reply_has_one_first_coder(taken=first is not None))
        mine = Reading.objects.create(reply=reply, coder=by)
    settle(rules.a_finished_second_coding_stays(finished=mine.is_second and mine.done_at is not None))
    return consultation, reply, mine


def _facts(code: Code) -> dict[str, Any]:
    facts = {name: getattr(code, name) for name in CODE_FIELDS}
    return facts | {"number": code.number, "parent": code.parent_id}
