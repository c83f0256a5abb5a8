"""What a record holds, capability by capability, in the order of the chain."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coproduce.capabilities.approach import queries as approach
from coproduce.capabilities.barriers import queries as barriers
from coproduce.capabilities.charter import queries as charter
from coproduce.capabilities.consultation import queries as consultation
from coproduce.capabilities.drafting import queries as drafting
from coproduce.capabilities.equality import queries as equality
from coproduce.capabilities.feedback import queries as feedback
from coproduce.capabilities.insights import queries as insights
from coproduce.capabilities.labs import queries as labs
from coproduce.capabilities.live import queries as live
from coproduce.capabilities.people import queries as people
from coproduce.capabilities.plans import queries as plans
from coproduce.capabilities.projects import queries as projects
from coproduce.capabilities.questions import queries as questions
from coproduce.capabilities.review import queries as review
from coproduce.capabilities.rounds import queries as rounds
from coproduce.capabilities.signoff import queries as signoff
from coproduce.capabilities.voting import queries as voting
from coproduce.core.findings import Words

Row = Mapping[str, Any]
Rows = Callable[[UUID], Mapping[str, Sequence[Row]]]


@dataclass(frozen=True)
class Section:
    """One capability's part: `kinds` names the tables whose every row the ledger speaks of, and as what."""

    name: str
    title: Words
    rows: Rows
    kinds: Mapping[str, str] = field(default_factory=dict)


class Text(NamedTuple):
    """The words of one version, as one file of the pack."""

    path: str
    title: str
    content: bytes

    @property
    def words(self) -> str:
        return self.content.decode()


SECTIONS = (
    Section("projects", gettext_lazy("The project and its foreword"), projects.rows_for_record,
            {"projects": "projects.project", "options": "projects.option", "roles": "projects.projectrole",
             "foreword_changes": "projects.forewordchange"}),
    Section("people", gettext_lazy("People"), people.rows_for_record,
            {"groups": "people.group", "seats": "people.seat"}),
    Section("questions", gettext_lazy("Socratic log"), questions.rows_for_record,
            {"socratic_questions": "questions.question", "socratic_answers": "questions.answer"}),
    Section("rounds", gettext_lazy("Rounds of questions"), rounds.rows_for_record,
            {"rounds": "rounds.round", "answers": "rounds.answer", "comments": "rounds.comment"}),
    Section("live", gettext_lazy("Live sessions"), live.rows_for_record, {"live_sessions": "live.session"}),
    Section("approach", gettext_lazy("Approach to each decision"), approach.rows_for_record,
            {"approach_decisions": "approach.decision", "levels_asked": "approach.levelasked"}),
    Section("barriers", gettext_lazy("Barriers"), barriers.rows_for_record,
            {"themes": "barriers.theme", "barriers": "barriers.barrier", "barrier_notes": "barriers.note",
             "barrier_intakes": "barriers.intake", "barrier_check_backs": "barriers.said",
             "barrier_evidence": "barriers.evidence", "barrier_askings": "barriers.asking"}),
    Section("labs", gettext_lazy("Labs and facilitation"), labs.rows_for_record,
            {"facilitation": "labs.facilitation", "facilitation_handed_on": "labs.handedon", "labs": "labs.lab",
             "lab_turns": "labs.turn", "lab_agenda": "labs.agendaitem", "lab_ideas": "labs.idea",
             "lab_decisions": "labs.labdecision", "lab_parked": "labs.parkeditem", "lab_jargon": "labs.jargon",
             "prototypes": "labs.prototype"}),
    Section("voting", gettext_lazy("Votes on statements"), voting.rows_for_record,
            {"ballots": "voting.ballot", "ballot_statements": "voting.statement"}),
    Section("insights", gettext_lazy("What the votes say"), insights.rows_for_record,
            {"vote_results": "insights.result", "vote_evidence": "insights.evidence"}),
    Section("drafting", gettext_lazy("Master copy, suggestions and decisions"), drafting.rows_for_record,
            {"documents": "drafting.document", "suggestions": "drafting.suggestion",
             "decisions": "drafting.decision", "versions": "drafting.version",
             "word_uploads": "drafting.wordupload"}),
    Section("plans", gettext_lazy("Actions and standing commitments"), plans.rows_for_record,
            {"actions": "plans.action", "commitments": "plans.standingcommitment",
             "action_notes": "plans.actionnote", "checks": "plans.check", "handovers": "plans.handover",
             "plan_reviews": "plans.planreview", "plan_imports": "plans.planimport"}),
    Section("equality", gettext_lazy("Equality impact assessment"), equality.rows_for_record,
            {"equality_assessments": "equality.assessment", "equality_rows": "equality.row",
             "equality_versions": "equality.version", "equality_readings": "equality.reading",
             "monitoring_forms": "equality.survey", "monitoring_tables": "equality.monitoringtable"}),
    Section("consultation", gettext_lazy("Consultation"), consultation.rows_for_record,
            {"consultations": "consultation.consultation", "replies": "consultation.reply",
             "codes": "consultation.code", "code_readings": "consultation.reading"}),
    Section("feedback", gettext_lazy("You said, we did"), feedback.rows_for_record,
            {"reports": "feedback.report", "statements": "feedback.statement",
             "publications": "feedback.publication", "updates": "feedback.update",
             "letters": "feedback.letter"}),
    Section("signoff", gettext_lazy("Sign-off"), signoff.rows_for_record,
            {"sign_offs": "signoff.signoff", "sign_off_makers": "signoff.decisionmaker",
             "review_reminders": "signoff.reminder"}),
    Section("review", gettext_lazy("Annual review"), review.rows_for_record,
            {"annual_reviews": "review.review", "review_voices": "review.voice",
             "review_letters": "review.yearletter"}),
    Section("charter", gettext_lazy("Charter"), charter.rows_for_record,
            {"charters": "charter.charter", "missed_promises": "charter.breach"}),
)  # fmt: skip


def texts_of(project_id: UUID) -> Iterator[Text]:
    """The text of every version, to the byte, in order."""
    for document in drafting.documents_of(project_id):
        for version in drafting.versions_of(document.pk):
            facts = {"title": document.title, "number": version}
            yield Text(
                path=f"{document.code}/{version}.md",
                title=_("%(title)s, version %(number)s") % facts,
                content=drafting.text_of_version(version).encode(),
            )
