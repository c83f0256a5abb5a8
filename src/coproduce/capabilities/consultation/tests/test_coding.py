"""Codes on words, a second coder who sees nobody's, and what may be said of how far they agree."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from coproduce.capabilities.consultation import operations, queries
from coproduce.capabilities.consultation.models import Coded, Reading
from coproduce.capabilities.projects.operations import give_role
from coproduce.core.access import Role
from coproduce.core.findings import Refused
from coproduce.core.models import Payload

from .factories import Asking, make_asking

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed() -> Asking:
    """Ten replies, closed."""
    asking = make_asking(opened=True)
    for number in range(1, 11):
        asking.reply(f"Reply {number} about nights. And about money.")
    asking.close()
    return asking


def replies(asking: Asking) -> list[Any]:
    return list(queries.replies_of(asking.consultation))


def coded_twice(asking: Asking, count: int, other: set[int]) -> None:
    """Every reply has one code; a second coder does `count` of them, and takes another code for those in `other`."""
    nights, money = asking.code("Nights"), asking.code("Money")
    first, second = asking.draft.facilitator, asking.draft.manager
    for number, reply in enumerate(replies(asking), 1):
        asking.put(reply, nights if number % 2 else money, by=first)
    operations.draw_second_coding(**asking.lead, coder_id=second.pk, share=count * 10, seed="lot")
    for reading in Reading.objects.filter(is_second=True).select_related("reply"):
        same = reading.reply.number % 2 == 1
        asking.put(reading.reply, nights if same != (reading.reply.number in other) else money, by=second)


def test_a_code_leads_back_to_the_letters_it_stands_on(closed: Asking) -> None:
    reply, nights = replies(closed)[0], closed.code("Nights")
    [said] = queries.said_by([reply])[reply.pk]
    operations.put_code(**closed.lead, reply_id=reply.pk, code_id=nights.pk, stretches=[(said.pk, 0, 21)])
    [coded] = Coded.objects.select_related("said")
    assert coded.stretch == "Reply 1 about nights."
    assert Payload.objects.order_by("-entry__seq").first().content["after"]["code"] == "K1"


def test_a_code_stands_on_words_of_this_reply_only(closed: Asking) -> None:
    from django.http import Http404

    first, second, *_rest = replies(closed)
    nights, [said] = closed.code("Nights"), queries.said_by([second])[second.pk]
    for place, fault in (((said.pk, 0, 5), Http404),):
        with pytest.raises(fault):
            operations.put_code(**closed.lead, reply_id=first.pk, code_id=nights.pk, stretches=[place])
    for start, end in ((0, 0), (5, 3), (0, 9_999), (-1, 4)):
        with pytest.raises(Refused):
            operations.put_code(
                **closed.lead, reply_id=second.pk, code_id=nights.pk, stretches=[(said.pk, start, end)]
            )
    with pytest.raises(Refused):
        operations.put_code(**closed.lead, reply_id=second.pk, code_id=nights.pk, stretches=[])


def test_the_frame_is_open_to_new_codes_and_sub_codes_and_has_definitions(closed: Asking) -> None:
    money = closed.code("Money")
    closed.code("Nights")
    closed.code("Charges for carers", parent_id=money.pk, characteristic="carers")
    assert [str(line.code) for line in queries.frame(closed.consultation, queries.coding_of(closed.consultation))] == [
        "K1 Money", "K3 Charges for carers", "K2 Nights",
    ]  # fmt: skip
    with pytest.raises(Refused):
        closed.code("nights")
    with pytest.raises(Refused):
        operations.add_code(**closed.lead, name="Days", definition=" ")


def test_a_definition_that_is_said_better_keeps_its_former_words_in_the_record(closed: Asking) -> None:
    money = closed.code("Money")
    operations.change_code(**closed.lead, code_id=money.pk, name="Money", definition="Charges and costs.")
    assert Payload.objects.order_by("-entry__seq").first().content["before"]["definition"] == money.definition


def test_a_reply_has_one_first_coder_and_counts_once_a_code(closed: Asking) -> None:
    reply, nights = replies(closed)[0], closed.code("Nights")
    [said] = queries.said_by([reply])[reply.pk]
    about = {**closed.lead, "reply_id": reply.pk, "code_id": nights.pk}
    operations.put_code(**about, stretches=[(said.pk, 0, 21), (said.pk, 22, 38)])
    with pytest.raises(Refused):
        operations.put_code(**{**about, "by": closed.draft.manager}, stretches=[(said.pk, 0, 21)])
    assert [
        line.replies for line in queries.frame(closed.consultation, queries.coding_of(closed.consultation))
    ] == [1]


def test_only_whoever_put_a_code_takes_it_off(closed: Asking) -> None:
    from django.http import Http404

    reply, nights = replies(closed)[0], closed.code("Nights")
    closed.put(reply, nights)
    [coded] = Coded.objects.all()
    about = {**closed.lead, "reply_id": reply.pk, "coded_id": coded.pk}
    with pytest.raises((Refused, Http404)):
        operations.take_code(**{**about, "by": closed.draft.manager})
    operations.take_code(**about)
    assert not Coded.objects.exists()


def test_the_second_coder_is_drawn_a_share_by_lot_and_is_somebody_else(closed: Asking) -> None:
    closed.code("Nights")
    for reply in replies(closed):
        closed.put(reply, queries.codes_of(closed.consultation)[0])
    with pytest.raises(Refused):
        operations.draw_second_coding(**closed.lead, coder_id=closed.facilitator.pk, share=20)
    operations.draw_second_coding(**closed.lead, coder_id=closed.draft.manager.pk, share=20)
    drawn = Payload.objects.order_by("-entry__seq").first().content["after"]
    assert len(drawn["replies"]) == 2
    assert Reading.objects.filter(is_second=True, coder=closed.draft.manager).count() == 2


def page(asking: Asking, person: Any, name: str, *more: Any) -> str:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get(reverse(f"consultation:{name}", args=[*asking.here.values(), *more]))
    return answer.content.decode() if answer.status_code == 200 else ""


def test_the_second_coder_sees_no_code_of_the_first_until_done(closed: Asking) -> None:
    manager, reply = closed.draft.manager, replies(closed)[0]
    marker = closed.code("A marker of a code")
    closed.put(reply, marker)
    operations.draw_second_coding(**closed.lead, coder_id=manager.pk, share=100)
    # The frame names the code; what must not be seen is where it stands.
    assert "<q" not in page(closed, manager, "one_reply", reply.pk)
    assert "shown once you have finished" in page(closed, manager, "codes")
    assert all(
        line.replies is None
        for line in queries.frame(closed.consultation, queries.coding_of(closed.consultation), manager)
    )
    assert "Reply 1" not in page(closed, manager, "words_of_code", marker.pk)
    client = Client()
    client.force_login(manager, backend="django.contrib.auth.backends.ModelBackend")
    for name in ("report", "report_replies", "report_points"):
        assert client.get(reverse(f"consultation:{name}", args=[closed.consultation.pk])).status_code == 404
    assert not queries.rows_for_record(closed.draft.project.pk)["codes_on_words"]
    for one in replies(closed):
        operations.finish_reading(**{**closed.lead, "by": manager}, reply_id=one.pk)
    assert "<q" in page(closed, manager, "one_reply", reply.pk)
    assert queries.rows_for_record(closed.draft.project.pk)["codes_on_words"]
    with pytest.raises(Refused):
        closed.put(reply, marker, by=manager)


def test_below_eight_replies_no_figure_is_given(closed: Asking) -> None:
    coded_twice(closed, 7, other=set())
    found = queries.agreement(queries.coding_of(closed.consultation))
    assert (found.replies, found.alpha) == (7, None)
    assert "no figure is given" in found.sentence


def test_with_eight_alike_alpha_is_one(closed: Asking) -> None:
    coded_twice(closed, 8, other=set())
    found = queries.agreement(queries.coding_of(closed.consultation))
    assert (found.replies, found.alike, found.alpha) == (8, 8, 1.0)
    assert "enough to rely on" in found.sentence


def test_alpha_is_that_of_krippendorff_worked_by_hand(closed: Asking) -> None:
    """Ten replies, two codes: 20 units. In two replies the coders differ, so in four units of 20.

    Of the 40 values 20 are ones. Observed 4/20; expected 2 × 20 × 20 ÷ (40 × 39); alpha = 1 − 0.2 ÷ 0.5128.
    """
    coded_twice(closed, 10, other={3, 6})
    found = queries.agreement(queries.coding_of(closed.consultation))
    assert (found.replies, found.alike) == (10, 8)
    assert found.alpha == pytest.approx(1 - 0.2 / (2 * 20 * 20 / (40 * 39)))
    assert "too low" in found.sentence


def test_a_third_person_who_leads_sees_both(closed: Asking) -> None:
    other = closed.draft.citizen
    give_role(by=closed.facilitator, project_id=closed.draft.project.pk, person=other, role=Role.MANAGER)
    coded_twice(closed, 8, other=set())
    assert (
        page(closed, other, "one_reply", Reading.objects.filter(is_second=True).first().reply_id).count("<q")
        == 2
    )


def test_nothing_is_coded_before_the_close() -> None:
    asking = make_asking(opened=True)
    reply, nights = asking.reply(), asking.code("Nights")
    with pytest.raises(Refused):
        asking.put(reply, nights)
