"""Codes on words: who put them there, who may see them, and how far two coders agree."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Case, Max, Q, QuerySet, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coproduce.capabilities.projects import queries as projects
from coproduce.core.access import Role

from ..models import Code, Coded, Consultation, Reading, Reply
from ..terms import LEAST_COMPARED

# Krippendorff's customary limits: from here on a figure may carry a conclusion, or a tentative one.
RELIABLE, TENTATIVE = 0.8, 0.667


@dataclass(frozen=True)
class Agreement:
    """How alike two people coded the same replies; `alpha` is None where nothing may be said."""

    replies: int
    drawn: int
    alike: int
    alpha: float | None
    sentence: str


@dataclass(frozen=True)
class CodeLine:
    """A code with the number of replies it is in; sub-codes follow their parent."""

    code: Code
    replies: int | None
    is_sub: bool


def roles_of(person: Any, project_id: UUID) -> set[Role]:
    return {Role(row.role) for row in projects.roles_in(project_id).filter(person_id=person.pk)}


def codes_of(consultation: Consultation) -> list[Code]:
    """The frame in its order: each code, then its sub-codes; one query."""
    codes = list(Code.objects.filter(consultation=consultation).select_related("parent").order_by("number"))
    return sorted(codes, key=lambda code: (_top(code), code.parent is not None, code.number))


def _top(code: Code) -> int:
    return code.parent.number if code.parent else code.number


def next_code(consultation: Consultation) -> int:
    last = Code.objects.filter(consultation=consultation).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def code_is_named(consultation: Consultation, name: str) -> bool:
    return Code.objects.filter(consultation=consultation, name__iexact=name.strip()).exists()


def numbers_to_code(consultation: Consultation) -> list[int]:
    rows = Reply.objects.filter(consultation=consultation, set_aside_at=None)
    return list(rows.order_by("number").values_list("number", flat=True))


def uncoded(consultation: Consultation) -> int:
    """Replies that count and that nobody has finished coding; one query."""
    done = Reading.objects.filter(is_second=False, done_at__isnull=False).values("reply_id")
    return Reply.objects.filter(consultation=consultation, set_aside_at=None).exclude(pk__in=done).count()


def readings_of(consultation: Consultation) -> dict[UUID, list[Reading]]:
    """Who codes which reply, by the reply; one query."""
    found: dict[UUID, list[Reading]] = defaultdict(list)
    rows = Reading.objects.filter(reply__consultation=consultation).select_related("coder")
    for row in rows.order_by("is_second"):
        found[row.reply_id].append(row)
    return found


def is_blind(person: Any, consultation: Consultation) -> bool:
    """A second coder who is not done sees no code of anybody else, on any page."""
    rows = Reading.objects.filter(reply__consultation=consultation, coder_id=person.pk, is_second=True)
    return rows.filter(done_at=None).exists()


@dataclass(frozen=True)
class Coding:
    """Who codes what, and where every code stands: for pages that need all of it."""

    readings: list[Reading]
    coded: list[Coded]

    def blinds(self, person: Any) -> bool:
        return any(one.is_second and not one.done_at and one.coder_id == person.pk for one in self.readings)

    @property
    def first(self) -> list[Coded]:
        """The codes that count."""
        firsts = {one.pk for one in self.readings if not one.is_second}
        return [one for one in self.coded if one.reading_id in firsts]

    @property
    def drawn(self) -> int:
        return sum(one.is_second for one in self.readings)

    def pairs(self) -> list[tuple[frozenset[int], frozenset[int]]]:
        """The codes of both coders, for each reply that both have finished."""
        done: dict[UUID, list[Reading]] = defaultdict(list)
        for one in self.readings:
            if one.done_at:
                done[one.reply_id].append(one)
        sets: dict[UUID, set[int]] = defaultdict(set)
        for coded in self.coded:
            sets[coded.reading_id].add(coded.code.number)
        both = (sorted(pair, key=lambda one: one.is_second) for pair in done.values() if len(pair) == 2)
        return [(frozenset(sets[one.pk]), frozenset(sets[other.pk])) for one, other in both]


def coding_of(consultation: Consultation) -> Coding:
    """Two queries; replies that were left out are not among them."""
    counted = {"reply__consultation": consultation, "reply__set_aside_at": None}
    readings = Reading.objects.filter(**counted).order_by("reply__number", "is_second")
    coded = Coded.objects.filter(**{f"reading__{name}": value for name, value in counted.items()})
    return Coding(list(readings), list(coded.select_related("code__parent", "said")))


def readings_about(reply: Reply, person: Any) -> list[Reading]:
    """Those of this reply, and all of this person's; one query."""
    rows = Reading.objects.filter(reply__consultation_id=reply.consultation_id)
    return list(rows.filter(Q(reply=reply) | Q(coder_id=person.pk)))


