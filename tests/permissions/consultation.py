from collections.abc import Mapping
from datetime import timedelta
from itertools import count
from typing import Any
from uuid import uuid4

from django.core.signing import Signer

from coproduce.capabilities.consultation import operations, queries
from coproduce.capabilities.consultation.models import Coded, Follower
from coproduce.capabilities.consultation.operations import From, Words
from coproduce.capabilities.drafting import operations as drafting
from coproduce.capabilities.drafting import queries as documents
from coproduce.capabilities.drafting.rules.versions import Number
from coproduce.capabilities.equality import operations as equality
from coproduce.capabilities.equality import queries as equality_queries
from coproduce.core import clock
from coproduce.core.findings import Override

from .feedback import a_document
from .grid import FACILITATOR, IN_PROJECT, INSTALLATION, LEADING, MANAGER, STRANGER, Row
from .world import World

Kwargs = Mapping[str, Any]
_WHY = Override("A test.")
_number = count(1)
_TEXTS = (
    "what_we_ask", "can_change", "cannot_change", "who_decides", "cost", "negative_effects", "gunning_open",
    "gunning_information", "gunning_time",
)  # fmt: skip


def a_plan(world: World) -> Kwargs:
    """Ready to open, though it is short."""
    place, today = a_document(world), clock.today()
    if equality_queries.assessment_of(world.project.pk) is None:
        equality.begin(by=world.facilitator, project_id=world.project.pk)
    versions = documents.versions_of(place["document_id"])
    version = versions[0] if versions else drafting.publish_version(
        by=world.facilitator, **place, number=Number(0, 1), summary="First words"
    )  # fmt: skip
    later = {
        name: today + timedelta(days=90)
        for name in ("decides_on", "answers_by", "publishes_on", "reviews_on")
    }
    made = operations.plan(
        by=world.facilitator, project_id=world.project.pk, version_id=version.pk, opens_on=today,
        title=f"What do you say? ({next(_number)})",
        changes={**dict.fromkeys(_TEXTS, "Some words."), **later, "offers_outcomes": True},
    )  # fmt: skip
    about = {"project_id": world.project.pk, "consultation_id": made.pk}
    operations.set_questions(
        by=world.facilitator, **about, questions=[{"words": "What would make it better?"}]
    )
    operations.set_decision_makers(by=world.facilitator, **about, person_ids=[world.manager.pk])
    operations.set_consultees(
        by=world.facilitator, **about, consultees=[{"who": "Customers", "way": "letter"}]
    )
    return about


def an_open_one(world: World) -> Kwargs:
    about = a_plan(world)
    operations.open_consultation(by=world.facilitator, **about, override=_WHY)
    _reply(about)
    return about


def _reply(about: Kwargs) -> Any:
    consultation = queries.public_consultation(about["consultation_id"])
    block = queries.passages_of(consultation)[0].block
    said = [Words("More nights."), Words("And here.", block=block, kind="add")]
    return operations.reply_online(consultation_id=consultation.pk, said=said, sender=From(), key=uuid4())


def a_closed_one(world: World) -> Kwargs:
    """Coded, though its report is not out."""
    about = an_open_one(world)
    operations.close(by=world.facilitator, **about, override=_WHY)
    leads = {"by": world.facilitator, **about}
    code = operations.add_code(**leads, name="Nights", definition="Whatever is about nights.")
    for reply in queries.replies_of(_one(about)):
        [said, *_more] = queries.said_by([reply])[reply.pk]
        one = {**leads, "reply_id": reply.pk}
        operations.put_code(**one, code_id=code.pk, stretches=[(said.pk, 0, 4)])
        operations.finish_reading(**one)
    return about


def _one(about: Kwargs) -> Any:
    return queries.public_consultation(about["consultation_id"])


def a_reported_one(world: World) -> Kwargs:
    about = a_closed_one(world)
    leads = {"by": world.facilitator, **about}
    operations.write_report(**leads, said_words="", decided_words="Agreed.", connect_words="")
    operations.publish_report(**leads)
    return about


