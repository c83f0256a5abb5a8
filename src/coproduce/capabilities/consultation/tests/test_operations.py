"""The life of a consultation: planned, opened, replied to, closed, considered, decided."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from coproduce.capabilities.accounts import operations as accounts
from coproduce.capabilities.consultation import operations, queries
from coproduce.capabilities.consultation.models import Reply, Said
from coproduce.capabilities.consultation.operations import From, Words
from coproduce.capabilities.drafting import operations as drafting
from coproduce.capabilities.drafting import queries as master
from coproduce.capabilities.people import operations as people
from coproduce.capabilities.projects import operations as projects
from coproduce.capabilities.projects import queries as project_queries
from coproduce.core import clock
from coproduce.core.access import NotThere, Role
from coproduce.core.findings import Override, Refused
from coproduce.core.ids import uuid7
from coproduce.core.models import Payload

from .factories import AFTER, BEFORE, CLOSES, DURING, OPENS, Asking, make_asking

pytestmark = pytest.mark.django_db
URGENT = Override("The grant ends in May. Helen Marsh approves it.")


def rules_of(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {finding.rule for finding in refused.value.findings}


def subjects_of(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {finding.subject for finding in refused.value.findings}


def newest() -> dict[str, Any]:
    return Payload.objects.order_by("-entry__seq").first().content


@pytest.fixture
def asking() -> Asking:
    return make_asking()


@pytest.fixture
def opened() -> Asking:
    return make_asking(opened=True)


# Planning and opening


def test_without_a_closing_date_it_is_84_days(asking: Asking) -> None:
    planned = operations.plan(
        by=asking.facilitator, project_id=asking.draft.project.pk, version_id=asking.consultation.version_id,
        title="Another", opens_on=OPENS,
    )  # fmt: skip
    assert (planned.days, planned.number) == (84, 2)


def test_the_plan_begins_with_what_the_foreword_says(asking: Asking) -> None:
    leads = {"by": asking.facilitator, "project_id": asking.draft.project.pk}
    projects.write_foreword(**leads, changes={"what_can_change": "The hours.", "who_decides": "The Cabinet"})
    projects.share_foreword(**leads)
    planned = operations.plan(
        **leads, version_id=asking.consultation.version_id, title="Another", opens_on=OPENS
    )
    assert (planned.can_change, planned.who_decides) == ("The hours.", "The Cabinet")


def test_only_those_who_lead_plan_and_open(asking: Asking) -> None:
    for who in (asking.draft.citizen, accounts.add_person(by=None, name="A stranger")):
        with pytest.raises(NotThere):
            operations.open_consultation(**{**asking.lead, "by": who})
        with pytest.raises(NotThere):
            operations.change(**{**asking.lead, "by": who}, changes={"title": "Mine"})


def test_it_opens_and_says_so_in_the_ledger(asking: Asking) -> None:
    found = asking.open()
    assert found.is_opened
    assert newest()["after"]["days"] == 84
    with pytest.raises(Refused):
        asking.open()


def test_R06_nobody_is_asked_about_what_is_decided_already(asking: Asking) -> None:
    projects.write_foreword(
        by=asking.facilitator, project_id=asking.draft.project.pk, changes={"decision_taken": True},
        why_changed="Cabinet decided last night.",
    )  # fmt: skip
    with pytest.raises(Refused) as refused:
        asking.open(override=URGENT)
    assert rules_of(refused) == {"R06"}


def test_R38_a_consultation_opens_with_what_the_log_misses_on_its_record(asking: Asking) -> None:
    assert "R38" in {one["rule"] for one in asking.open().warnings}


def test_R74_eleven_days_open_only_with_a_name_and_a_reason_that_everyone_reads(asking: Asking) -> None:
    asking.change(closes_on=date(2025, 9, 19))
    with pytest.raises(Refused) as refused:
        asking.open()
    assert rules_of(refused) == {"R74"}
    found = asking.open(override=URGENT)
    assert [one["rule"] for one in found.despite] == ["R74"]
    assert (found.despite_reason, found.opened_by) == (URGENT.reason, asking.facilitator)
    assert newest()["override"] == URGENT.reason


def test_R75_a_short_time_opens_with_its_warning_on_the_record(asking: Asking) -> None:
    asking.change(closes_on=date(2025, 10, 13), why_short="The contract ends.")
    found = asking.open()
    [warning] = [one for one in found.warnings if one["rule"] == "R75"]
    assert "35 days" in warning["message"]
    assert "The contract ends." in warning["message"]
    assert "R75" in {one["rule"] for one in newest()["findings"]}


def test_R76_the_calendar_and_the_nations_holidays_are_looked_up(asking: Asking) -> None:
    keeper = accounts.add_command_line()
    operations.add_period(
        by=keeper,
        kind="school_holiday",
        name="Half term",
        starts_on=date(2025, 10, 27),
        ends_on=date(2025, 10, 31),
    )
    asking.change(closes_on=date(2025, 12, 26))
    messages = [one["message"] for one in asking.open().warnings if one["rule"] == "R76"]
    assert any("25 December, 26 December" in one for one in messages)
    assert any("Half term" in one for one in messages)


def test_R76_a_period_that_was_taken_out_warns_no_more(asking: Asking) -> None:
    keeper = accounts.add_command_line()
    added = operations.add_period(
        by=keeper, kind="pre_election", name="Elections", starts_on=OPENS, ends_on=date(2025, 9, 10)
    )
    assert any(one.rule == "R76" for one in queries.readiness(asking.consultation))
    operations.remove_period(by=keeper, period_id=added.pk)
    assert not any(one.rule == "R76" for one in queries.readiness(asking.consultation))


def test_only_the_administrator_of_the_installation_keeps_the_calendar(asking: Asking) -> None:
    facts = {"kind": "other", "name": "Move", "starts_on": OPENS, "ends_on": CLOSES}
    with pytest.raises(NotThere):
        operations.add_period(by=asking.facilitator, **facts)
    with pytest.raises(Refused):
        operations.add_period(by=accounts.add_command_line(), **facts | {"ends_on": date(2025, 1, 1)})


def test_R77_R03_a_named_person_answers_for_online_only_and_for_no_dropped_option(asking: Asking) -> None:
    option = queries.options_of(asking.draft.project.pk)[0]
    projects.write_option(
        by=asking.facilitator, project_id=asking.draft.project.pk, option_id=option.pk, title="Something",
        outcome="kept",
    )  # fmt: skip
    asking.change(channels=["web"])
    with pytest.raises(Refused) as refused:
        asking.open()
    assert rules_of(refused) == {"R77", "R03"}
    assert {one["rule"] for one in asking.open(override=URGENT).despite} == {"R77", "R03"}


def test_R79_no_reason_opens_it_without_its_promises(asking: Asking) -> None:
    asking.change(reviews_on=None, offers_outcomes=False)
    with pytest.raises(Refused) as refused:
        asking.open(override=URGENT)
    assert rules_of(refused) == {"R79"}
    assert subjects_of(refused) == {"reviews_on", "offers_outcomes"}


def test_C16_it_does_not_open_without_gunning_questions_and_honest_costs(asking: Asking) -> None:
    operations.set_questions(**asking.lead, questions=[])
    asking.change(gunning_time="", cost=" ", negative_effects="")
    with pytest.raises(Refused) as refused:
        asking.open(override=URGENT)
    assert subjects_of(refused) == {"questions", "gunning_time", "cost", "negative_effects"}


def test_what_people_rely_on_stays_once_it_is_open(opened: Asking) -> None:
    for changes in ({"closes_on": date(2025, 11, 1)}, {"can_change": "Nothing."}, {"sealed": True}):
        with pytest.raises(Refused):
            opened.change(**changes)
    with pytest.raises(Refused):
        operations.set_questions(**opened.lead, questions=[{"words": "Do you agree that it is good?"}])
    assert opened.change(mitigation="A drop-in more.").mitigation == "A drop-in more."


def test_R78_a_format_in_which_somebody_replied_stays_on_the_list(asking: Asking) -> None:
    formats = [{"kind": "easy_read", "detail": "", "ready_on": date(2025, 9, 29), "where": "By post"}]
    operations.set_formats(**asking.lead, formats=formats)
    assert {one["rule"] for one in asking.open().warnings} == {"R78", "R38"}
    [easy] = queries.formats_of(asking.consultation)
    assert easy.last_day(asking.consultation) == date(2025, 12, 22)
    asking.enter(asked_for=easy.pk)
    operations.set_formats(**asking.lead, formats=[])
    assert queries.formats_of(asking.consultation) == [easy]


# Replies


def test_somebody_without_an_account_replies(opened: Asking) -> None:
    reply = opened.reply("Night visits.", name="Margaret Finch", named=True, quote_consent=True)
    assert (reply.ref, reply.channel, reply.person.name, reply.person.email) == (
        "R001",
        "web",
        "Margaret Finch",
        None,
    )
    assert reply.entered_by is None
    [said] = queries.said_by([reply])[reply.pk]
    assert (said.words, said.question) == ("Night visits.", queries.questions_of(opened.consultation)[0])
    assert newest()["after"]["words"][0]["words"] == "Night visits."
    # The public stands at nobody's table, so the mix of the project stays as it is.
    assert not project_queries.roles_in(opened.draft.project.pk).filter(person=reply.person).exists()


def test_the_same_form_twice_is_one_reply(opened: Asking) -> None:
    key = uuid4()
    assert opened.reply(key=key).pk == opened.reply(key=key).pk
    assert Reply.objects.count() == Said.objects.count() == 1
    assert opened.again().replies == 1


def test_somebody_with_a_seat_replies_in_their_group(opened: Asking) -> None:
    leads = {"by": opened.facilitator, "project_id": opened.draft.project.pk}
    people.add_seat(**leads, main_group_id=opened.groups[1].pk, person=opened.draft.citizen)
    with clock.at(DURING):
        reply = operations.reply_online(
            by=opened.draft.citizen, consultation_id=opened.consultation.pk, said=[Words("Hello.")], sender=From(),
            key=uuid4(),
        )  # fmt: skip
    assert (reply.person, reply.group) == (opened.draft.citizen, opened.groups[1])


@pytest.mark.parametrize("when", [BEFORE, AFTER])
def test_online_replies_come_between_the_dates(opened: Asking, when: datetime) -> None:
    with clock.at(when), pytest.raises(Refused):
        operations.reply_online(
            consultation_id=opened.consultation.pk, said=[Words("Hello.")], sender=From(), key=uuid4()
        )
    assert not Reply.objects.exists()


def test_a_reply_without_words_is_refused(opened: Asking) -> None:
    with pytest.raises(Refused):
        opened.reply("  ")


def test_questions_passages_groups_of_others_are_not_there(opened: Asking) -> None:
    from django.http import Http404

    for said, sender in (
        (Words("X", question=uuid7()), From()), (Words("X", block=99_999), From()),
        (Words("X"), From(group_id=uuid7())),
    ):  # fmt: skip
        with clock.at(DURING), pytest.raises(Http404):
            operations.reply_online(
                consultation_id=opened.consultation.pk, said=[said], sender=sender, key=uuid4()
            )


def test_R109_paper_is_entered_with_its_code_and_read_back(opened: Asking) -> None:
    code = opened.consultation.short_code
    reply = opened.enter("In pencil.", channel="paper", paper_code=code.lower())
    assert (reply.entered_by, reply.read_back) == (opened.facilitator, True)
    with pytest.raises(Refused):
        opened.enter(channel="paper", paper_code="WRONG")
    opened.enter(read_back=False)
    assert "R109" in {one["rule"] for one in newest()["findings"]}


def test_a_session_speaks_for_several_people(opened: Asking) -> None:
    opened.enter(channel="session", people_count=12, sender=From(group_id=opened.groups[0].pk))
    opened.reply()
    counts = queries.counts(opened.again())
    assert (counts.replies, counts.people) == (2, 13)
    assert [(str(one.name), one.replies, one.people) for one in counts.by_group] == [
        ("People who use it", 1, 12), ("Unpaid carers", 0, 0), ("None of these groups", 1, 1),
    ]  # fmt: skip
    assert {one.key: one.replies for one in counts.by_channel if one.replies} == {"web": 1, "session": 1}


def test_late_paper_counts_until_its_day_and_is_marked_after_it(opened: Asking) -> None:
    opened.change(late_until=date(2025, 12, 8))
    with clock.at(datetime(2025, 12, 10, 11, tzinfo=UTC)):
        about = {**opened.lead, "said": [Words("Late.")], "sender": From(), "channel": "paper",
                 "paper_code": opened.consultation.short_code}  # fmt: skip
        in_time = operations.enter_reply(**about, said_on=date(2025, 12, 8))
        late = operations.enter_reply(**about, said_on=date(2025, 12, 9))
    assert (in_time.late, late.late) == (False, True)
    assert queries.counts(opened.again()).late == 1


def test_an_advertisement_is_left_out_with_its_reason_and_stays(opened: Asking) -> None:
    spam = opened.reply("Buy watches.", on="Care workers")
    with pytest.raises(Refused):
        operations.set_aside(**opened.lead, reply_id=spam.pk, reason=" ")
    operations.set_aside(**opened.lead, reply_id=spam.pk, reason="An advertisement.")
    counts = queries.counts(opened.consultation)
    assert (counts.replies, counts.set_aside) == (0, 1)
    opened.close()
    assert not master.suggestions_of(opened.draft.project.pk).exists()
    assert Said.objects.filter(reply=spam).count() == 2


def test_words_of_a_reply_never_change(opened: Asking) -> None:
    opened.reply()
    for attempt in (lambda: Said.objects.update(words="Other"), lambda: Said.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()


# From replies to suggestions


def test_what_is_said_of_a_passage_becomes_a_suggestion_in_their_name(opened: Asking) -> None:
    reply = opened.reply("Also at night", on="Care workers", group_id=opened.groups[1].pk, quote_consent=True)
    operations.take_in(**opened.lead)
    operations.take_in(**opened.lead)
    [made] = master.suggestions_of(opened.draft.project.pk)
    assert (made.author, made.entered_by, made.group) == (reply.person, opened.facilitator, opened.groups[1])
    assert (made.words, made.reason, made.kind) == ("Also at night (on it)", "Because.", "add")
    assert (made.channel, made.said_on, made.due_on) == ("web", DURING.date(), date(2026, 1, 9))
    assert made.quote_consent
    assert made.block == opened.passage("Care workers").block
    assert queries.suggestions_made_of(reply) == 1
    with pytest.raises(Refused):
        operations.set_aside(**opened.lead, reply_id=reply.pk, reason="Too long.")


def test_passages_are_those_of_the_version_even_when_the_text_has_moved_on(opened: Asking) -> None:
    draft = opened.draft
    drafting.revise_document(
        by=draft.facilitator, project_id=draft.project.pk, document_id=draft.document.pk,
        text=draft.text().replace("Care workers visit", "Care workers and nurses visit"), why="A word more",
    )  # fmt: skip
    assert opened.passage("Care workers").words == "Care workers visit twice a day."
    opened.reply("Also at night", on="Care workers")
    opened.close()
    [made] = master.suggestions_of(draft.project.pk)
    assert str(made.base_version) == "0.1"


def test_the_close_brings_in_what_was_suggested_beside_the_form(opened: Asking) -> None:
    with clock.at(DURING):
        first, second = opened.draft.suggest(words="One"), opened.draft.suggest(words="Two")
    opened.reply("Three", on="Care workers")
    assert queries.suggested_beside(opened.consultation) == 1
    opened.close()
    gathered = Reply.objects.get(gathered=True)
    assert (gathered.person, gathered.number) == (opened.draft.citizen, 2)
    said = queries.said_by([gathered])[gathered.pk]
    assert [one.words for one in said] == ["One", "Two"]
    made = queries.suggestions_by_said(said)
    assert [made[one.pk] for one in said] == [first, second]
    assert master.suggestions_of(opened.draft.project.pk).count() == 3


def test_closing_early_needs_a_name_and_a_reason(opened: Asking) -> None:
    with clock.at(DURING):
        with pytest.raises(Refused):
            operations.close(**opened.lead)
        operations.close(**opened.lead, override=Override("The project was stopped."))
    assert opened.again().is_closed
    with pytest.raises(Refused):
        opened.close()
    with pytest.raises(Refused):
        opened.reply()


# After the close


def named(asking: Asking, *names: Any) -> None:
    operations.set_decision_makers(**asking.lead, person_ids=[person.pk for person in names])


def test_R80_a_decision_waits_for_each_decision_makers_own_statement(opened: Asking) -> None:
    draft = opened.draft
    named(opened, draft.manager, draft.citizen)
    opened.close()
    decide = {**opened.lead, "decision": "Agreed with night visits."}
    with pytest.raises(Refused) as refused:
        operations.mark_decided(**decide)
    assert rules_of(refused) == {"R80"}
    operations.consider(by=draft.manager, **opened.here, statement="I read all of them.")
    with pytest.raises(Refused):
        operations.mark_decided(**decide)
    with pytest.raises(NotThere):
        operations.consider(by=draft.facilitator, **opened.here, statement="In the name of the citizen.")
    operations.consider(by=draft.citizen, **opened.here, statement="So did I.")
    assert operations.mark_decided(**decide).decision == "Agreed with night visits."
    with pytest.raises(Refused):
        operations.consider(by=draft.citizen, **opened.here, statement="On second thoughts.")


def test_R80_nobody_has_considered_replies_that_still_come_in(opened: Asking) -> None:
    named(opened, opened.draft.manager)
    with pytest.raises(Refused) as refused:
        operations.mark_decided(**opened.lead, decision="Agreed.")
    assert rules_of(refused) == {"R80"}


def test_a_decision_maker_who_has_stated_stays_on_the_list(opened: Asking) -> None:
    named(opened, opened.draft.manager, opened.draft.citizen)
    opened.close()
    operations.consider(by=opened.draft.manager, **opened.here, statement="I read them.")
    named(opened)
    assert [one.person for one in queries.decision_makers_of(opened.consultation)] == [opened.draft.manager]


def test_the_reach_table_keeps_who_was_reached_how(asking: Asking) -> None:
    rows = [
        {"who": "Every home-care customer", "way": "letter", "people": 1_200, "reached_on": OPENS,
         "group_id": asking.groups[0].pk},
        {"who": "Carers' Centre", "way": "partner"},
    ]  # fmt: skip
    operations.set_consultees(**asking.lead, consultees=rows)
    operations.set_consultees(**asking.lead, consultees=rows)
    assert [one.who for one in queries.consultees_of(asking.consultation)] == [row["who"] for row in rows]
    assert queries.reached(asking.consultation) == 1_200
    with pytest.raises(NotThere):
        operations.set_consultees(
            **asking.lead, consultees=[{"who": "X", "way": "email", "group_id": uuid7()}]
        )


def test_a_second_coder_must_lead_the_project_too(opened: Asking) -> None:
    opened.reply()
    opened.close()
    with pytest.raises(NotThere):
        operations.draw_second_coding(**opened.lead, coder_id=opened.draft.citizen.pk, share=50)
    assert Role.PARTICIPANT in queries.roles_of(opened.draft.citizen, opened.draft.project.pk)
