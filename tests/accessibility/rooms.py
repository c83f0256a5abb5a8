"""Runs in a process of its own beside a server: a live room in each of its states, with people of all kinds of names.

Reads the states; prints for each page its path and the cookie of somebody who may open it: a session, or a place in
the room.
"""

import json
import os
import sys
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

NAMES = (
    "Maureen",
    "Bartholomew Featherstonehaugh-Cholmondeley of the Lower Village",
    "محمد عبد الرحمن",
    "Ŵyn ap Siôn",
    "Jo",
)
LONG = "Nobody told me who was coming, or when, and so I sat up until the light came. " * 8
WORDS = (
    "I had nobody to ask.",
    LONG,
    "لم يخبرني أحد بموعد الزيارة، وكنت وحدي طوال الليل.",
    "Donaudampfschifffahrt" * 8,
)
EMPTY, FULL = "empty", "full"
STATES = (
    "lobby", "writing", "sealed", "called", "reading", "discussion", "second", "closed", "ended", EMPTY, FULL,
)  # fmt: skip
LED = ("console", "screen", "poster", "places")


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coproduce.config.settings")
    import django

    django.setup()
    json.dump([*pages(json.load(sys.stdin))], sys.stdout)


def pages(states: list[str]) -> Iterator[dict[str, str]]:
    from tests.permissions.world import make_world

    world = make_world()
    for state in states:
        yield from Hall(world, state).pages()


