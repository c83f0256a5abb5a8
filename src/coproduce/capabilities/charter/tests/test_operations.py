"""Charters, reports of missed promises, the sealed view, and what is kept of the figures."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coproduce.capabilities.accounts.operations import add_person
from coproduce.capabilities.charter import operations, queries
from coproduce.capabilities.charter.models import Standing
from coproduce.capabilities.charter.terms import VIEW_ANSWERS, Commitment, Limits, Miss, view_question_id
from coproduce.capabilities.drafting import operations as drafting
from coproduce.capabilities.people import operations as people
from coproduce.capabilities.plans import operations as plans
from coproduce.capabilities.projects import operations as project_operations
from coproduce.capabilities.projects import queries as projects
from coproduce.capabilities.projects.models import Project
from coproduce.capabilities.rounds import operations as rounds
from coproduce.capabilities.rounds import queries as round_queries
from coproduce.capabilities.rounds.terms import Extra, Written
from coproduce.core import clock
from coproduce.core.access import NotThere
from coproduce.core.findings import Override, Refused
from coproduce.core.models import Entry
from coproduce.outward.portfolio import queries as portfolio
from tests.permissions.world import World, make_world

pytestmark = pytest.mark.django_db
NOW = datetime(2025, 10, 15, 9, tzinfo=UTC)


@pytest.fixture
def world() -> Any:
    with clock.at(NOW):
        yield make_world()


def written(world: World, **changes: Any) -> dict[str, Any]:
    facts = {
        "title": "Our charter", "scope": "The clinic.", "citizens_do": "They say.", "staff_do": "They hear.",
        "conflict": "We talk.", "response_time": "In 20 days.", "review_on": date(2026, 10, 15), **changes,
    }  # fmt: skip
    at = {"project_id": world.project.pk}
    signs = {"organisation": "The council", "person": "Ada", "role": "Leader", "signed_on": date(2025, 10, 1)}
    operations.write_charter(by=world.facilitator, **at, changes=facts, signatories=[signs])
    return at


def public(world: World) -> dict[str, Any]:
    at = written(world)
    operations.publish_charter(by=world.manager, **at)
    return at


def told(world: World, **more: Any) -> Any:
    at = public(world)
    return operations.report_breach(**at, **{"words": "Nobody rang back.", "key": uuid4(), **more})


def measured(world: World, number: int) -> Any:
    card = queries.scorecard(projects.public_visit(None, world.project.pk), clock.today())
    return card.tiles[number - 1]


# The charter


def test_a_charter_is_published_whole_and_by_the_manager(world: World) -> None:
    at = written(world, conflict="")
    with pytest.raises(Refused) as refused:
        operations.publish_charter(by=world.manager, **at)
    assert [one.subject for one in refused.value.findings] == ["conflict"]
    written(world)
    with pytest.raises(NotThere):
        operations.publish_charter(by=world.facilitator, **at)
    assert operations.publish_charter(by=world.manager, **at).published_at == NOW


def test_a_public_charter_cannot_lose_what_it_needs(world: World) -> None:
    at = public(world)
    with pytest.raises(Refused):
        operations.write_charter(by=world.facilitator, **at, changes={"scope": ""})
    with pytest.raises(Refused):
        operations.write_charter(by=world.facilitator, **at, changes={}, signatories=[])
    assert queries.charter_of(world.project.pk).scope == "The clinic."


def test_whoever_signs_no_longer_stays_on_the_record_with_the_day(world: World) -> None:
    at = public(world)
    new = {"organisation": "The clinic", "person": "Bo", "role": "Nurse", "signed_on": date(2025, 10, 15)}
    operations.write_charter(by=world.facilitator, **at, changes={}, signatories=[new])
    assert [one.person for one in queries.signatories_of(world.project.pk)] == ["Bo"]
    rows = queries.rows_for_record(world.project.pk)["charter_signatories"]
    assert {(row["person"], row["left_on"]) for row in rows} == {("Ada", date(2025, 10, 15)), ("Bo", None)}


def test_before_it_is_public_nobody_outside_finds_it(world: World) -> None:
    at = written(world)
    page = reverse("charter:charter", args=[world.project.pk])
    assert Client().get(page).status_code == 404
    operations.publish_charter(by=world.manager, **at)
    assert b"Our charter" in Client().get(page).content


# The measures


def test_1_a_version_before_the_foreword_is_not_early(world: World) -> None:
    assert measured(world, 1).measure.met is None
    document = a_document(world)
    version(world, document)
    assert {miss for one in measured(world, 1).points for miss in one.misses} >= {
        Miss.NOT_SHARED,
        Miss.BEFORE_FOREWORD,
    }


def test_1_a_saving_that_is_an_aim_needs_its_figure(world: World) -> None:
    from coproduce.capabilities.projects.models import Foreword

    Foreword.objects.filter(pk=world.project.pk).update(shared_at=NOW, stated_intents=["save_money"])
    assert Miss.NOT_SAID in {miss for one in measured(world, 1).points for miss in one.misses}
    Foreword.objects.filter(pk=world.project.pk).update(
        saving_is_aim=True, saving_amount=1000, saving_spent_on="Visits"
    )
    assert measured(world, 1).measure.met is True


def test_2_a_project_without_a_date_of_decision_has_a_part_without_its_end(world: World) -> None:
    tile = measured(world, 2)
    assert (tile.measure.met, tile.points[0].misses) == (False, (Miss.NO_DATES,))
    project_operations.write_foreword(
        by=world.facilitator, project_id=world.project.pk, changes={"decision_date": date(2026, 1, 1)}
    )
    assert measured(world, 2).measure.met is True


def test_3_without_a_manager_nobody_answers_for_it(world: World) -> None:
    from coproduce.core.access import Role

    assert measured(world, 3).measure.met is True
    project_operations.take_role(
        by=world.facilitator, project_id=world.project.pk, person=world.manager, role=Role.MANAGER
    )
    assert measured(world, 3).measure.met is False


def test_5_and_6_a_suggestion_has_its_place_and_its_answer_in_time(world: World) -> None:
    document = a_document(world)
    at = {"project_id": world.project.pk, "document_id": document.pk}
    drafting.suggest(by=world.participant, **at, words="A bench, please")
    assert measured(world, 5).measure.met is False
    assert measured(world, 6).measure.met is None
    with clock.at(NOW + timedelta(days=200)):
        tile = measured(world, 6)
    assert (tile.measure.met, tile.measure.part, tile.measure.whole) == (False, 0, 1)
    assert tile.points[0].misses == (Miss.NO_ANSWER, Miss.LATE)


def test_8_what_is_signed_is_looked_at_within_a_year_and_not_after_it(world: World) -> None:
    assert measured(world, 8).measure.met is None
    public(world)
    assert measured(world, 8).measure.met is True
    with clock.at(datetime(2026, 10, 16, 9, tzinfo=UTC)):
        assert measured(world, 8).points[0].misses == (Miss.OVERDUE,)


def a_document(world: World) -> Any:
    return drafting.start_document(
        by=world.facilitator, project_id=world.project.pk, title="The plan", text="# The plan\n\nOne.\n",
        override=Override("A test."),
    )  # fmt: skip


def version(world: World, document: Any) -> None:
    from coproduce.capabilities.drafting.rules.versions import Number

    drafting.publish_version(
        by=world.facilitator, project_id=world.project.pk, document_id=document.pk, number=Number(0, 1),
        summary="First words",
    )  # fmt: skip


# Missed promises


def test_R101_a_report_is_answered_within_ten_working_days_and_late_is_shown(world: World) -> None:
    breach = told(world)
    assert breach.due_on == date(2025, 10, 29)
    page = reverse("charter:charter", args=[world.project.pk])
    assert "M01: an answer is due by 29 October 2025" in Client().get(page).content.decode()
    with clock.at(datetime(2025, 10, 30, 9, tzinfo=UTC)):
        assert "M01: the answer was due on 29 October 2025 and is late" in Client().get(page).content.decode()
        at = {"project_id": world.project.pk, "breach_id": breach.pk}
        operations.answer_breach(by=world.manager, **at, verdict="missed", answer="We are sorry.")
        assert "M01" not in Client().get(page).content.decode()
        listed = Client().get(reverse("charter:missed", args=[world.project.pk])).content.decode()
    assert "We are sorry." in listed
    assert "This answer was late." in listed
    assert world.manager.shown_name in listed


def test_words_are_shown_only_with_consent_and_to_those_who_answer(world: World) -> None:
    breach = told(world)
    pages = [
        reverse("charter:missed", args=[world.project.pk]),
        reverse("charter:received", args=[world.project.pk, breach.pk]),
    ]
    for page in (*pages, pages[0] + "?format=csv"):
        assert "Nobody rang back" not in Client().get(page).content.decode()
    assert "Nobody rang back" not in str([one.content for one in _payloads(world)])
    answer = reverse("charter:answer", args=[world.project.pk, breach.pk])
    assert Client().get(answer).status_code in {302, 404}
    client = Client()
    client.force_login(world.manager, backend="django.contrib.auth.backends.ModelBackend")
    assert "Nobody rang back" in client.get(answer).content.decode()


def test_with_consent_everyone_reads_them(world: World) -> None:
    told(world, may_show_words=True)
    assert (
        "Nobody rang back"
        in Client().get(reverse("charter:missed", args=[world.project.pk])).content.decode()
    )


def _payloads(world: World) -> Any:
    from coproduce.core.models import Payload

    return Payload.objects.filter(entry__chain_id=str(world.project.pk))


def test_a_report_that_is_sent_twice_is_one(world: World) -> None:
    public(world)
    client, page = Client(), reverse("charter:tell", args=[world.project.pk])
    said = {"words": "Nobody rang back.", "request_key": str(uuid4()), "website": ""}
    first, second = client.post(page, said), client.post(page, said)
    assert first.url == second.url
    assert queries.breaches_of(world.project.pk).count() == 1
    assert "10 working days" in client.get(page).content.decode()


def test_bad_reports_keep_what_was_typed(world: World) -> None:
    public(world)
    page = reverse("charter:tell", args=[world.project.pk])
    filled = Client().post(page, {"words": "By a program", "website": "http://x"})
    assert filled.status_code == 200
    assert b"By a program" in filled.content
    assert Client().post(page, {"words": " "}).status_code == 200
    assert not queries.breaches_of(world.project.pk).exists()


def test_a_flood_from_one_address_is_stopped(world: World) -> None:
    from django.core.cache import cache

    cache.clear()
    public(world)
    page = reverse("charter:tell", args=[world.project.pk])
    answers = [Client().post(page, {"words": f"Report {n}"}).status_code for n in range(12)]
    cache.clear()
    assert answers.count(302) == 10
    assert answers[-1] == 200


def test_the_code_finds_the_answer_and_a_wrong_one_nothing(world: World) -> None:
    breach = told(world)
    page = reverse("charter:find", args=[world.project.pk])
    code = f"{breach.code[:4].lower()} {breach.code[4:].lower()}"
    assert Client().post(page, {"code": code}).url.endswith(f"{breach.pk}/")
    wrong = Client().post(page, {"code": "ZZZZZZZZ"})
    assert b"No report has this code" in wrong.content


def test_an_answer_is_given_once(world: World) -> None:
    breach = told(world)
    at = {"by": world.manager, "project_id": world.project.pk, "breach_id": breach.pk}
    operations.answer_breach(**at, verdict="kept", answer="We did ring.")
    with pytest.raises(Refused):
        operations.answer_breach(**at, verdict="missed", answer="Or not.")
    verbs = list(
        Entry.objects.filter(object_id=str(breach.pk)).values_list("verb", flat=True).order_by("seq")
    )
    assert verbs == ["charter.report_breach", "charter.answer_breach"]


# The participants' view


def seats(world: World, count: int) -> list[Any]:
    group = people.add_group(by=world.facilitator, project_id=world.project.pk, name="Users", kind="citizens")
    return [
        people.add_seat(
            by=world.facilitator, project_id=world.project.pk, name=f"Person {n}", email=f"p{n}@example.org",
            main_group_id=group.pk,
        )
        for n in range(count)
    ]  # fmt: skip


def a_view(world: World, marks: list[int]) -> Any:
    at = {"by": world.facilitator, "project_id": world.project.pk}
    project_operations.write_foreword(**at, changes={"what_can_change": "The hours."})
    view = operations.start_view(**at, opens_at=NOW, seals_at=NOW + timedelta(days=7))
    mine = seats(world, len(marks))
    rounds.invite(**at, round_id=view.round_id, seat_ids=[seat.pk for seat in mine])
    rounds.open_round(**at, round_id=view.round_id)
    for seat, mark in zip(mine, marks, strict=True):
        extra = tuple(Extra(view_question_id(one), (str(VIEW_ANSWERS[mark]),)) for one in Commitment)
        rounds.answer_round(
            by=seat.person, project_id=world.project.pk, round_id=view.round_id, written=Written(extra=extra)
        )
    return view


def test_before_the_seal_nobody_sees_a_mark_by_any_page(world: World) -> None:
    a_view(world, [4, 3, 2, 1, 0])
    assert queries.views_of(world.project.pk).by_commitment is None
    client = Client()
    client.force_login(world.facilitator, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("charter:charter", args=[world.project.pk])).content.decode()
    assert "Nobody sees an answer before the seal" in page
    assert "from 5 answers" not in page
    operations.renew_changed()
    assert Standing.objects.get(pk=world.project.pk).views == {}


@pytest.mark.parametrize("marks,mean", [([4, 3, 2, 1, 1], 2.2), ([4, 3, 2, 1], None)])
def test_after_the_seal_five_answers_have_a_mean_and_four_are_silent(
    world: World, marks: list[int], mean: float | None
) -> None:
    view = a_view(world, marks)
    with clock.at(NOW + timedelta(days=7)):
        rounds.seal_round(by=world.facilitator, project_id=world.project.pk, round_id=view.round_id)
    found = queries.views_of(world.project.pk)
    assert found.of(Commitment.EARLY).mean == mean
    client = Client()
    client.force_login(world.facilitator, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("charter:charter", args=[world.project.pk])).content.decode()
    assert ("2.2 of 4, from 5 answers" in page) is (mean is not None)
    operations.renew_changed()
    assert bool(Standing.objects.get(pk=world.project.pk).views) is (mean is not None)
    assert round_queries.round_of_event(view.round_id).asked[0].id == "charter-1"


# What is kept


def test_what_is_kept_follows_the_records_and_the_days(world: World) -> None:
    operations.renew_changed()
    assert queries.changed_since(clock.today()) == []
    kept = Standing.objects.get(pk=world.project.pk)
    assert (kept.met_2, kept.is_public) == (False, False)
    an_action(world, date(2025, 11, 1))
    assert queries.changed_since(clock.today()) == [world.project.pk]
    operations.renew_changed()
    kept.refresh_from_db()
    assert (kept.next_on, kept.next_what, kept.late_actions) == (date(2025, 11, 1), "action", 0)
    with clock.at(datetime(2025, 11, 1, 12, tzinfo=UTC)):
        assert queries.changed_since(clock.today()) == []
    with clock.at(datetime(2025, 11, 2, 12, tzinfo=UTC)):
        assert queries.changed_since(clock.today()) == [world.project.pk]
        operations.renew_changed()
    kept.refresh_from_db()
    assert (kept.late_actions, kept.late) == (1, 1)


def test_new_settings_measure_every_project_anew(world: World) -> None:
    operations.renew_changed()
    keeper = world.people["installation_administrator"]
    with pytest.raises(NotThere):
        operations.set_limits(by=world.manager, limits=Limits(90))
    operations.set_limits(by=keeper, limits=Limits(90, 80, 6, 5))
    assert queries.setting() == Limits(90, 80, 6, 5)
    assert len(queries.changed_since(clock.today())) == Project.objects.count()


def test_measuring_again_gives_the_same_and_writes_no_entry(world: World) -> None:
    public(world)
    operations.renew_changed()
    before, entries = Standing.objects.values().get(pk=world.project.pk), Entry.objects.count()
    operations.renew([world.project.pk])
    assert Standing.objects.values().get(pk=world.project.pk) == before
    assert Entry.objects.count() == entries


def an_action(world: World, end: date) -> None:
    plans.add_action(
        by=world.facilitator, project_id=world.project.pk, what="Do it", owner=world.manager,
        start=date(2025, 10, 15), end=end,
    )  # fmt: skip


def more_projects(world: World, count: int) -> None:
    from coproduce.core.access import Role

    for number in range(count):
        made = project_operations.start_project(
            by=world.facilitator, title=f"Project {number}", summary="One."
        )
        project_operations.give_role(
            by=world.facilitator, project_id=made.pk, person=world.manager, role=Role.MANAGER
        )
    operations.renew_changed()


@pytest.mark.parametrize("address", ["portfolio:portfolio", "charter:organisation"])
def test_pages_over_all_projects_ask_the_same_number_of_questions_as_projects_grow(
    world: World, address: str
) -> None:
    client = Client()
    client.force_login(world.manager, backend="django.contrib.auth.backends.ModelBackend")
    more_projects(world, 2)

    def asked() -> int:
        client.get(reverse(address))
        with CaptureQueriesContext(connection) as found:
            assert client.get(reverse(address)).status_code == 200
        return len(found)

    few = asked()
    more_projects(world, 20)
    assert asked() == few


def test_finding_what_changed_asks_three_questions_however_many_projects(world: World) -> None:
    counts = []
    for _ in range(2):
        more_projects(world, 5)
        with CaptureQueriesContext(connection) as found:
            queries.changed_since(clock.today())
        counts.append(len(found))
    assert counts == [3, 3]


def test_sorting_and_filtering_are_over_all_projects_and_not_over_one_page(world: World) -> None:
    more_projects(world, 60)
    an_action(world, date(2025, 10, 16))
    with clock.at(NOW + timedelta(days=5)):
        operations.renew_changed()
        client = Client()
        client.force_login(world.manager, backend="django.contrib.auth.backends.ModelBackend")
        first = client.get(reverse("portfolio:portfolio"))
        assert world.project.title in first.content.decode()
        assert len(first.context["table"].page.object_list) == 50
        only = client.get(reverse("portfolio:portfolio") + "?late=late_actions")
        assert [one.project_id for one in only.context["table"].rows] == [world.project.pk]
        assert "You lead 61 projects." in only.content.decode()


def test_a_manager_of_several_projects_lands_on_the_portfolio(world: World) -> None:
    client = Client()
    client.force_login(world.manager, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/").status_code == 200
    assert not portfolio.manages_several(world.manager)
    more_projects(world, 1)
    assert client.get("/").url == reverse("portfolio:portfolio")
    assert client.get("/?all=1").status_code == 200


def test_somebody_else_sees_none_of_these_projects(world: World) -> None:
    more_projects(world, 2)
    outsider = add_person(by=None, name="Nobody here", email="outside@example.org")
    assert not portfolio.held_by(outsider).exists()
    assert {one.project_id for one in portfolio.held_by(world.stranger)} == {world.elsewhere.pk}
