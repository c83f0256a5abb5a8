from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from coproduce.capabilities.accounts.operations import add_command_line, add_person
from coproduce.capabilities.projects import operations, queries
from coproduce.capabilities.projects.terms import FOREWORD, PROJECT, Intent, Tier
from coproduce.core import clock
from coproduce.core.access import NotThere, Purpose, Role
from coproduce.core.findings import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def leader() -> Any:
    return add_command_line()


@pytest.fixture
def project(leader: Any) -> Any:
    return operations.start_project(by=leader, title="Home After Hospital", summary="Good care at home.")


def a_member(leader: Any, project: Any, role: Role, **facts: Any) -> Any:
    person = add_person(by=leader, **({"name": role.value} | facts))
    operations.give_role(by=leader, project_id=project.pk, person=person, role=role)
    return person


def test_R02_a_saving_without_its_amount_is_not_saved(leader: Any, project: Any) -> None:
    with pytest.raises(Refused) as refused:
        operations.write_foreword(by=leader, project_id=project.pk, changes={"saving_is_aim": True})
    assert {finding.rule for finding in refused.value.findings} == {"R02"}
    assert queries.foreword_of(project.pk).saving_is_aim is False


def test_the_foreword_keeps_money_as_an_aim_with_its_amount(leader: Any, project: Any) -> None:
    operations.write_foreword(
        by=leader, project_id=project.pk,
        changes={
            "saving_is_aim": True, "saving_amount": Decimal(420_000), "saving_spent_on": "Home care.",
            "stated_intents": [Intent.BETTER_OUTCOMES, Intent.SAVE_MONEY], "is_statutory": True,
        },
    )  # fmt: skip
    foreword = queries.foreword_of(project.pk)
    assert foreword.saving_amount == 420_000
    assert foreword.tier == Tier.L
    assert queries.stated_intents(project.pk) == {Intent.BETTER_OUTCOMES, Intent.SAVE_MONEY}


def test_R04_a_foreword_that_leaves_open_what_can_change_is_not_shared(leader: Any, project: Any) -> None:
    with pytest.raises(Refused, match="R04"):
        operations.share_foreword(by=leader, project_id=project.pk)
    operations.write_foreword(
        by=leader, project_id=project.pk, changes={"what_can_change": "The first week."}
    )
    operations.share_foreword(by=leader, project_id=project.pk)
    assert queries.foreword_is_shared(project.pk)


def test_participants_read_and_do_not_write(leader: Any, project: Any) -> None:
    participant = a_member(leader, project, Role.PARTICIPANT)
    assert queries.visit(participant, project.pk, FOREWORD, Purpose.READ).project == project
    with pytest.raises(NotThere):
        operations.write_foreword(by=participant, project_id=project.pk, changes={"why_now": "Mine."})


def test_a_stranger_and_a_missing_project_look_the_same(leader: Any, project: Any) -> None:
    stranger = add_person(by=leader, name="Stranger")
    with pytest.raises(NotThere):
        queries.visit(stranger, project.pk, PROJECT, Purpose.READ)
    with pytest.raises(NotThere):
        queries.visit(leader, stranger.pk, PROJECT, Purpose.READ)


def test_a_lost_role_works_at_once(leader: Any, project: Any) -> None:
    observer = a_member(leader, project, Role.OBSERVER)
    operations.take_role(by=leader, project_id=project.pk, person=observer, role=Role.OBSERVER)
    with pytest.raises(NotThere):
        queries.visit(observer, project.pk, PROJECT, Purpose.READ)


def test_the_last_facilitator_cannot_leave_the_project_to_nobody(leader: Any, project: Any) -> None:
    with pytest.raises(Refused):
        operations.take_role(by=leader, project_id=project.pk, person=leader, role=Role.FACILITATOR)


class TestPersonalLinks:
    @pytest.fixture
    def open_project(self, leader: Any, project: Any) -> Any:
        operations.write_foreword(by=leader, project_id=project.pk, changes={"what_can_change": "A lot."})
        return project

    def invited(self, leader: Any, project: Any, **facts: Any) -> tuple[Any, str]:
        person = a_member(leader, project, Role.PARTICIPANT, **facts)
        token = operations.new_token()
        operations.invite(by=leader, project_id=project.pk, person=person, token=token)
        return person, token

    def test_R04_nobody_is_invited_before_it_is_said_what_can_change(self, leader: Any, project: Any) -> None:
        with pytest.raises(Refused, match="R04"):
            self.invited(leader, project)

    def test_a_link_signs_its_person_in_once(self, leader: Any, open_project: Any, client: Client) -> None:
        person, token = self.invited(leader, open_project)
        address = f"/join/{token}/"
        assert client.get(address).status_code == 200
        assert "_auth_user_id" not in client.session
        client.post(address)
        assert client.session["_auth_user_id"] == str(person.pk)
        assert Client().get(address).status_code == 404

    def test_a_link_never_takes_the_place_of_someones_own_sign_in(
        self, leader: Any, open_project: Any
    ) -> None:
        _person, token = self.invited(leader, open_project, email="p@example.org")
        client = Client()
        client.post(f"/join/{token}/")
        assert "_auth_user_id" not in client.session

    def test_a_link_ends_after_two_weeks(self, leader: Any, open_project: Any) -> None:
        _person, token = self.invited(leader, open_project)
        with clock.at(clock.now() + timedelta(days=15)), pytest.raises(NotThere):
            queries.invitation_for(token, clock.now())

    def test_a_newer_link_ends_the_older(self, leader: Any, open_project: Any) -> None:
        person, token = self.invited(leader, open_project)
        operations.invite(by=leader, project_id=open_project.pk, person=person, token=operations.new_token())
        with pytest.raises(NotThere):
            queries.invitation_for(token, clock.now())
