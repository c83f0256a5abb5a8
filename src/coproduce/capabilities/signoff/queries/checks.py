"""What must be so before anyone signs, one line a check, in the order of the page."""

from collections.abc import Iterator
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from coproduce.capabilities.barriers import queries as barriers
from coproduce.capabilities.consultation import queries as consultation
from coproduce.capabilities.drafting import queries as drafting
from coproduce.capabilities.equality import queries as equality
from coproduce.capabilities.people import queries as people
from coproduce.capabilities.people.terms import NeedKind
from coproduce.capabilities.plans import queries as plans
from coproduce.capabilities.questions import queries as questions
from coproduce.capabilities.questions.terms import Stage
from coproduce.core.findings import Finding, Words

from .. import rules
from .lists import credits_of, unanswered
from .readiness import FACILITATOR, LEADERS, Check, Facts, add_check


def _text(facts: Facts) -> Iterator[Finding]:
    return rules.there_is_something_to_sign(_has_text(facts))


def _has_text(facts: Facts) -> bool:
    """Whether the document that was chosen has a version; before one is chosen, whether there is any."""
    if facts.sign_off.document_id:
        return drafting.last_version(facts.sign_off.document_id) is not None
    return drafting.documents_of(facts.project_id).exists()


def _details(facts: Facts) -> Iterator[Finding]:
    yield from rules.nothing_is_left_blank(facts.sign_off)
    yield from rules.the_decision_was_taken(facts.sign_off.decided_on, facts.today)


def _equality(facts: Facts) -> Iterator[Finding]:
    yield from equality.findings_at_sign_off(facts.project_id, facts.sign_off.decided_on)
    yield from rules.the_assessment_does_not_say_stop(equality.conclusion_of(facts.project_id))


def _questions(facts: Facts) -> Iterator[Finding]:
    return iter(questions.findings_at(facts.project_id, Stage.DECISION))


def _who_looks_after(facts: Facts, finding: Finding) -> Words:
    """The person who is named for the barrier, with the day; else those who can name one."""
    one = next((one for one in facts.left if one.ref == finding.subject), None)
    if one is None or one.owner is None or one.due is None:
        return LEADERS
    words = {"name": one.owner.shown_name, "day": date_format(one.due, "j F Y")}
    return _("%(name)s, by %(day)s") % words


def _suggestions(facts: Facts) -> Iterator[Finding]:
    return rules.every_suggestion_is_answered(unanswered(facts.project_id))


def _where_suggestions_wait(facts: Facts, finding: Finding) -> str:
    if facts.sign_off.document_id:
        return reverse("drafting:queue", args=[facts.project_id, facts.sign_off.document_id])
    return reverse("drafting:documents", args=[facts.project_id])


def _promises(facts: Facts) -> list[Finding]:
    return plans.promises_without_action(facts.project_id, facts.promises, at_sign_off=True)


def _where_the_promise_is(facts: Facts, finding: Finding) -> str:
    one = next((one for one in facts.promises if one.ref == finding.subject), None)
    return reverse("drafting:suggestion", args=[facts.project_id, one.pk]) if one else ""


def _considered(facts: Facts) -> Iterator[Finding]:
    return rules.each_says_how_they_considered(facts.makers, facts.sign_off.decided_on)


def _who_considers(facts: Facts, finding: Finding) -> Words:
    name = next((one.person.shown_name for one in facts.makers if _is_about(finding, one.person_id)), "")
    return _("%(name)s, signed in") % {"name": name} if name else FACILITATOR


def _where_they_consider(facts: Facts, finding: Finding) -> str:
    """Their own page for those who decide; for others only the place where they are named."""
    if not facts.makers:
        return reverse("signoff:write", args=[facts.project_id])
    mine = facts.person is not None and _is_about(finding, facts.person.pk)
    return reverse("signoff:consider", args=[facts.project_id]) if mine else ""


def _is_about(finding: Finding, person_id: UUID) -> bool:
    return finding.subject == str(person_id)


def _gunning(facts: Facts) -> Iterator[Finding]:
    return rules.the_first_three_gunning_tests_have_evidence(facts.asked)


def _formats(facts: Facts) -> Iterator[Finding]:
    needs = people.needs_of(facts.project_id).filter(kind=NeedKind.FORMAT).values_list("need", flat=True)
    waiting = consultation.formats_not_ready([one.pk for one in facts.asked], facts.today)
    return rules.the_text_can_be_had_in_each_format(needs, facts.sign_off.formats, waiting)


def _credits(facts: Facts) -> Iterator[Finding]:
    named, unnamed = credits_of(facts.project_id)
    return rules.people_are_named_as_they_chose(len(named), unnamed)


def _reminders(facts: Facts) -> Iterator[Finding]:
    owner, facilitator = facts.sign_off.owner, facts.sign_off.facilitator
    if owner is None or facilitator is None:
        return iter(())
    return rules.both_are_reminded(
        manager=owner.shown_name, facilitator=facilitator.shown_name, review_on=facts.sign_off.review_on
    )


CHECKS = (
    Check("text", _("There is a master copy to sign"), _text, where="signoff:write"),
    Check("details", _("The decision is written down"), _details, where="signoff:write"),
    Check("suggestions", _("Every suggestion has its answer"), _suggestions, where=_where_suggestions_wait),
    Check("barriers", _("Each important barrier has a response, or a person and a date"),
          lambda facts: barriers.findings_at_sign_off(facts.project_id, facts.left), _who_looks_after,
          "signoff:barriers"),
    Check("promises", _("Something carries each promise"), _promises, FACILITATOR, _where_the_promise_is),
    Check("gunning", _("Gunning 1 to 3: each consultation has its evidence"), _gunning, FACILITATOR,
          "consultation:consultations"),
    Check("considered", _("Gunning 4: everyone who decides said how they considered it"), _considered,
          _who_considers, _where_they_consider),
    Check("equality", _("The equality impact assessment is done, and was read before the decision"), _equality,
          where="equality:assessment"),
    Check("questions", _("Each kind of hard question is asked and answered"), _questions, where="questions:log"),
    Check("formats", _("People can have the text in the formats they need"), _formats, FACILITATOR, "signoff:write"),
    Check("credits", _("People are thanked as each of them chose"), _credits, FACILITATOR, "people:people"),
    Check("review", _("The review is within 12 months"),
          lambda facts: rules.the_review_is_within_a_year(facts.sign_off), where="signoff:write"),
    Check("reminders", _("Manager and facilitator are reminded by themselves"), _reminders),
)  # fmt: skip

for one in CHECKS:
    add_check(one)
