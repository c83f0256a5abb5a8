import pytest

from coproduce.capabilities.people import operations, queries
from coproduce.capabilities.people.models import AccessNeed, Group, Seat
from coproduce.capabilities.people.terms import GroupKind, Label, NeedKind
from coproduce.capabilities.projects import queries as projects
from coproduce.core.access import NotThere, Role
from coproduce.core.findings import Refused
from coproduce.core.ids import uuid7
from coproduce.core.models import Entry, Payload

from .factories import a_group, a_person, a_project, a_seat

pytestmark = pytest.mark.django_db


@pytest.fixture
def facilitator():
    return a_person()


@pytest.fixture
def project(facilitator):
    return a_project(facilitator)


@pytest.fixture
def citizens(facilitator, project):
    return a_group(facilitator, project, GroupKind.CITIZENS, places_wanted=7)


def test_groups_and_seats_get_the_next_code(facilitator, project, citizens):
    carers = a_group(facilitator, project, GroupKind.CARERS)
    assert [citizens.code, carers.code] == ["G1", "G2"]
    seats = [a_seat(facilitator, project, citizens, name=f"Person {n}") for n in range(11)]
    assert [seats[0].code, seats[10].code] == ["P01", "P11"]
    assert [seat.code for seat in queries.seats_of(project.pk)][-2:] == ["P10", "P11"]


def test_a_new_person_gets_a_seat_and_the_role_of_a_participant(facilitator, project, citizens):
    seat = a_seat(facilitator, project, citizens, name="Len Bartram")
    assert seat.person.email is None
    assert [role.role for role in projects.roles_in(project.pk).filter(person=seat.person)] == [
        Role.PARTICIPANT
    ]


def test_someone_known_by_their_address_is_not_added_twice(facilitator, project, citizens):
    known = a_person("Priya Nair", "priya@example.org")
    seat = a_seat(facilitator, project, citizens, name="P. Nair", email="Priya@Example.org")
    assert seat.person_id == known.pk


def test_more_than_one_hat_is_counted_once(facilitator, project, citizens):
    frontline = a_group(facilitator, project, GroupKind.FRONTLINE)
    seat = a_seat(facilitator, project, frontline, other_group_ids=[citizens.pk, frontline.pk])
    assert [group.code for group in seat.other_groups.all()] == [citizens.code]
    mix = queries.mix_of(project.pk)
    assert (mix.total, mix.citizens) == (1, 0)
    assert [(p.group.code, p.wanted, p.filled) for p in queries.places_of(project.pk)] == [
        ("G1", 7, 0),
        ("G2", 0, 1),
    ]


def test_a_second_seat_for_the_same_person_is_refused(facilitator, project, citizens):
    seat = a_seat(facilitator, project, citizens)
    with pytest.raises(Refused):
        operations.add_seat(
            by=facilitator, project_id=project.pk, main_group_id=citizens.pk, person=seat.person
        )


def test_a_group_of_another_project_is_not_there(facilitator, project):
    other = a_group(facilitator, a_project(facilitator), GroupKind.CITIZENS)
    with pytest.raises(NotThere):
        a_seat(facilitator, project, other)
    assert not Seat.objects.exists()


def test_the_same_request_twice_adds_one_group(facilitator, project):
    key = uuid7()
    first = a_group(facilitator, project, key=key)
    assert a_group(facilitator, project, key=key) == first
    assert Group.objects.count() == 1


def test_a_participant_adds_nobody(facilitator, project, citizens):
    seat = a_seat(facilitator, project, citizens)
    with pytest.raises(NotThere):
        a_seat(seat.person, project, citizens, name="A Friend")
    with pytest.raises(NotThere):
        a_group(seat.person, project)


