"""Telling us that a promise was missed, and answering."""

import secrets
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext as _

from coproduce.capabilities.accounts import operations as accounts
from coproduce.core import clock
from coproduce.core.access import NotThere, Purpose
from coproduce.core.events import post
from coproduce.core.findings import settle
from coproduce.core.operations import operation, record
from coproduce.core.text import clean
from coproduce.core.working_days import add_working_days

from .. import queries, rules
from ..events import PromiseMissed
from ..models import Breach, Charter

# Without letters and figures that are mistaken for each other when they are read aloud.
_LETTERS = "ACDEFGHJKLMNPQRTUVWXY34679"


def report_breach(
    *, project_id: UUID, words: str, key: UUID, commitment: int | None = None, may_show_words: bool = False,
    by: Any = None,
) -> Breach:  # fmt: skip
    """From the public page; nobody needs an account. The same `key` gives the same report."""
    known = queries.breach_sent_with(key)
    if known:
        return known
    try:
        return _come_in(
            by=by, project_id=project_id, words=words, form_key=key, commitment=commitment,
            may_show_words=may_show_words,
        )  # fmt: skip
    except IntegrityError:
        # The same form twice at the same moment: one of them has written it.
        known = queries.breach_sent_with(key)
        if known is None:
            raise
        return known


@operation
def _come_in(
    *, by: Any, project_id: UUID, words: str, form_key: UUID, commitment: int | None, may_show_words: bool
) -> Breach:
    visit, _charter = queries.public_breach(by, project_id)
    settle(rules.a_report_has_words(words))
    charter = Charter.objects.select_for_update(no_key=True).get(pk=project_id)
    charter.reports += 1
    charter.save(update_fields=["reports"])
    person = by or accounts.add_person(by=None, name=_("Someone who told us"))
    today = clock.today()
    breach = Breach(
        charter=charter, number=charter.reports, commitment=commitment, words=clean(words),
        may_show_words=may_show_words, person=person, code=_code(), told_on=today, told_at=clock.now(),
        due_on=add_working_days(today, queries.setting().answer_days, visit.project.jurisdiction),
        form_key=form_key,
    )  # fmt: skip
    breach.save(force_insert=True)
    record(
        by=person, verb="charter.report_breach", thing=breach, project_id=project_id,
        after={
            "number": breach.number, "commitment": commitment, "may_show_words": may_show_words,
            "told_on": today, "due_on": breach.due_on, **_words(breach),
        },
    )  # fmt: skip
    post(PromiseMissed(project_id, breach.pk, breach.due_on))
    return breach


@operation
def answer_breach(
    *, by: Any, project_id: UUID, breach_id: UUID, verdict: str, answer: str, key: UUID | None = None
) -> Breach:
    """Answer a report by name; everyone can read the answer."""
    queries.breach_for(by, project_id, breach_id, Purpose.DECIDE)
    breach = Breach.objects.select_for_update(no_key=True).filter(pk=breach_id).first()
    if breach is None:
        raise NotThere
    settle([
        *rules.a_breach_is_answered_once(answered=breach.answered_on is not None),
        *rules.an_answer_says_something(verdict, answer),
    ])  # fmt: skip
    breach.verdict, breach.answer = verdict, clean(answer)
    breach.answered_by, breach.answered_on = by, clock.today()
    breach.save(update_fields=["verdict", "answer", "answered_by", "answered_on"])
    record(
        by=by, verb="charter.answer_breach", thing=breach, project_id=project_id, before={"answered_on": None},
        after={
            "verdict": verdict, "answer": breach.answer, "answered_by_id": by.pk,
            "answered_on": breach.answered_on,
        },
    )  # fmt: skip
    return breach


def _words(breach: Breach) -> dict[str, str]:
    """Words that nobody else may read are not in the ledger either: more people may take the record out."""
    if breach.may_show_words:
        return {"words": breach.words}
    return {"fingerprint": sha256(breach.words.encode()).hexdigest()}


def _code() -> str:
    return "".join(secrets.choice(_LETTERS) for _place in range(8))
