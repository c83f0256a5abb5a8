import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from coproduce.capabilities.people import operations, queries
from coproduce.capabilities.people.models import Group, Seat
from coproduce.capabilities.people.terms import GroupKind
from coproduce.capabilities.projects import operations as projects
from coproduce.core.models import Entry

from .factories import a_group, a_person, a_project, a_seat

pytestmark = pytest.mark.django_db


@pytest.fixture
def facilitator():
    return a_person()


@pytest.fixture
def project(facilitator):
    return a_project(facilitator)


@pytest.fixture
def group(facilitator, project):
    return a_group(facilitator, project, GroupKind.CARERS, name="Unpaid carers", places_wanted=5)


def visitor(person) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def page(person, name: str, project, /, *rest, **query):
    return visitor(person).get(reverse(f"people:{name}", args=[project.pk, *rest]), query)


def send(person, name: str, project, /, *rest, **data):
    return visitor(person).post(reverse(f"people:{name}", args=[project.pk, *rest]), data)


def words(response) -> str:
    return response.content.decode()


NEW = {
    "capacity": "personal",
    "contact_route": "post",
    "acknowledgement": "first name",
    "quotes_agreed": "no",
    "wants_outcomes": "yes",
    "wants_review": "no",
}
NEED = {"kind": "format", "need": "large print", "share_with_venue": "no"}


def test_adding_a_person_leads_to_their_seat(facilitator, project, group):
    answer = send(facilitator, "add_person", project, name="Len Bartram", main_group=str(group.pk), **NEW)
    seat = Seat.objects.get()
    assert answer.url == reverse("people:seat", args=[project.pk, seat.pk])
    assert (seat.person.name, seat.contact_route, seat.quotes_agreed_on) == ("Len Bartram", "post", None)


def test_a_name_with_hidden_direction_marks_is_refused_and_stays_typed(facilitator, project, group):
    name = "Alice\u202egnp.exe"
    answer = send(
        facilitator, "add_person", project, name=name, about="carer", main_group=str(group.pk), **NEW
    )
    assert "hidden characters" in words(answer)
    assert name in words(answer)
    assert 'value="carer"' in words(answer)
    assert not Seat.objects.exists()


def test_a_person_without_a_name_is_refused(facilitator, project, group):
    answer = send(facilitator, "add_person", project, main_group=str(group.pk), **NEW)
    assert "Enter a name" in words(answer)


def test_someone_with_a_role_is_chosen_instead_of_named(facilitator, project, group):
    data = {"existing": str(facilitator.pk), "main_group": str(group.pk), **NEW}
    assert send(facilitator, "add_person", project, **data).status_code == 302
    assert Seat.objects.get().person_id == facilitator.pk


def test_the_manager_of_nobodys_project_is_not_offered(facilitator, project, group):
    stranger = a_person("Somebody Else")
    data = {"existing": str(stranger.pk), "main_group": str(group.pk), **NEW}
    assert send(facilitator, "add_person", project, **data).status_code == 200
    assert not Seat.objects.exists()


def test_a_group_is_added_and_changed(facilitator, project):
    data = {"name": "Night workers", "kind": "frontline", "places_wanted": "3", "how_affected": "4"}
    assert send(facilitator, "new_group", project, **data).status_code == 302
    group = Group.objects.get()
    assert (group.code, group.how_affected, group.influence) == ("G1", 4, None)
    send(facilitator, "edit_group", project, group.pk, **{**data, "missing": "Nobody from the night shift"})
    group.refresh_from_db()
    assert group.missing == "Nobody from the night shift"


def test_R12_the_banner_says_what_the_work_is_on_every_page(facilitator, project):
    a_group(facilitator, project, GroupKind.LEADERS)
    for name in ("people", "groups", "add_person"):
        assert "not co-production yet" in words(page(facilitator, name, project))


def test_the_list_shows_mix_and_label(facilitator, project, group):
    a_seat(facilitator, project, group, name="Priya Nair")
    a_seat(facilitator, project, a_group(facilitator, project, GroupKind.FRONTLINE), name="Ruth Llewellyn")
    shown = words(page(facilitator, "people", project))
    assert "Co-production." in shown
    assert "1 of them (50%) are citizens" in shown
    assert "4 places are empty" in shown


def test_a_search_finds_people_by_name_and_by_hat(facilitator, project, group):
    frontline = a_group(facilitator, project, GroupKind.FRONTLINE)
    a_seat(facilitator, project, frontline, name="Nadia Rahman", other_group_ids=[group.pk])
    a_seat(facilitator, project, frontline, name="Kelly Dawes")
    by_name = words(page(facilitator, "people", project, q="nadia"))
    by_hat = words(page(facilitator, "people", project, group=group.code))
    for shown in (by_name, by_hat):
        assert "Nadia Rahman" in shown
        assert "Kelly Dawes" not in shown


def test_others_at_the_table_do_not_see_how_someone_is_reached(facilitator, project, group):
    priya = a_seat(facilitator, project, group, contact_route="text")
    assert "Text message" in words(page(facilitator, "people", project))
    assert "Text message" not in words(page(priya.person, "people", project))
    assert "Text message" not in words(page(priya.person, "people", project, format="csv"))


def test_R15_needs_are_seen_by_the_person_and_the_facilitator_only(facilitator, project, group):
    seat = a_seat(facilitator, project, group)
    other = a_seat(facilitator, project, group, name="Joyce Penhale")
    assert send(seat.person, "add_need", project, seat.pk, **NEED).status_code == 302
    assert "large print" in words(page(seat.person, "seat", project, seat.pk))
    assert "large print" in words(page(facilitator, "seat", project, seat.pk))
    assert page(other.person, "seat", project, seat.pk).status_code == 404
    assert page(other.person, "access_needs", project).status_code == 404
    checklist = words(page(facilitator, "access_needs", project))
    assert "large print" in checklist
    assert "Priya" not in checklist
    assert "1 need is left out" in checklist


