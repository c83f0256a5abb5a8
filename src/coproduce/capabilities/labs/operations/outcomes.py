"""What came of a lab: ideas, decisions, what was parked, words from the jar, and what will be tried."""

from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model

from coproduce.capabilities.people import queries as people
from coproduce.capabilities.plans import queries as plans
from coproduce.capabilities.projects import queries as projects
from coproduce.core import clock
from coproduce.core.access import NotThere, Purpose
from coproduce.core.findings import settle
from coproduce.core.operations import operation, record

from .. import queries, rules
from ..models import Idea, Jargon, Lab, LabDecision, ParkedItem, Prototype
from ..terms import How

Kept = TypeVar("Kept", bound=Model)


@operation
def add_idea(
    *,
    by: Any,
    project_id: UUID,
    lab_id: UUID,
    words: str,
    group_id: UUID | None = None,
    person: Any = None,
    key: UUID | None = None,
) -> Idea:
    """Keep an idea in the words in which it came, with the group or the person that it came from."""
    lab = _lab(by, project_id, lab_id)
    settle(rules.it_has_words(words))
    if person is not None and person.pk not in plans.members_by_id(project_id):
        raise NotThere
    group = people.group_in(project_id, group_id) if group_id else None
    idea = Idea(lab=lab, words=words, group=group, person=person, noted_by=by, noted_at=clock.now())
    return _keep(by, lab, idea, "labs.add_idea", words=words)


@operation
def decided_elsewhere(
    *,
    by: Any,
    project_id: UUID,
    lab_id: UUID,
    idea_id: UUID,
    who: str,
    why: str,
    on: date | None = None,
    key: UUID | None = None,
) -> Idea:
    """R55: an idea of this lab was settled somewhere else; who decided and why stand beside it from now on."""
    lab = _lab(by, project_id, lab_id)
    idea = queries.idea_in(lab, idea_id)
    idea.elsewhere_by, idea.elsewhere_why = who.strip(), why.strip()
    idea.elsewhere_on = on or clock.today()
    settle([*rules.an_idea_decided_elsewhere_is_shown(idea), *rules.it_has_words(who, "elsewhere_by")])
    idea.save(update_fields=["elsewhere_by", "elsewhere_why", "elsewhere_on"])
    record(
        by=by, verb="labs.decided_elsewhere", thing=idea, project_id=project_id,
        after={name: getattr(idea, name) for name in ("elsewhere_by", "elsewhere_why", "elsewhere_on")},
    )  # fmt: skip
    return idea


@operation
def add_decision(
    *,
    by: Any,
    project_id: UUID,
    lab_id: UUID,
    words: str,
    how: str = How.CONSENT,
    dissent: str = "",
    key: UUID | None = None,
) -> LabDecision:
    """Keep what the lab decided, how, and who saw it differently."""
    lab = _lab(by, project_id, lab_id)
    settle([*rules.it_has_words(words), *rules.dissent_is_told_of_a_sponsor(how, dissent)])
    decision = LabDecision(
        lab=lab, words=words, how=How(how), dissent=dissent, noted_by=by, noted_at=clock.now()
    )
    return _keep(by, lab, decision, "labs.add_decision", words=words, how=decision.how, dissent=dissent)


@operation
def add_parked(
    *, by: Any, project_id: UUID, lab_id: UUID, words: str, until: str = "", key: UUID | None = None
) -> ParkedItem:
    """Put something aside, with when or where it comes up again."""
    lab = _lab(by, project_id, lab_id)
    settle(rules.it_has_words(words))
    parked = ParkedItem(lab=lab, words=words, until=until, noted_by=by, noted_at=clock.now())
    return _keep(by, lab, parked, "labs.add_parked", words=words, until=until)


@operation
def add_jargon(
    *, by: Any, project_id: UUID, lab_id: UUID, word: str, meaning: str, key: UUID | None = None
) -> Jargon:
    """Put a word in the jar, with what it means in plain words."""
    lab = _lab(by, project_id, lab_id)
    settle([*rules.it_has_words(word, "word"), *rules.it_has_words(meaning, "meaning")])
    jargon = Jargon(lab=lab, word=word, meaning=meaning, noted_by=by, noted_at=clock.now())
    return _keep(by, lab, jargon, "labs.add_jargon", word=word, meaning=meaning)


@operation
def add_prototype(
    *,
    by: Any,
    project_id: UUID,
    lab_id: UUID,
    what: str,
    begins: date,
    ends: date,
    expect: str,
    how_know: str,
    with_whom: str = "",
    key: UUID | None = None,
) -> Prototype:
    """Say what will be tried, with whom and until when, what you expect, and how you will know."""
    lab = _lab(by, project_id, lab_id)
    settle(rules.a_prototype_is_told(what, expect, how_know, begins, ends))
    projects.take_turns(project_id)
    facts = {"what": what, "with_whom": with_whom, "begins": begins, "ends": ends, "expect": expect,
             "how_know": how_know}  # fmt: skip
    prototype = Prototype(
        lab=lab, number=queries.next_prototype_number(project_id), noted_by=by, noted_at=clock.now(), **facts
    )
    return _keep(by, lab, prototype, "labs.add_prototype", **facts)


@operation
def tell_result(
    *,
    by: Any,
    project_id: UUID,
    prototype_id: UUID,
    result: str,
    next_step: str,
    key: UUID | None = None,
) -> Prototype:
    """Say what was found, and whether it is kept, changed or stopped. Again corrects it."""
    queries.visit_labs(by, project_id, Purpose.RUN)
    prototype = queries.prototype_in(project_id, prototype_id)
    settle(rules.a_result_follows_the_trial(result, next_step, begins=prototype.begins, today=clock.today()))
    before = {"result": prototype.result, "next_step": prototype.next_step}
    prototype.result, prototype.next_step = result, next_step
    prototype.save(update_fields=["result", "next_step"])
    record(
        by=by, verb="labs.tell_result", thing=prototype, project_id=project_id, before=before,
        after={"result": result, "next_step": next_step},
    )  # fmt: skip
    return prototype


def _lab(by: Any, project_id: UUID, lab_id: UUID) -> Lab:
    _visit, lab = queries.lab_for(by, project_id, lab_id, Purpose.RUN)
    return lab


def _keep(by: Any, lab: Lab, thing: Kept, verb: str, **facts: Any) -> Kept:
    thing.save(force_insert=True)
    record(by=by, verb=verb, thing=thing, project_id=lab.project_id, after=facts)
    return thing
