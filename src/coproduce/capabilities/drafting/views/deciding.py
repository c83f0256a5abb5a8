"""One suggestion with its history, and the answer to it."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from coproduce.core import clock
from coproduce.core.access import Purpose
from coproduce.core.findings import Refused
from coproduce.ui.onward import onward_from

from .. import operations, queries
from ..forms import DecideForm
from ..models import Decision, PassedOn, Reaction, Suggestion
from ..operations import FinalText
from ..queries import Shown, ShownPlace
from ..rules.blocks import body
from ..terms import SUGGESTION, TAKEN_IN, Status
from .common import page_of, short
from .crediting import shares
from .saying import link_to

MOST_FINALS = 5
SHOWN = 20


@require_GET
def suggestion(request: HttpRequest, project_id: UUID, suggestion_id: UUID) -> HttpResponse:
    visit, found = queries.suggestion_for(request.user, project_id, suggestion_id, Purpose.READ)
    shown = queries.shown(found, found.document)
    runs, decides = visit.may(SUGGESTION, Purpose.RUN), visit.may(SUGGESTION, Purpose.DECIDE)
    closed = found.status in (Status.DECLINED, Status.PASSED_ON)
    answers = answers_to(found)
    page = page_of(
        visit, found.document, "suggestions", suggestion=found, shown=shown,
        landed=shown.landed[:SHOWN], landed_more=max(0, len(shown.landed) - SHOWN),
        barriers=queries.linked_barriers(found) if found.has_barriers else [],
        may_link=runs, answers=answers, onward=onward_from(SUGGESTION, project_id, found.pk),
        redactions=queries.redactions_of(found.pk) if found.is_redacted else [],
        backing=queries.backing_of([found.pk]).get(found.pk) if found.is_supported else None,
        voices=queries.voices_in(found.bundle_id) if found.bundle_id else [],
        may_decide=decides and found.is_open, may_reopen=decides and closed, may_run=runs,
        may_take_back=decides and shown.is_latest and _stands(found, answers) and not answers[0]["version"],
        may_withdraw=(found.own or runs) and (found.is_open or closed),
        may_support=not found.own and found.is_open and visit.may(SUGGESTION, Purpose.CONTRIBUTE),
        may_react=(found.own or runs) and bool(answers) and answers[0]["may_react"], today=clock.today(),
    )  # fmt: skip
    return render(request, "drafting/suggestion.html", page)


def answers_to(found: Any) -> list[dict[str, Any]]:
    """Every answer with what followed it, newest first; three queries, or none before the first answer."""
    if found.is_open and not found.was_answered:
        return []
    decisions = queries.decisions_of(found.pk)
    reactions = queries.reactions_to(found.pk) if found.was_replied_to else {}
    passed_on = {one.outcome for one in decisions} & {Status.PASSED_ON}
    waiting = queries.waiting_of(found.pk) if passed_on else {}
    rows = [_answer(one, reactions.get(one.pk), waiting.get(one.pk)) for one in decisions]
    for row in rows[:1]:
        row["may_react"] = not found.is_open and not row["reaction"] and found.status != Status.WITHDRAWN
    return rows


def _stands(found: Suggestion, answers: list[dict[str, Any]]) -> bool:
    """Whether the answer now is that its words are in the text."""
    return not found.is_open and bool(answers) and bool(answers[0]["taken_in"])


def _moment_before(found: Suggestion, answers: list[dict[str, Any]]) -> int | None:
    """Where the text stood before the acceptance that is the answer now, if it can be taken back."""
    return queries.moment_before(answers[0]["decision"], found.document) if _stands(found, answers) else None


def _answer(decision: Decision, reaction: Reaction | None, waiting: PassedOn | None) -> dict[str, Any]:
    version, taken_in = queries.version_of(decision), decision.outcome in TAKEN_IN
    return {
        "decision": decision, "version": version, "taken_in": taken_in, "reaction": reaction, "waiting": waiting,
        "may_react": False,
    }  # fmt: skip


@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, project_id: UUID, suggestion_id: UUID) -> HttpResponse:
    visit, found = queries.suggestion_for(request.user, project_id, suggestion_id, Purpose.DECIDE)
    desk = Desk(request, found)
    if desk.is_sent:
        try:
            operations.decide(
                by=request.user,
                project_id=project_id,
                suggestion_id=found.pk,
                key=desk.form.key,
                **desk.answer(),
            )
        except Refused as refused:
            desk.refuse(refused)
        else:
            tell(request, [found])
            return redirect("drafting:suggestion", project_id, suggestion_id)
    page = page_of(visit, found.document, "suggestions", suggestion=found, **desk.page())
    return render(request, "drafting/decide.html", page)


def tell(request: HttpRequest, suggestions: Iterable[Suggestion]) -> None:
    """Whoever has an e-mail address hears of the answer at once; the others wait in the queue to be told."""
    told = [
        operations.tell_by_email(
            by=request.user, project_id=one.project_id, suggestion_id=one.pk, link=link_to(request, one)
        )
        for one in suggestions
    ]
    if all(told):
        messages.success(request, _("The answer is on the record, and the suggester was told by e-mail."))
    else:
        messages.success(request, _("The answer is on the record. Tell the suggester, and note how."))


Final = tuple[
    str, Any, str, FinalText
]  # field, label, words shown, and the place with the words that it gets by itself


class Desk:
    """The form of an answer with what lies beside it: the suggestion, its changes, and what was decided meanwhile."""

    def __init__(self, request: HttpRequest, found: Any) -> None:
        self.found, self.posted = found, request.POST
        take = _chosen(request.GET)
        self.answers = answers_to(found)
        # Only on purpose: whoever answers over an acceptance that they have not seen is told of it.
        self.back_to = _moment_before(found, self.answers) if "take-back" in request.GET else None
        self.shown = queries.shown(found, found.document, take, self.back_to)
        self.take = take
        self.finals = _finals(found, self.shown, request.GET)
        newest = self.answers[0]["decision"].pk if self.answers else None
        self.form = DecideForm(
            request.POST or None, finals=[(name, label, words) for name, label, words, _place in self.finals],
            asks_due=found.due_on is None,
            initial={"seen_seq": found.document.seq, "doing": found.doing, "seen_answer": newest},
        )  # fmt: skip
        self.credit: list[Any] = []
        self.overtaken = False

    @property
    def is_sent(self) -> bool:
        """Whether the answer is to be saved, and not only looked at."""
        if "preview" not in self.posted:
            return self.form.is_bound and self.form.is_valid()
        # Only the final words are looked at, so nobody is told off for what they have not filled in yet.
        self.form.full_clean()
        self.form.errors.clear()
        self.credit = [
            share
            for field, _label, _shown, place in self.finals
            for share in shares(self.found, self.shown, place, self.form.cleaned_data.get(field, ""))
        ]
        return False

    def answer(self) -> dict[str, Any]:
        """What the operation is given: only final words that were written, and the answer that was in view."""
        typed = dict(self.form.cleaned_data)
        written = []
        for field, _label, _shown, place in self.finals:
            words = typed.pop(field)
            if words != place.text or self.take is not None:
                written.append(FinalText(words, place.block, place.after))
        typed["same_as_id"] = _same_as(self.found, typed.pop("same_as"))
        seen = typed.pop("seen_answer")
        back = {} if self.back_to is None else {"taking_back": seen}
        return {**typed, "final": written, "instead_of": seen, **back}

    def refuse(self, refused: Refused) -> None:
        """What was typed stays. Where somebody answered meanwhile, their answer is shown above it."""
        self.form.refuse(refused)
        fresh = queries.fresh(self.found)
        answers = answers_to(fresh)
        newest = answers[0]["decision"] if answers else None
        if newest and str(newest.pk) != self.posted.get("seen_answer"):
            self.overtaken, self.answers, self.found.status = True, answers, fresh.status
            # Sent once more, the answer comes after theirs, and both are kept.
            data = self.posted.copy()
            data["seen_answer"] = str(newest.pk)
            self.form.data = data

    def page(self) -> dict[str, Any]:
        final = _stands(self.found, self.answers) and self.back_to is None
        return {
            "shown": self.shown, "form": self.form, "needs_place": not self.finals, "answers": self.answers,
            "overtaken": self.overtaken, "credit": self.credit, "takes_back": self.back_to is not None,
            "may_send": not final and self.found.status != Status.WITHDRAWN, "changes": _changes(self.shown, self.take),
        }  # fmt: skip


def _chosen(asked: QueryDict) -> set[int] | None:
    """The changes that the decider takes, where they chose among several."""
    if "chosen" not in asked:
        return None
    return {int(value) for value in asked.getlist("take") if value.isascii() and value.isdigit()}


def _changes(shown: Shown, take: set[int] | None) -> list[dict[str, Any]]:
    """Each change of a suggestion that makes several, to be taken or left."""
    if len(shown.edits) < 2:
        return []
    return [
        {"number": number, "old": edit.quote.strip(), "new": edit.words.strip(),
         "taken": take is None or number in take}
        for number, edit in enumerate(shown.edits)
    ]  # fmt: skip


def _finals(found: Suggestion, shown: Shown, asked: QueryDict) -> list[Final]:
    """The places whose final words may be edited: all of a few, else only those that no longer fit."""
    if not shown.places:
        return _chosen_place(found, shown, asked)
    few = len(shown.places) <= MOST_FINALS and not shown.more
    places = shown.places if few else [place for place in shown.places if not place.fits]
    return [
        _final(number, place)
        for number, place in enumerate(places)
        if place.is_new or place.today is not None
    ]


def _final(number: int, place: ShownPlace) -> Final:
    words = body(place.as_suggested)
    if place.is_new:
        label = _("Final words of the new passage (%(number)d)") % {"number": number + 1}
        return f"final_{number}", label, words, FinalText(words, after=place.block)
    label = _("Final words of “%(passage)s”") % {"passage": short(place.today or "", 40)}
    return f"final_{number}", label, words, FinalText(words, block=place.block)


def _chosen_place(found: Suggestion, shown: Shown, asked: QueryDict) -> list[Final]:
    """For a suggestion in free words: the block that it was made on, or the one that was picked in the text."""
    block, after = asked.get("block", ""), asked.get("after", "")
    state = shown.today
    alive = {str(id) for id, _block in state.alive()}
    if after in alive:
        return [("final_0", _("Words of the new passage"), found.words, FinalText("", after=int(after)))]
    block = block if block in alive else str(found.block or "")
    if block not in alive:
        return []
    words = body(state.blocks[int(block)].text)
    label = _("Final words of “%(passage)s”") % {"passage": short(words, 40)}
    return [("final_0", label, words, FinalText(words, block=int(block)))]


def _same_as(found: Suggestion, ref: str) -> UUID | None:
    other = queries.suggestion_by_ref(found.project_id, ref) if ref else None
    return other.pk if other and other.pk != found.pk else None
