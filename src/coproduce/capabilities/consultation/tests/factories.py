"""A project with a draft of which a version is out, and a consultation on it that may be opened."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import uuid4

from coproduce.capabilities.consultation import operations, queries
from coproduce.capabilities.consultation.models import Consultation, Reply
from coproduce.capabilities.consultation.operations import From, Words
from coproduce.capabilities.drafting.rules.versions import Number
from coproduce.capabilities.drafting.tests.factories import Draft, make_draft
from coproduce.capabilities.equality import operations as equality
from coproduce.capabilities.people import operations as people
from coproduce.capabilities.projects import operations as projects
from coproduce.core import clock

OPENS, CLOSES = date(2025, 9, 8), date(2025, 12, 1)  # 84 days, without a public holiday
BEFORE, DURING, AFTER = (datetime.combine(day, time(11), UTC) for day in (
    date(2025, 8, 1), date(2025, 9, 20), date(2025, 12, 10),
))  # fmt: skip

READY = {
    "what_we_ask": "Does this plan work for you?", "can_change": "Who visits and when.",
    "cannot_change": "The law on assessments.", "who_decides": "The Cabinet", "decides_on": date(2026, 2, 1),
    "cost": "£100,000 a year.", "negative_effects": "People in villages may wait longer.",
    "told_on": date(2025, 7, 1), "channels": ["web", "paper", "phone"], "how_to_reply": "Phone 01632 960100.",
    "answers_by": date(2026, 1, 9), "publishes_on": date(2026, 1, 20), "reviews_on": date(2026, 12, 1),
    "offers_outcomes": True, "gunning_open": "The Cabinet has not met.", "gunning_information": "The draft is out.",
    "gunning_time": "Twelve weeks.",
}  # fmt: skip


@dataclass
class Asking:
    """`draft` with its people, two groups, and a consultation that is ready to open."""

    draft: Draft
    consultation: Consultation
    groups: list[Any] = field(default_factory=list)

    @property
    def facilitator(self) -> Any:
        return self.draft.facilitator

    @property
    def here(self) -> dict[str, Any]:
        return {"project_id": self.draft.project.pk, "consultation_id": self.consultation.pk}

    @property
    def lead(self) -> dict[str, Any]:
        return {"by": self.facilitator, **self.here}

    def again(self) -> Consultation:
        rows = Consultation.objects.select_related("project", "version__document")
        self.consultation = rows.get(pk=self.consultation.pk)
        return self.consultation

    def change(self, **changes: Any) -> Consultation:
        operations.change(**self.lead, changes=changes)
        return self.again()

    def open(self, **more: Any) -> Consultation:
        with clock.at(BEFORE):
            operations.open_consultation(**self.lead, **more)
        return self.again()

    def passage(self, words: str) -> Any:
        return next(one for one in queries.passages_of(self.consultation) if words in one.words)

    def reply(
        self, words: str = "It works for me.", *, on: str = "", key: Any = None, **sender: Any
    ) -> Reply:
        """Somebody without an account answers the first question, and speaks of the passage that holds `on`."""
        question = queries.questions_of(self.consultation)[0]
        said = [Words(words, question=question.pk)]
        if on:
            said.append(
                Words(f"{words} (on it)", block=self.passage(on).block, kind="add", reason="Because.")
            )
        with clock.at(DURING):
            return operations.reply_online(
                consultation_id=self.consultation.pk, said=said, sender=From(**sender), key=key or uuid4()
            )

    def enter(self, words: str = "By post.", **more: Any) -> Reply:
        usual = {"channel": "phone", "said_on": DURING.date(), "sender": From(), "read_back": True}
        with clock.at(DURING):
            return operations.enter_reply(**self.lead, said=[Words(words)], **usual | more)

    def close(self, **more: Any) -> Consultation:
        with clock.at(AFTER):
            operations.close(**self.lead, **more)
        return self.again()

    def code(self, name: str, **more: Any) -> Any:
        return operations.add_code(**self.lead, name=name, definition=f"Whatever is about {name}.", **more)

    def put(self, reply: Reply, code: Any, by: Any = None, *, done: bool = True) -> None:
        """The code on the first thing that was said, whole."""
        said = queries.said_by([reply])[reply.pk][0]
        about = {**self.lead, "reply_id": reply.pk, **({"by": by} if by else {})}
        operations.put_code(**about, code_id=code.pk, stretches=[(said.pk, 0, len(said.words))])
        if done:
            operations.finish_reading(**about)


def make_asking(*, opened: bool = False, **changes: Any) -> Asking:
    draft = make_draft()
    leads = {"by": draft.facilitator, "project_id": draft.project.pk}
    groups = [
        people.add_group(**leads, name=name, kind=kind)
        for name, kind in (("People who use it", "citizens"), ("Unpaid carers", "carers"))
    ]
    with clock.at(BEFORE):
        equality.begin(**leads)
    projects.write_option(
        **leads, title="Do nothing", is_do_nothing=True, outcome="dropped", why="It costs more."
    )
    with clock.at(BEFORE):
        version = draft.publish(Number(0, 1))
        planned = operations.plan(
            **leads, version_id=version.pk, title="Care at home: what do you say?", opens_on=OPENS,
            closes_on=CLOSES, changes=READY | changes,
        )  # fmt: skip
    asking = Asking(draft, planned, groups)
    operations.set_questions(**asking.lead, questions=[{"words": "What would make it better?"}])
    asking.again()
    if opened:
        asking.open()
    return asking
