"""How each table of the record is shown to people: its heading, its columns in order, and what hangs on a row.

Tables that are not here are for programs: they are in the data and as CSV.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from coproduce.core.findings import Words


@dataclass(frozen=True)
class Look:
    """`model` gives the words of coded values; `ref` the short name that people use, such as S07."""

    title: Words
    columns: Mapping[str, Words]
    model: str = ""
    ref: str = ""
    as_cards: bool = True
    # Tables whose rows belong to a row of this one, by the column that points at it.
    parts: Mapping[str, str] = field(default_factory=dict)


_WHO, _WHEN, _WORDS = _("Who"), _("When"), _("Words")

LOOKS: dict[str, Look] = {
    "projects": Look(
        _("The project"),
        {"title": _("Name"), "summary": _("What it is for"), "service_area": _("Service and area"),
         "jurisdiction": _("Where"), "started_at": _("Started")},
        "projects.project",
    ),
    "forewords": Look(
        _("Foreword"),
        {"trigger": _("What started it"), "why_now": _("Why now"), "if_nothing_changes": _("If nothing changes"),
         "stated_intents": _("What those who lead this want"), "intent_words": _("In their own words"),
         "saving_is_aim": _("Saving money is an aim"), "saving_amount": _("Pounds a year"), "saving_by": _("By"),
         "saving_spent_on": _("What the money is for"), "what_can_change": _("What people can change"),
         "what_cannot_change": _("What cannot change, and why not"), "who_decides": _("Who decides"),
         "decision_meeting": _("Meeting"), "decision_date": _("Decision date"),
         "involvement_ends": _("Taking part ends"), "decision_taken": _("The decision was already taken"),
         "commissioner": _("Who asked for the work"), "facilitation_paid_by": _("Who pays the facilitator"),
         "people_band": _("People it touches"), "money_band": _("Money involved"),
         "is_statutory": _("Required by law"), "tier": _("Size of the work"), "shared_at": _("Shared")},
        "projects.foreword",
    ),
    "options": Look(
        _("Options"),
        {"title": _("Option"), "outcome": _("What became of it"), "why": _("Why"), "decided_by": _("Decided by"),
         "decided_on": _("Decided on")},
        "projects.option", as_cards=False,
    ),
    "roles": Look(
        _("Who leads and who takes part"), {"person_id": _WHO, "role": _("Role"), "given_at": _("Since")},
        "projects.projectrole", as_cards=False,
    ),
    "groups": Look(
        _("Groups"),
        {"code": _("Code"), "name": _("Group"), "kind": _("Kind"), "why": _("Why they matter here"),
         "how_affected": _("How affected, 1 to 5"), "influence": _("Influence, 1 to 5"),
         "places_wanted": _("Places"), "missing": _("Who is missing")},
        "people.group",
    ),
    "seats": Look(
        _("People, as each chose to be named"),
        {"code": _("Seat"), "credit": _WHO, "main_group": _("Main group"), "other_groups": _("Other groups"),
         "capacity": _("Speaks for"), "quotes_agreed_on": _("Agreed to quotes")},
        "people.seat", as_cards=False,
    ),
    "rounds": Look(
        _("Rounds"),
        {"code": _("Code"), "title": _("Title"), "proposal": _("What people were told"), "wording": _("Questions"),
         "formats": _("Formats offered"), "opened_at": _("Opened"), "sealed_at": _("Sealed"),
         "sealed_by_id": _("Sealed by"), "state": _("State"), "root": _("Hash over all answers")},
        "rounds.round",
    ),
    "opened_answers": Look(
        _("Answers, opened at the seal"),
        {"invitation_id": _WHO, "content": _("Answer"), "is_late": _("Came late"), "opened_at": _("Opened")},
        "rounds.openedanswer",
    ),
    "second_answers": Look(
        _("Second answers, after reading the others"),
        {"invitation_id": _WHO, "me_rating": _("Me, −3 to 3"), "around_rating": _("People around me, −3 to 3"),
         "words": _WORDS, "given_at": _WHEN},
        "rounds.secondanswer", as_cards=False,
    ),
    "answers": Look(
        _("Commitments: proof that no answer was changed after it was given"),
        {"round_id": _("Round"), "commitment": _("Commitment"), "revision": _("Revision"), "is_late": _("Late")},
        as_cards=False,
    ),
    "themes": Look(_("Themes"), {"number": _("Number"), "name": _("Theme")}, ref="T{number}", as_cards=False),
    "barriers": Look(
        _("Barriers, in the words of those who raised them"),
        {"number": _("Barrier"), "statement": _("Words"), "raised_by_id": _("Raised by"), "group_id": _("Group"),
         "theme_id": _("Theme"), "level": _("Level"), "importance": _("Importance, 1 to 5"),
         "ease": _("Ease of removing, 1 to 5"), "response": _("Response"),
         "response_words": _("What the response is"), "lets_people": _("What it lets people do"),
         "owner_id": _("Who looks after it"), "due": _("By"), "merged_into_id": _("Merged into"),
         "checked_back": _("What the raiser says now"), "premortem": _("Premortem"),
         "likelihood": _("How likely"), "impact": _("How much harm"), "early_sign": _("Early sign")},
        "barriers.barrier", ref="B{number:02}",
        parts={"barrier_medians": "barrier_id", "barrier_evidence": "barrier_id", "barrier_notes": "barrier_id",
               "barrier_check_backs": "barrier_id"},
    ),
    "barrier_medians": Look(
        _("What each group says, as the middle of its people"),
        {"group": _("Group"), "importance": _("Importance, 1 to 5"), "ease": _("Ease of removing, 1 to 5"),
         "people": _("People")},
        as_cards=False,
    ),
    "barrier_evidence": Look(
        _("Evidence"),
        {"at": _WHEN, "by_id": _WHO, "words": _WORDS, "address": _("Web address"), "cited_ref": _("Document"),
         "taken_out_at": _("Taken out")},
        as_cards=False,
    ),
    "barrier_askings": Look(
        _("Raisers asked what became of their barriers"), {"on": _WHEN, "person_id": _WHO, "by_id": _("Asked by")},
        as_cards=False,
    ),
    "barrier_notes": Look(_("Notes"), {"at": _WHEN, "by_id": _WHO, "words": _WORDS}, as_cards=False),
    "barrier_check_backs": Look(
        _("Checked back"), {"on": _WHEN, "person_id": _WHO, "said": _("Says that it is"), "words": _WORDS},
        "barriers.said", as_cards=False,
    ),
    "facilitation": Look(
        _("Facilitation"),
        {"paid_by": _("Who pays the facilitator"), "interests": _("Interests"),
         "statement": _("How they stay neutral"), "co_facilitator_id": _("Co-facilitator from the community"),
         "target_percent": _("Labs that citizens should facilitate, %"), "training": _("Training")},
    ),
    "facilitation_handed_on": Look(
        _("Facilitation handed on"),
        {"at": _WHEN, "from_person_id": _("From"), "to_person_id": _("To"), "what": _("What")}, as_cards=False,
    ),
    "labs": Look(
        _("Labs, each with the label that those who came give it"),
        {"code": _("Lab"), "label": _("Label"), "question": _("Question"), "level": _("What people could change"),
         "date": _("Date"), "starts_at": _("Start"), "minutes": _("Minutes"), "place": _("Place"),
         "ways": _("Ways to take part"), "round_id": _("Opened by the round"),
         "opening_write_done": _("Began with writing alone"), "attended": _("People who came"),
         "citizens": _("Citizens among them"), "facilitator_ids": _("Facilitated by"),
         "led_by_citizen": _("A citizen facilitated"), "recognition": _("Offered for people’s time"),
         "content_warning": _("May be hard to hear"), "safeguarding_name": _("Safeguarding"),
         "pause_signal": _("Signal to pause or leave"), "ground_rules": _("Ground rules"),
         "ground_rules_agreed": _("Ground rules agreed"), "interruptions": _("Interruptions"),
         "silent_invited": _("Quiet people invited to speak"), "energy_in": _("Energy at the start, people at 1 to 5"),
         "energy_out": _("Energy at the end, people at 1 to 5"), "debrief": _("Debrief")},
        "labs.lab",
        parts={"lab_groups": "lab_id", "lab_agenda": "lab_id", "lab_ideas": "lab_id", "lab_decisions": "lab_id",
               "lab_parked": "lab_id", "lab_jargon": "lab_id"},
    ),
    "lab_groups": Look(
        _("Who came and who spoke"),
        {"group_id": _("Group"), "invited": _("Invited"), "attended": _("Came"), "turns": _("Turns"),
         "voice_ratio": _("Voice ratio")},
        as_cards=False,
    ),
    "lab_agenda": Look(
        _("Agenda"),
        {"place": _("Place"), "title": _("What happens"), "minutes": _("Minutes"), "owner_id": _("Who leads it")},
        as_cards=False,
    ),
    "lab_ideas": Look(
        _("Ideas"),
        {"words": _WORDS, "group_id": _("From"), "person_id": _WHO, "elsewhere_by": _("Decided elsewhere by"),
         "elsewhere_why": _("Because"), "elsewhere_on": _("On")},
        as_cards=False,
    ),
    "lab_decisions": Look(
        _("Decisions"), {"words": _WORDS, "how": _("How"), "dissent": _("Who saw it differently")},
        "labs.labdecision", as_cards=False,
    ),
    "lab_parked": Look(_("Parked"), {"words": _WORDS, "until": _("Comes up again")}, as_cards=False),
    "lab_jargon": Look(_("Jargon jar"), {"word": _("Word"), "meaning": _("In plain words")}, as_cards=False),
    "prototypes": Look(
        _("Prototypes"),
        {"number": _("Number"), "lab_id": _("Lab"), "what": _("What was tried"), "with_whom": _("With whom"),
         "begins": _("From"), "ends": _("To"), "expect": _("What was expected"), "how_know": _("How we know"),
         "result": _("What was found"), "next_step": _("Next")},
        "labs.prototype", ref="TR{number}",
    ),
    "ballots": Look(
        _("Ballots"),
        {"number": _("Ballot"), "title": _("What people vote about"), "intro": _("Introduction"),
         "state": _("State"), "who": _("Who may vote"), "shown": _("Results shown"), "opened_at": _("Opened"),
         "closed_at": _("Closed"), "people_at_close": _("People who voted"), "votes_at_close": _("Votes"),
         "digest": _("What fixes all votes")},
        "voting.ballot", ref="V{number}", parts={"ballot_statements": "ballot_id"},
    ),
    "ballot_statements": Look(
        _("Statements"),
        {"number": _("Number"), "text": _WORDS, "standing": _("State"), "origin_ref": _("From"),
         "why_replaced": _("Replaces another, because")},
        "voting.statement", as_cards=False,
    ),
    "moderation": Look(
        _("What was settled about statements"),
        {"at": _WHEN, "statement_id": _("Statement"), "standing": _("What"), "reason": _("Reason"),
         "words": _WORDS, "by_id": _("By")},
        "voting.moderation", as_cards=False,
    ),
    "vote_evidence": Look(
        _("Results of votes used as evidence"),
        {"linked_ref": _("For"), "statement_id": _("Statement"), "figure_on": _("Day of the result"),
         "by_id": _("By"), "taken_back_at": _("Taken back"), "why_taken_back": _("Why")},
        "insights.evidence", as_cards=False,
    ),
    "documents": Look(
        _("Documents"),
        {"code": _("Code"), "title": _("Title"), "answers_by": _("Answers promised by"),
         "started_by_id": _("Started by"), "started_at": _("Started")},
        as_cards=False,
    ),
    "versions": Look(
        _("Versions"),
        {"major": _("Version"), "day": _("Date"), "author_id": _("Author"), "summary": _("What is new"),
         "status": _("Status")},
        "drafting.version", ref="{major}.{minor}", as_cards=False,
    ),
    "suggestions": Look(
        _("Suggestions, and what was decided"),
        {"number": _("Suggestion"), "kind": _("Kind"), "words": _WORDS, "reason": _("Reason"),
         "section": _("Section"), "page": _("Page"), "author_id": _("Made by"), "group_id": _("Group"),
         "said_on": _WHEN, "channel": _("How it came"), "base_version_id": _("On version"),
         "status": _("Status"), "withdrawn_because": _("Withdrawn because")},
        "drafting.suggestion", ref="S{number:02}",
        parts={"suggested_edits": "suggestion_id", "suggestion_barriers": "suggestion_id",
               "supports": "suggestion_id", "decisions": "suggestion_id", "reactions": "suggestion_id",
               "redactions": "suggestion_id"},
    ),
    "supports": Look(
        _("Supported by others"), {"at": _WHEN, "group_id": _("Group"), "why": _("Why"),
                                   "taken_back_at": _("Taken back")}, as_cards=False,
    ),
    "reactions": Look(
        _("What the suggester says of the answer"),
        {"at": _WHEN, "verdict": _("Satisfied"), "words": _WORDS, "asks_again": _("Asks again")},
        "drafting.reaction", as_cards=False,
    ),
    "redactions": Look(
        _("Words taken out"), {"at": _WHEN, "by_id": _WHO, "reason": _("Why")}, as_cards=False
    ),
    "passed_on": Look(
        _("Passed on, with the reply"),
        {"to": _("To"), "sent_on": _("Sent on"), "reminders": _("Reminders"), "replied_on": _("Replied on"),
         "reply": _WORDS},
        as_cards=False,
    ),
    "suggestion_barriers": Look(_("Barriers that it is about"), {"barrier_id": _("Barrier")}, as_cards=False),
    "suggested_edits": Look(
        _("Change asked for"), {"quote": _("These words"), "words": _("Become")}, as_cards=False
    ),
    "decisions": Look(
        _("Decision"),
        {"outcome": _("Decision"), "reason": _("Why"), "reason_code": _("Kind of reason"),
         "cost_amount": _("Cost in pounds"), "done_instead": _("Done instead"), "sent_to": _("Passed on to"),
         "decided_by_id": _("Decided by"), "decided_on": _("Decided on"), "due_on": _("Answer promised by"),
         "told_on": _("Told on")},
        "drafting.decision",
    ),
    "actions": Look(
        _("Actions"),
        {"number": _("Action"), "what": _("What"), "specific": _("Exactly"), "owner_id": _("Owner"),
         "co_owner_ids": _("Together with"), "start": _("Start"), "end": _("End"), "times_moved": _("Times moved"),
         "measure": _("Measure"), "baseline": _("Today"), "target": _("Target"), "result": _("What it leads to"),
         "cost": _("Cost in pounds"), "status": _("Status"), "status_why": _("Why"), "reached": _("Reached, %"),
         "measure_result": _("What was measured"), "evidence": _("Proof")},
        "plans.action", ref="A{number:02}",
        parts={"date_changes": "action_id", "action_links": "action_id", "action_notes": "action_id"},
    ),
    "date_changes": Look(
        _("Dates moved"), {"at": _WHEN, "was": _("Was"), "now": _("Became"), "why": _("Why"), "by_id": _WHO},
        as_cards=False,
    ),
    "action_links": Look(_("Carries on"), {"linked_ref": _("Number")}, as_cards=False),
    "action_notes": Look(_("Notes"), {"at": _WHEN, "by_id": _WHO, "words": _WORDS}, as_cards=False),
    "handovers": Look(
        _("Handed over"),
        {"at": _WHEN, "from_person_id": _("From"), "to_person_id": _("To"), "note": _("Note")}, as_cards=False,
    ),
    "commitments": Look(
        _("Standing commitments"),
        {"number": _("Commitment"), "what": _("What"), "result": _("What it leads to"),
         "in_force_from": _("In force from"), "check_date": _("Checked on"), "checker_id": _("Checked by"),
         "last_result": _("Last result")},
        "plans.standingcommitment", ref="C{number:02}",
        parts={"commitment_links": "commitment_id", "checks": "commitment_id"},
    ),
    "commitment_links": Look(_("Carries on"), {"linked_ref": _("Number")}, as_cards=False),
    "checks": Look(
        _("Checks"), {"at": _WHEN, "by_id": _WHO, "result": _("Result"), "words": _WORDS}, "plans.check",
        as_cards=False,
    ),
    "plan_reviews": Look(
        _("Reviews of the plan"), {"at": _WHEN, "by_id": _WHO, "words": _WORDS, "next_on": _("Next review")},
        "plans.planreview", as_cards=False,
    ),
    "plan_imports": Look(
        _("Spreadsheets brought in"),
        {"at": _WHEN, "by_id": _WHO, "state": _("State"), "undone_at": _("Undone on")}, "plans.planimport",
        as_cards=False,
    ),
    "statements": Look(
        _("Statements"),
        {"number": _("Statement"), "heading": _("About"), "said": _("You said"), "did": _("We did"),
         "will": _("We will"), "will_by": _("By"), "could_not": _("We could not"), "reason": _("Why"),
         "cost": _("Cost"), "place": _("Where in the document"), "easy_said": _("You said, in Easy Read"),
         "easy_came": _("What came of it, in Easy Read"), "together_words": _("Done together"),
         "responsible_id": _("Responsible"), "suggestions": _("Suggestions")},
        "feedback.statement", ref="Y{number:02}", parts={"updates": "statement_id"},
    ),
    "updates": Look(
        _("Updates"),
        {"on": _WHEN, "progress": _("How it stands"), "words": _WORDS, "new_date": _("New date"),
         "next_on": _("Next update"), "written_by_id": _WHO},
        "feedback.update", as_cards=False,
    ),
    "letters": Look(
        _("Letters with people's own points"),
        {"made_at": _("Made"), "kind": _("Letter"), "person_id": _("To"), "state": _("How it stands"),
         "sent_on": _("Sent")},
        "feedback.letter", as_cards=False,
    ),
    "publications": Look(
        _("Published"),
        {"number": _("Number"), "published_at": _WHEN, "published_by_id": _("By"), "introduction": _("Introduction")},
        "feedback.publication",
    ),
    "equality_assessments": Look(
        _("Equality impact assessment"),
        {"begun_on": _("Begun"), "affects": _("People could be affected"), "why": _("Why"),
         "screened_on": _("Screened"), "previous_actions": _("What the one before asked for"),
         "previous_improved": _("What has improved"), "intersections": _("People in several groups"),
         "cumulative": _("Together with other changes"), "aim_discrimination": _("End discrimination"),
         "aim_equality": _("Advance equality"), "aim_relations": _("Good relations"),
         "after_consultation": _("What the consultation changed"), "conclusion": _("Conclusion"),
         "conclusion_why": _("Why this conclusion"), "assessor_id": _("Assessor"), "reviewer_id": _("Reviewer"),
         "decision_maker_id": _("Decision-maker"), "monitoring_on": _("Looked at again"),
         "published_on": _("Published")},
        "equality.assessment",
    ),
    "equality_rows": Look(
        _("Group by group"),
        {"characteristic": _("Group"), "name": _("Name"), "know": _("What we know"), "source": _("Source"),
         "told": _("What people tell us"), "impacts": _("What it means"), "impact_words": _("For whom"),
         "size": _("Size"), "likelihood": _("Likelihood"), "can_do": _("What we can do"),
         "plan": _("How to find out"), "plan_by": _("By")},
        "equality.row", parts={"equality_links": "row_id"},
    ),
    "equality_links": Look(
        _("Links of a group"), {"side": _("Column"), "linked_kind": _("Kind"), "linked_ref": _("Number")},
        "equality.rowlink", as_cards=False,
    ),
    "equality_versions": Look(
        _("Versions of the assessment"),
        {"number": _("Version"), "kind": _("Kind"), "day": _("Day"), "by_id": _("By"), "note": _("What it is")},
        "equality.version", as_cards=False,
    ),
    "equality_readings": Look(
        _("Read by those who decide"), {"person_id": _WHO, "day": _("Day")}, "equality.reading", as_cards=False,
    ),
    "monitoring_tables": Look(
        _("Equality monitoring"),
        {"number": _("Table"), "day": _("Day"), "forms": _("Forms"), "threshold": _("Counts under this are hidden")},
        "equality.monitoringtable", as_cards=False,
    ),
    "sign_offs": Look(
        _("Sign-off"),
        {"title": _("Title"), "version_id": _("Version"), "state": _("State"), "decision": _("Decision"),
         "decided_on": _("Decided on"), "meeting": _("Meeting"), "owner_id": _("Owner"),
         "facilitator_id": _("Facilitator"), "equality_reference": _("Equality impact assessment"),
         "formats": _("Formats"),
         "gunning_4": _("How what people told us was taken into account"), "review_on": _("Looked at again"),
         "signed_by_id": _("Signed by"), "signed_at": _("Signed"),
         "override_reason": _("Signed despite a gap, because"),
         "suggestions_answered": _("Suggestions, all answered"), "promises": _("Promises"),
         "promises_left": _("Promises that nothing carries"), "reviewed_on": _("Last reviewed"),
         "next_review_on": _("Next review")},
        "signoff.signoff", parts={"sign_off_makers": "sign_off_id", "barriers_left": "sign_off_id"},
    ),
    "sign_off_makers": Look(
        _("How each who decided took into account what people said"),
        {"person_id": _WHO, "stated_on": _WHEN, "statement": _WORDS}, as_cards=False,
    ),
    "review_reminders": Look(
        _("Reminders of the review"),
        {"at": _WHEN, "person_id": _("To"), "due_on": _("Review on"), "state": _("How it stands")},
        "signoff.reminder", as_cards=False,
    ),
    "annual_reviews": Look(
        _("Reviews"),
        {"number": _("Number"), "due_on": _("Due on"), "state": _("State"), "opened_at": _("Opened"),
         "still_needed": _("Still needed"), "needs_change": _("What needs to change"),
         "did_not_work": _("What did not work"), "learned": _("What we learned"),
         "equality": _("Who gained, and who did not"), "outcome": _("Decision"), "outcome_why": _("Why"),
         "new_version_id": _("New version"), "celebration": _("Celebration"),
         "next_review_on": _("Looked at again"), "closed_by_id": _("Closed by"), "closed_at": _("Closed"),
         "override_reason": _("Closed despite a gap, because")},
        "review.review", parts={"review_benefits": "review_id", "review_voices": "review_id"},
    ),
    "review_benefits": Look(
        _("Benefits, by a figure"),
        {"indicator": _("What is measured"), "baseline": _("Before"), "target": _("What was wanted"),
         "now": _("Now"), "note": _("Note")},
        as_cards=False,
    ),
    "review_voices": Look(
        _("What people say a year on"),
        {"at": _WHEN, "person_id": _WHO, "still_needed": _("Still needed"), "words": _WORDS},
        "review.voice", as_cards=False,
    ),
    "review_letters": Look(
        _("Letters of the review"),
        {"made_at": _("Made"), "kind": _("Letter"), "person_id": _("To"), "state": _("How it stands"),
         "sent_on": _("Sent")},
        "review.yearletter", as_cards=False,
    ),
    "barriers_left": Look(
        _("Important barriers without a response"),
        {"ref": _("Barrier"), "person_id": _("Who looks after it"), "due": _("By")}, as_cards=False,
    ),
    "charters": Look(
        _("Charter"),
        {"title": _("Title"), "scope": _("What it covers"), "citizens_do": _("What citizens and partners do"),
         "staff_do": _("What staff do"), "incentives": _("What people get for taking part"),
         "conflict": _("How a conflict is settled"), "response_time": _("How soon people get an answer"),
         "review_on": _("Looked at again"), "published_at": _("Published"), "published_by_id": _("By")},
        "charter.charter", parts={"charter_signatories": "charter_id"},
    ),
    "charter_signatories": Look(
        _("Who signs"),
        {"organisation": _("Organisation"), "person": _("Name"), "role": _("Role"), "signed_on": _("Signed on"),
         "left_on": _("Left on")}, as_cards=False,
    ),
    "missed_promises": Look(
        _("Promises that people say were missed"),
        {"number": _("Number"), "commitment": _("Commitment"), "words": _WORDS, "told_on": _WHEN,
         "due_on": _("Answer due"), "verdict": _("Was it missed?"), "answer": _("Answer"),
         "answered_by_id": _("By"), "answered_on": _("Answered on")},
        "charter.breach",
    ),
    "charter_views": Look(
        _("Rounds in which people rated the charter"), {"round_id": _("Round"), "at": _WHEN}, as_cards=False,
    ),
}  # fmt: skip

# What is shown inside the rows of another table.
INSIDE = frozenset(name for look in LOOKS.values() for name in look.parts)

# The parts of an answer in a round, which is kept as one value.
ANSWER: dict[str, Words] = {
    "me": _("Me"),
    "around": _("People around me"),
    "intention": _("What those who lead this want"),
    "basis": _("What this is built on"),
    "confidence": _("How sure, 1 to 5"),
    "question": _("A question"),
    "barriers": _("What could get in the way"),
}