def public(make: Any) -> Any:
    """The same, by its address for everyone."""
    return lambda world: {"consultation_id": make(world)["consultation_id"]}


def a_reply(world: World) -> Kwargs:
    about = an_open_one(world)
    return {**about, "reply_id": queries.replies_of(_one(about))[0].pk}


def a_closed_reply(world: World) -> Kwargs:
    about = a_closed_one(world)
    return {**about, "reply_id": queries.replies_of(_one(about))[0].pk}


def a_code_on_words(world: World) -> Kwargs:
    about = a_closed_reply(world)
    return {**about, "coded_id": Coded.objects.get(reading__reply_id=about["reply_id"]).pk}


def a_receipt(world: World) -> Kwargs:
    about = a_reply(world)
    return {"consultation_id": about["consultation_id"], "reply_id": about["reply_id"]}


def a_code(world: World) -> Kwargs:
    about = a_closed_one(world)
    return {**about, "code_id": queries.codes_of(_one(about))[0].pk}


def a_token(kind: str) -> Any:
    def made(world: World) -> Kwargs:
        about = an_open_one(world)
        operations.follow(
            consultation_id=about["consultation_id"], email=f"p{next(_number)}@example.org", site=""
        )
        follower = Follower.objects.order_by("-pk")[0]
        return {"token": Signer(salt=f"coproduce.consultation.{kind}").sign(str(follower.pk))}

    return made


def a_period(world: World) -> Kwargs:
    day = clock.today()
    made = operations.add_period(
        by=world.people[INSTALLATION], kind="other", name=f"Move {next(_number)}", starts_on=day, ends_on=day
    )
    return {"period_id": made.pk}


def grow(world: World) -> None:
    """One consultation more, and in the newest one a reply more."""
    newest = list(queries.consultations_of(world.project.pk))[-1]
    about = {"project_id": world.project.pk, "consultation_id": newest.pk}
    if newest.is_opened and not newest.is_closed:
        _reply(about)
    elif newest.is_closed:
        # Nobody replies after the close; so a code more.
        operations.add_code(by=world.facilitator, **about, name=f"Code {next(_number)}", definition="Words.")


# Three parts on one page: replies, words, codes, answers and versions are a question each.
_A_REPORT = 17
_KEEPS, _READS = {INSTALLATION}, {INSTALLATION, FACILITATOR, MANAGER, STRANGER}


def _led(name: str, make: Any, **more: Any) -> list[Row]:
    """A form for those who lead, and what it does."""
    url = f"consultation:{name}"
    return [
        Row(url, kwargs=make, allowed=LEADING, **more),
        Row(url, kwargs=make, allowed=LEADING, method="POST"),
    ]