def test_R20_a_person_withdraws_their_own_consent(facilitator, project, group):
    seat = a_seat(facilitator, project, group, quotes_agreed=True)
    send(seat.person, "quotes", project, seat.pk, agree="no")
    assert not queries.may_quote(seat.person, project.pk)
    assert "No words are quoted in public" in words(page(seat.person, "seat", project, seat.pk))


def test_a_person_chooses_how_they_are_named(facilitator, project, group):
    seat = a_seat(facilitator, project, group)
    data = {"acknowledgement": "organisation only", "wants_outcomes": "yes", "wants_review": "no"}
    assert "Name the organisation" in words(send(seat.person, "choices", project, seat.pk, **data))
    send(seat.person, "choices", project, seat.pk, **data, organisation="Carers' Centre")
    assert queries.credits_of(project.pk) == {seat.person_id: "Carers' Centre"}


def open_to_change(facilitator, project):
    changes = {"what_can_change": "How care starts."}
    projects.write_foreword(by=facilitator, project_id=project.pk, changes=changes)


def test_R04_nobody_is_invited_before_it_is_said_what_can_change(facilitator, project, group):
    seat = a_seat(facilitator, project, group)
    assert "Say what people can change" in words(send(facilitator, "invite", project, seat.pk))


def test_who_has_no_address_gets_a_link_that_signs_them_in(facilitator, project, group):
    open_to_change(facilitator, project)
    seat = a_seat(facilitator, project, group)
    shown = words(send(facilitator, "invite", project, seat.pk))
    link = "/join/" + shown.split("/join/")[1].split("/")[0] + "/"
    guest = Client()
    assert "Priya Nair" in words(guest.get(link))
    guest.post(link)
    assert page(seat.person, "seat", project, seat.pk).status_code == 200
    assert guest.get(reverse("people:seat", args=[project.pk, seat.pk])).status_code == 200


def test_who_has_an_address_is_invited_by_e_mail(facilitator, project, group):
    open_to_change(facilitator, project)
    seat = a_seat(facilitator, project, group, email="priya@example.org")
    assert "/join/" not in words(send(facilitator, "invite", project, seat.pk))
    (sent,) = mail.outbox
    assert sent.to == ["priya@example.org"]
    assert "Priya" not in sent.subject
    assert "Home" not in sent.subject
    assert "/join/" in sent.body


def test_a_second_press_of_the_button_shows_the_same_link(facilitator, project, group):
    open_to_change(facilitator, project)
    seat = a_seat(facilitator, project, group)
    key = "01900000-0000-4000-8000-000000000002"
    links = {
        words(send(facilitator, "invite", project, seat.pk, request_key=key)).split("/join/")[1][:64]
        for _ in range(3)
    }
    assert len(links) == 1
    assert "Priya Nair" in words(Client().get(f"/join/{links.pop()}/"))


def test_a_mail_server_that_does_not_answer_is_told_of(facilitator, project, group, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    open_to_change(facilitator, project)
    seat = a_seat(facilitator, project, group, email="priya@example.org")
    client = visitor(facilitator)
    answer = client.post(reverse("people:invite", args=[project.pk, seat.pk]), follow=True)
    assert "We cannot send e-mail just now" in words(answer)


def test_consent_withdrawn_five_times_is_recorded_once(facilitator, project, group):
    seat = a_seat(facilitator, project, group, quotes_agreed=True)
    key = "01900000-0000-4000-8000-000000000003"
    for _ in range(5):
        send(seat.person, "quotes", project, seat.pk, agree="no", request_key=key)
    assert Entry.objects.filter(verb="people.withdraw_quotes").count() == 1


def test_each_button_has_a_key_of_its_own(facilitator, project, group):
    seat = a_seat(facilitator, project, group)
    operations.add_need(
        by=facilitator, project_id=project.pk, seat_id=seat.pk, kind="format", need="large print"
    )
    keys = re.findall(
        r'name="request_key" value="([^"]+)"', words(page(facilitator, "seat", project, seat.pk))
    )
    assert len(keys) == len(set(keys)) == 4


def test_the_facilitator_moves_someone_to_another_group(facilitator, project, group):
    seat = a_seat(facilitator, project, group)
    frontline = a_group(facilitator, project, GroupKind.FRONTLINE)
    data = {"main_group": str(frontline.pk), "other_groups": [str(group.pk)], "capacity": "organisation"}
    send(facilitator, "edit_seat", project, seat.pk, contact_route="phone", **data)
    seat.refresh_from_db()
    assert seat.main_group_id == frontline.pk
    assert [other.pk for other in seat.other_groups.all()] == [group.pk]


def test_a_form_sent_five_times_adds_one_person(facilitator, project, group):
    key = "01900000-0000-7000-8000-000000000001"
    for _ in range(5):
        send(facilitator, "add_person", project, name="Len", main_group=str(group.pk), request_key=key, **NEW)
    assert Seat.objects.count() == 1


def test_operations_refuse_fields_that_are_not_theirs(facilitator, project, group):
    seat = a_seat(facilitator, project, group)
    with pytest.raises(TypeError):
        operations.choose(
            by=seat.person, project_id=project.pk, seat_id=seat.pk, changes={"main_group_id": group.pk}
        )