class Hall:
    """One room that has come as far as `state`."""

    def __init__(self, world: Any, state: str) -> None:
        from coproduce.capabilities.live import operations
        from tests.permissions.rounds import a_draft

        self.by, self.state, self.operations, self.places = world.facilitator, state, operations, {}
        about = a_draft(world)
        title = f"An evening in the village hall, for everyone who goes home from hospital ({state})"
        self.session = operations.plan_session(by=self.by, **about, title=title, heads=24)
        self.about = {"project_id": self.session.project_id, "session_id": self.session.pk}
        self._groups(world)
        if state != EMPTY:
            self._fill()
            self._go_on()

    def _groups(self, world: Any) -> None:
        from coproduce.capabilities.people import operations as people
        from coproduce.capabilities.people.queries import groups_of
        from coproduce.capabilities.projects import operations as projects

        self.groups = list(groups_of(world.project.pk))
        if not self.groups:
            changes = {"what_can_change": "The hours."}
            projects.write_foreword(
                by=self.by, project_id=world.project.pk, changes=changes, why_changed="A test."
            )
            for name, kind in (("People who use the service", "citizens"), ("قادة ومدراء", "leaders")):
                people.add_group(by=self.by, project_id=world.project.pk, name=name, kind=kind)
            self.groups = list(groups_of(world.project.pk))

    def _fill(self) -> None:
        names = (
            [*NAMES, *(f"Guest {number} of many" for number in range(195))] if self.state == FULL else NAMES
        )
        for number, name in enumerate(names):
            self.places[name] = self.operations.join(
                code=self.session.join_code, name=name, group_id=self.groups[number % 2].pk,
                phrase=f"words {number}", key=uuid4(),
            )  # fmt: skip
        self.helped = self.operations.set_a_place(
            by=self.by, **self.about, device="paper", name="Len, who has no phone", group_id=self.groups[0].pk
        )

    def _go_on(self) -> None:
        steps = {
            "writing": self._write, "sealed": self._seal, "called": self._call, "reading": self._show,
            "discussion": self._talk, "second": self._second, "closed": self._close, "ended": self._end,
        }  # fmt: skip
        for state, step in steps.items():
            if self.state in {"lobby", FULL}:
                return
            step()
            if state == self.state:
                return

    def _write(self) -> None:
        from coproduce.capabilities.rounds import operations as rounds
        from coproduce.capabilities.rounds.terms import Intention, RaisedBarrier, Rated, Written

        self.operations.start_writing(by=self.by, **self.about)
        for number, (name, words) in enumerate(zip(NAMES, WORDS, strict=False)):
            answer = Written(
                me=Rated(words, 1 - number), around=Rated(words, -1),
                intention=Intention(("save_money",), False, words), barriers=(RaisedBarrier(words, 1, 5, 2),),
            )  # fmt: skip
            where = {"project_id": self.session.project_id, "round_id": self.session.round_id}
            rounds.answer_round(by=self.places[name].person, **where, written=answer)

    def _lead(self, verb: str, **more: Any) -> None:
        getattr(self.operations, verb)(by=self.by, **self.about, **more)

    def _seal(self) -> None:
        self._lead("seal", override=_why())

    def _call(self) -> None:
        """One person has read; the next is called."""
        for verb in ("begin_reading", "show_turn", "end_turn"):
            self._lead(verb)

    def _show(self) -> None:
        self._lead("show_turn")

    def _talk(self) -> None:
        self._lead("pass_the_rest", override=_why())
        for name in ("Handover and information", "الثقة والنوايا"):
            self._lead("add_theme", name=name)
        for name, words in zip(NAMES, WORDS, strict=False):
            self.operations.say(by=self.places[name].person, place=self._held(name), words=words)

    def _second(self) -> None:
        self._lead("open_second_answers")

    def _close(self) -> None:
        self._lead("close")

    def _end(self) -> None:
        self._lead("end_session")

    def _held(self, name: str) -> Any:
        from coproduce.capabilities.live import queries

        return queries.place_held_by(queries.token_of(self.places[name]), self.session.pk)

    # The pages

    def pages(self) -> Iterator[dict[str, str]]:
        yield from self.pages_of_who_leads()
        if self.state in {EMPTY, FULL}:
            return
        yield self._anyone("come_back", session_id=self.session.pk)
        if self.state in {"lobby", "writing"}:
            yield self._anyone("join", code=self.session.join_code)
        if self.state == "lobby":
            yield self._anyone("enter_code")
        for name in NAMES:
            yield from self._pages_in_the_room(name)

    def pages_of_who_leads(self) -> Iterator[dict[str, str]]:
        for name in LED:
            yield self._led(name, **self.about)
        if self.state == EMPTY or self.state == "ended":
            return
        yield self._led("set_a_place", **self.about)
        about = {**self.about, "place_id": self.helped.pk}
        for name in (
            "hand_on",
            "show_out",
            "recognise",
            *(["enter_comment"] if self.state == "discussion" else []),
        ):
            yield self._led(name, **about)
        if self.state == "lobby":
            for name in ("sessions", "new_session"):
                yield self._led(name, project_id=self.session.project_id)

    def _pages_in_the_room(self, name: str) -> Iterator[dict[str, str]]:
        from coproduce.capabilities.live import queries

        names = ["room", *(["welcome"] if self.state == "lobby" else [])]
        is_after = self.state in {"discussion", "second", "closed", "ended"}
        for one in [*names, *(["themes"] if is_after and name == NAMES[0] else [])]:
            path = self._path(one, session_id=self.session.pk)
            yield {
                "path": path,
                "state": self.state,
                "place": queries.token_of(self.places[name]),
                "session": "",
            }

    def _anyone(self, name: str, **kwargs: Any) -> dict[str, str]:
        return {"path": self._path(name, **kwargs), "state": self.state, "place": "", "session": ""}

    def _led(self, name: str, **kwargs: Any) -> dict[str, str]:
        from tests.reliability.round_of_200 import session_of

        path = self._path(name, **kwargs)
        return {"path": path, "state": self.state, "place": "", "session": session_of(self.by)}

    def _path(self, name: str, **kwargs: Any) -> str:
        from django.urls import reverse

        return reverse(f"live:{name}", kwargs=kwargs)


def _why() -> Any:
    from coproduce.core.findings import Override

    return Override("Everyone in the room is done.")


if __name__ == "__main__":
    main()