ROWS = [
    Row("consultation:calendar", kwargs=lambda world: {}, allowed=_READS, grow=a_period),
    Row("consultation:calendar", kwargs=lambda world: {}, allowed=_KEEPS, method="POST"),
    Row("consultation:remove_period", kwargs=a_period, allowed=_KEEPS, method="POST"),
    Row("consultation:consultations", allowed=IN_PROJECT, grow=a_plan),
    Row("consultation:consultations", allowed=IN_PROJECT, query="?format=csv&sort=-title", grow=a_plan),
    Row("consultation:new", allowed=LEADING, grow=a_plan),
    Row("consultation:new", allowed=LEADING, method="POST"),
    Row("consultation:consultation", kwargs=a_plan, allowed=IN_PROJECT, most_queries=13),
    Row("consultation:consultation", kwargs=an_open_one, allowed=IN_PROJECT, grow=grow),
    Row("consultation:consultation", kwargs=a_closed_one, allowed=IN_PROJECT),
    Row("consultation:state", kwargs=an_open_one, allowed=IN_PROJECT),
    *_led("edit", a_plan),
    *_led("edit", an_open_one),
    *_led("questions", a_plan),
    *_led("formats", a_plan),
    *_led("consultees", a_plan),
    *_led("deciders", a_plan),
    # The check before opening asks each part of the project once.
    *_led("open", a_plan, most_queries=13),
    *_led("close", an_open_one),
    Row("consultation:reach", kwargs=a_plan, allowed=IN_PROJECT),
    Row("consultation:reach", kwargs=a_plan, allowed=IN_PROJECT, query="?format=xlsx"),
    Row("consultation:replies", kwargs=an_open_one, allowed=LEADING, grow=grow),
    Row(
        "consultation:replies", kwargs=a_closed_one, allowed=LEADING, query="?format=csv&q=nights&state=coded"
    ),
    *_led("enter", an_open_one),
    Row("consultation:take_in", kwargs=an_open_one, allowed=LEADING, method="POST"),
    Row("consultation:one_reply", kwargs=a_reply, allowed=LEADING),
    Row("consultation:one_reply", kwargs=a_closed_reply, allowed=LEADING, grow=grow),
    Row("consultation:put_code", kwargs=a_closed_reply, allowed=LEADING, method="POST"),
    Row("consultation:take_code", kwargs=a_code_on_words, allowed=LEADING, method="POST"),
    Row("consultation:finish", kwargs=a_closed_reply, allowed=LEADING, method="POST"),
    *_led("set_aside", a_reply),
    Row("consultation:codes", kwargs=a_closed_one, allowed=LEADING, grow=grow),
    Row("consultation:codes", kwargs=a_closed_one, allowed=LEADING, query="?format=csv"),
    *_led("add_code", a_closed_one),
    *_led("second", a_closed_one),
    *_led("edit_code", a_code),
    Row("consultation:words_of_code", kwargs=a_code, allowed=LEADING),
    Row("consultation:consider", kwargs=a_closed_one, allowed={MANAGER}),
    Row("consultation:consider", kwargs=a_closed_one, allowed={MANAGER}, method="POST"),
    *_led("decided", a_closed_one),
    *_led("write_report", a_closed_one),
    *_led("publish_report", a_closed_one),
    Row("consultation:page", kwargs=public(an_open_one), public=True),
    Row("consultation:page", kwargs=public(a_plan), hidden=True),
    Row("consultation:draft", kwargs=public(an_open_one), public=True),
    Row("consultation:draft", kwargs=public(a_plan), hidden=True),
    Row("consultation:reply", kwargs=public(an_open_one), public=True),
    Row("consultation:reply", kwargs=public(an_open_one), public=True, method="POST"),
    Row("consultation:received", kwargs=a_receipt, public=True),
    Row("consultation:paper", kwargs=public(an_open_one), public=True, query="?look=large"),
    Row("consultation:follow", kwargs=public(an_open_one), public=True),
    Row("consultation:follow", kwargs=public(an_open_one), public=True, method="POST"),
    Row("consultation:asked", kwargs=public(an_open_one), public=True),
    Row("consultation:confirm", kwargs=a_token("confirm"), public=True),
    Row("consultation:confirm", kwargs=a_token("confirm"), public=True, method="POST"),
    Row("consultation:leave", kwargs=a_token("leave"), public=True),
    Row("consultation:leave", kwargs=a_token("leave"), public=True, method="POST"),
    Row(
        "consultation:report",
        kwargs=public(a_closed_one),
        allowed=LEADING,
        hidden=True,
        most_queries=_A_REPORT,
    ),
    Row("consultation:report", kwargs=public(a_reported_one), public=True, grow=grow, most_queries=_A_REPORT),
    Row("consultation:report_replies", kwargs=public(a_reported_one), public=True, grow=grow),
    Row(
        "consultation:report_replies", kwargs=public(a_reported_one), public=True, query="?format=csv&code=K1"
    ),
    Row("consultation:report_points", kwargs=public(a_reported_one), public=True, grow=grow),
    Row(
        "consultation:report_points",
        kwargs=public(a_reported_one),
        public=True,
        query="?format=xlsx&outcome=any",
    ),
]