def test_R12_the_label_comes_from_the_people_not_from_the_group_list(facilitator, project, citizens):
    frontline = a_group(facilitator, project, GroupKind.FRONTLINE)
    assert queries.label_of(project.pk) is Label.NOT_YET
    a_seat(facilitator, project, frontline, name="Blessing Adeyemi")
    assert queries.label_of(project.pk) is Label.COLLABORATION
    a_seat(facilitator, project, citizens, name="Maureen Hallett")
    assert queries.label_of(project.pk) is Label.CO_PRODUCTION


def test_a_name_with_hidden_direction_marks_is_refused_and_nothing_is_written(facilitator, project, citizens):
    with pytest.raises(Refused) as refused:
        a_seat(facilitator, project, citizens, name="Alice\u202egnp.exe")
    assert refused.value.findings[0].subject == "name"
    assert not Seat.objects.exists()


@pytest.mark.parametrize(
    "choice, line",
    [
        ("named", "Priya Nair"),
        ("first name", "Priya"),
        ("organisation only", "Carers' Centre"),
        ("anonymous", "Anonymous"),
    ],
)
def test_credit_is_given_as_each_chose(facilitator, project, citizens, choice, line):
    seat = a_seat(facilitator, project, citizens, acknowledgement=choice, organisation="Carers' Centre")
    assert queries.credit_line(seat) == line
    assert queries.credits_of(project.pk) == {seat.person_id: line}


def test_credit_by_organisation_needs_its_name(facilitator, project, citizens):
    with pytest.raises(Refused):
        a_seat(facilitator, project, citizens, acknowledgement="organisation only")


def test_R20_a_withdrawn_consent_holds_from_that_moment(facilitator, project, citizens):
    seat = a_seat(facilitator, project, citizens, quotes_agreed=True)
    at = {"project_id": project.pk, "seat_id": seat.pk}
    assert queries.may_quote(seat.person, project.pk)
    operations.withdraw_quotes(by=seat.person, **at)
    assert not queries.may_quote(seat.person, project.pk)
    assert seat.person_id not in queries.quotable_ids(project.pk)
    assert queries.mix_of(project.pk).total == 1
    operations.agree_to_quotes(by=seat.person, **at)
    assert queries.quotable_ids(project.pk) == {seat.person_id}


def test_a_seat_is_changed_by_its_person_and_by_the_facilitator_only(facilitator, project, citizens):
    mine = a_seat(facilitator, project, citizens)
    other = a_seat(facilitator, project, citizens, name="Colin Whitlock")
    at = {"project_id": project.pk, "seat_id": mine.pk, "changes": {"wants_outcomes": True}}
    operations.choose(by=mine.person, **at)
    operations.choose(by=facilitator, **at)
    with pytest.raises(NotThere):
        operations.choose(by=other.person, **at)
    entries = Entry.objects.filter(verb="people.choose").order_by("seq")
    assert [entry.on_behalf_of for entry in entries] == [None, mine.person_id]


def test_R15_the_words_of_a_need_are_not_in_the_ledger(facilitator, project, citizens):
    seat = a_seat(facilitator, project, citizens)
    at = {"by": seat.person, "project_id": project.pk, "seat_id": seat.pk}
    need = operations.add_need(**at, kind=NeedKind.PROFESSIONAL, need="Urdu interpreter")
    operations.share_need(**at, need_id=need.pk, share_with_venue=True)
    assert queries.needs_of(project.pk).get().share_with_venue
    operations.remove_need(**at, need_id=need.pk)
    assert not AccessNeed.objects.exists()
    assert not [entry for entry in Payload.objects.all() if "Urdu" in str(entry.content)]


def test_the_record_holds_neither_needs_nor_ways_to_reach_people(facilitator, project, citizens):
    seat = a_seat(facilitator, project, citizens, acknowledgement="anonymous", contact_route="post")
    operations.add_need(
        by=facilitator, project_id=project.pk, seat_id=seat.pk, kind=NeedKind.FORMAT, need="large print"
    )
    rows = queries.rows_for_record(project.pk)
    assert [row["credit"] for row in rows["seats"]] == ["Anonymous"]
    assert "large print" not in str(rows)
    assert "contact_route" not in rows["seats"][0]