def codes_to_see(reply: Reply, person: Any, about: list[Reading]) -> list[Coded]:
    """The codes on a reply: one's own, and those of others unless one is still to code without them."""
    blind = any(one.coder_id == person.pk and one.is_second and not one.done_at for one in about)
    here = [one for one in about if one.reply_id == reply.pk]
    mine = next((one for one in here if one.coder_id == person.pk), None)
    finished = mine is not None and mine.done_at is not None
    seen = [
        one.pk for one in here
        # The first coder does not look at the second one's codes before their own are done.
        if one is mine or (not blind and (finished or not one.is_second or one.done_at))
    ]  # fmt: skip
    rows = Coded.objects.filter(reading__in=seen).select_related("code", "said", "reading__coder")
    return list(rows.order_by("said__position", "start", "code__number"))


def first_codes(consultation: Consultation) -> QuerySet[Coded]:
    """The codes that count, of replies that count."""
    rows = Coded.objects.filter(reading__reply__consultation=consultation, reading__is_second=False)
    return rows.filter(reading__reply__set_aside_at=None).select_related("code", "said__reply")


def words_of_code(code: Code) -> list[Coded]:
    """Where a code stands, by reply; one query."""
    rows = first_codes(code.consultation).filter(code=code)
    return list(rows.order_by("said__reply__number", "said__position", "start"))


def frame(consultation: Consultation, coding: Coding, person: Any = None) -> list[CodeLine]:
    """The code frame with how many replies each code is in; a blind coder gets no numbers. One query."""
    codes = codes_of(consultation)
    if person is not None and coding.blinds(person):
        return [CodeLine(code, None, code.parent_id is not None) for code in codes]
    counts = Counter(code for code, _reply in {(one.code_id, one.said.reply_id) for one in coding.first})
    return [CodeLine(code, counts[code.pk], code.parent_id is not None) for code in codes]


def agreement(coding: Coding) -> Agreement:
    """Krippendorff's alpha over reply and code, of the replies that both coders have finished."""
    both = coding.pairs()
    alike = sum(one == other for one, other in both)
    if len(both) < LEAST_COMPARED:
        return Agreement(len(both), coding.drawn, alike, None, _too_few(len(both)))
    alpha = _alpha(both)
    return Agreement(len(both), coding.drawn, alike, alpha, _in_words(len(both), alike, alpha))


def _alpha(both: list[tuple[frozenset[int], frozenset[int]]]) -> float | None:
    """A unit is one code in one reply: there, or not there."""
    from coproduce_engine.alpha import Scale, krippendorff_alpha

    codes = sorted(frozenset().union(*(one | other for one, other in both)))
    if not codes:
        return None
    rows = [[float(code in pair[side]) for pair in both for code in codes] for side in (0, 1)]
    return krippendorff_alpha(rows, Scale.NOMINAL).alpha


def _too_few(replies: int) -> str:
    words = ngettext(
        "Two people have coded %(count)d same reply. With fewer than %(least)d, no figure is given.",
        "Two people have coded %(count)d same replies. With fewer than %(least)d, no figure is given.",
        replies,
    )
    return words % {"count": replies, "least": LEAST_COMPARED}


def _in_words(replies: int, alike: int, alpha: float | None) -> str:
    said = _(
        "Two people coded the same %(count)d replies, each without seeing the other’s codes. "
        "In %(alike)d of them they chose exactly the same codes."
    )
    begin = said % {"count": replies, "alike": alike}
    if alpha is None:
        return _("%(begin)s They used no code that could differ, so no figure is given.") % {"begin": begin}
    scale = _("Krippendorff’s alpha is %(alpha)s, where 1 is all alike and 0 is chance:")
    return f"{begin} {scale % {'alpha': f'{alpha:.2f}'}} {_meaning(alpha)}"


def _meaning(alpha: float) -> str:
    if alpha >= RELIABLE:
        return _("enough to rely on the counts.")
    if alpha >= TENTATIVE:
        return _("read the counts with care.")
    return _("too low. Agree on what each code means, and code again.")


def may_code_it(reply: Reply, person: Any, about: list[Reading]) -> bool:
    """Whoever codes it already, or anybody if nobody does; a second coding that is done stays."""
    here = [one for one in about if one.reply_id == reply.pk]
    mine = next((one for one in here if one.coder_id == person.pk), None)
    if mine is not None:
        return not (mine.is_second and mine.done_at)
    return all(one.is_second for one in here)


def next_to_code(consultation: Consultation, person: Any) -> Reply | None:
    """The next reply that waits for this person: their own first, then one that nobody has begun; one query."""
    rows = Reply.objects.filter(consultation=consultation, set_aside_at=None).defer("closed_words")
    begun = Reading.objects.filter(coder_id=person.pk, done_at=None).values("reply_id")
    firsts = Reading.objects.filter(is_second=False).values("reply_id")
    mine = Reading.objects.filter(coder_id=person.pk).values("reply_id")
    waiting = rows.filter(Q(pk__in=begun) | (~Q(pk__in=firsts) & ~Q(pk__in=mine)))
    own_first = Case(When(pk__in=begun, then=Value(0)), default=Value(1))
    return waiting.order_by(own_first, "number").first()
