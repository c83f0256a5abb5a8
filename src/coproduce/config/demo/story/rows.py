"""What the story consists of. Each class is one line of a table, or one entry of a file, beside this module."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True)
class Person:
    code: str
    name: str
    group: str
    other_groups: tuple[str, ...]
    about: str
    capacity: str
    organisation: str
    contact: str
    supporter: str
    acknowledgement: str
    quotes: bool
    wants_outcomes: bool
    wants_review: bool
    recognition: str
    benefits_advice: str


@dataclass(frozen=True)
class Facilitator:
    code: str
    name: str
    who: str
    paid_by: str
    neutrality: str


@dataclass(frozen=True)
class Outsider:
    """A member of the public, named or not, as they chose."""

    code: str
    name: str
    named: str
    channel: str


@dataclass(frozen=True)
class AccessNeed:
    person: str
    kind: str
    need: str
    share_with_venue: bool


@dataclass(frozen=True)
class Group:
    code: str
    name: str
    kind: str
    why: str
    how_affected: int
    influence_today: int
    places_wanted: int
    route: str
    missing: str


@dataclass(frozen=True)
class Answer:
    """A first answer, and the level 1 rating of the same person after the reading (`again`)."""

    person: str
    submitted: datetime
    channel: str
    confidence: int
    basis: str
    me: int
    me_words: str
    around: int
    around_words: str
    intention: str
    intention_words: str
    entered_by: str = ""
    question: str = ""
    again: int | None = None
    again_words: str = ""


@dataclass(frozen=True)
class Theme:
    code: str
    name: str


@dataclass(frozen=True)
class Barrier:
    ref: str
    person: str
    group: str
    level: int
    theme: str
    com_b: str
    words: str
    importance: int
    ease: int
    response: str
    built_on: str
    lens: str


@dataclass(frozen=True)
class BarrierRating:
    """What one person says of one barrier that somebody else raised."""

    importance: int
    ease: int


@dataclass(frozen=True)
class Response:
    """What will be done about a barrier, and what that lets people do."""

    ref: str
    what_we_will_do: str
    what_it_lets_people_do: str
    owner: str
    due: date
    recorded: date


@dataclass(frozen=True)
class Unanswered:
    """An important barrier without a response, with the person who will come back to it."""

    ref: str
    person: str
    due: date
    note: str


@dataclass(frozen=True)
class Page:
    page: int
    section: int
    starts_with: str


@dataclass(frozen=True)
class Suggestion:
    ref: str
    section: int
    page: int
    author: str
    kind: str
    made_on: date
    channel: str
    entered_by: str
    words: str
    reason: str
    anchor: str


@dataclass(frozen=True)
class Change:
    """Words found in the master copy and those put in their place; `add` goes after the block that holds them."""

    find: str
    put: str = ""
    add: str = ""

    def applied_to(self, text: str) -> str:
        if text.count(self.find) != 1:
            raise ValueError(f"found {text.count(self.find)} times: {self.find[:60]!r}")
        if not self.add:
            return text.replace(self.find, self.put)
        end = text.index("\n\n", text.index(self.find))
        return f"{text[:end]}\n\n{self.add}{text[end:]}"


@dataclass(frozen=True)
class Decision:
    suggestion: str
    outcome: str
    by: str
    on: date
    words: str
    reason: str = ""
    version: str = ""
    promise: bool | None = None
    instead: str = ""
    sent_to: str = ""
    cost: int | None = None
    cost_period: str = ""
    cost_words: str = ""
    change: tuple[Change, ...] = ()


@dataclass(frozen=True)
class Editorial:
    """A small change by those who run the project, once every suggestion had its answer."""

    ref: str
    author: str
    on: date
    version: str
    words: str
    reason: str
    find: str
    put: str

    @property
    def change(self) -> Change:
        return Change(self.find, self.put)


@dataclass(frozen=True)
class Version:
    number: str
    on: date
    author: str
    summary: str
    text: str = ""
    skipped_because: str = ""


@dataclass(frozen=True)
class Action:
    ref: str
    what: str
    specific: str
    measure: str
    baseline: str
    target: str
    achievable: str
    result: str
    owner: str
    start: date
    end: date
    suggestions: tuple[str, ...]
    barriers: tuple[str, ...]
    status: str
    co_owners: tuple[str, ...] = ()
    note: str = ""
    reached: int | None = None
    first_tried_end: str = ""
    done_on: date | None = None
    measured: str = ""
    evidence: str = ""


@dataclass(frozen=True)
class Commitment:
    ref: str
    suggestion: str
    words: str
    checker: str


@dataclass(frozen=True)
class PlanReview:
    """A manager's look at the whole plan."""

    by: str
    on: date
    next: date
    words: str


@dataclass(frozen=True)
class Statement:
    """One answer in public; `quotes` names the suggestions whose reasons are quoted."""

    ref: str
    heading: str
    suggestions: tuple[str, ...]
    quotes: tuple[str, ...]
    said: str
    responsible: str
    together: tuple[str, ...]
    place: str
    did: str = ""
    will: str = ""
    will_by: date | None = None
    could_not: str = ""
    reason: str = ""
    cost: str = ""
    easy_said: str = ""
    easy_came: str = ""


@dataclass(frozen=True)
class News:
    """What became of a promise, on a day."""

    ref: str
    on: date
    by: str
    progress: str
    words: str
    next: date


@dataclass(frozen=True)
class Feedback:
    """You said, we did: when it was written and published, and by whom it was signed."""

    written: date
    published: date
    by: str
    comments_closed: date
    introduction: str
    asked: str
    statement: tuple[Statement, ...]
    update: tuple[News, ...] = ()


@dataclass(frozen=True)
class Maker:
    """Who decides, and how they took into account what people said."""

    person: str
    on: date
    words: str


@dataclass(frozen=True)
class SignOff:
    title: str
    version: str
    on: date
    decision: str
    meeting: str
    owner: str
    facilitator: str
    review: date
    eia: str
    eia_conclusion: str
    prepared: date
    formats: str
    maker: tuple[Maker, ...]


@dataclass(frozen=True)
class Option:
    title: str
    outcome: str
    why: str
    decided_by: str
    decided_on: date
    is_do_nothing: bool = False


@dataclass(frozen=True)
class Foreword:
    """The project and its foreword; `foreword` and `changed` hold fields by their own names."""

    title: str
    summary: str
    service_area: str
    jurisdiction: str
    started: date
    shared: date
    foreword: dict[str, Any]
    changed: dict[str, Any]
    option: tuple[Option, ...]


@dataclass(frozen=True)
class Facilitation:
    """Who pays for facilitation and what interests they have, and when it was declared."""

    declared: date
    co_facilitator: str
    paid_by: str
    interests: str
    statement: str
    target_percent: int
    training: str


@dataclass(frozen=True)
class HandedOn:
    on: date
    from_person: str
    to_person: str
    what: str


@dataclass(frozen=True)
class AgendaStep:
    minutes: int
    title: str
    words: str = ""
    owner: str = ""


@dataclass(frozen=True)
class LabIdea:
    words: str
    group: str
    person: str = ""
    elsewhere_by: str = ""
    elsewhere_why: str = ""
    elsewhere_on: date | None = None


@dataclass(frozen=True)
class LabDecision:
    words: str
    how: str
    dissent: str = ""


@dataclass(frozen=True)
class Parked:
    words: str
    until: str


@dataclass(frozen=True)
class Jargon:
    word: str
    meaning: str


@dataclass(frozen=True)
class Prototype:
    """Something that was tried, and what was told of it on a later day."""

    what: str
    with_whom: str
    begins: date
    ends: date
    expect: str
    how_know: str
    told: date
    result: str
    next_step: str


@dataclass(frozen=True)
class Lab:
    """One lab: `invited` names groups, `came` people, `turns` the groups in their order."""

    on: date
    planned: date
    starts: str
    question: str
    level: str
    place: str
    ways: tuple[str, ...]
    recognition: str
    content_warning: str
    safeguarding_name: str
    safeguarding_phone: str
    pause_signal: str
    invited: tuple[str, ...]
    came: tuple[str, ...]
    turns: tuple[int, ...]
    not_met: tuple[str, ...]
    facilitators: tuple[str, ...]
    led_by_citizen: bool
    opening_write: bool
    interruptions: int
    silent_invited: int
    energy_in: tuple[int, ...]
    energy_out: tuple[int, ...]
    debrief: str
    agenda: tuple[AgendaStep, ...] = ()
    idea: tuple[LabIdea, ...] = ()
    decision: tuple[LabDecision, ...] = ()
    parked: tuple[Parked, ...] = ()
    jargon: tuple[Jargon, ...] = ()
    prototype: tuple[Prototype, ...] = ()


@dataclass(frozen=True)
class Period:
    kind: str
    name: str
    from_day: date
    to_day: date


@dataclass(frozen=True)
class Question:
    """A question of the consultation, with what the public chose."""

    words: str
    answers: tuple[str, ...] = ()
    said: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Format:
    kind: str
    ready: date
    where: str
    detail: str = ""


@dataclass(frozen=True)
class Consultee:
    who: str
    way: str
    day: date
    people: int
    group: str = ""
    note: str = ""


@dataclass(frozen=True)
class Code:
    """A line of the code frame, and the suggestions that it stands on."""

    name: str
    definition: str
    suggestions: tuple[str, ...]
    parent: str = ""
    about: str = ""


@dataclass(frozen=True)
class Consultation:
    """The external stage: its plan, how replies were sorted, and what came of it."""

    title: str
    opens: date
    closes: date
    told: date
    late_until: date
    closed: date
    answers_by: date
    publishes: date
    review: date
    what_we_ask: str
    cost: str
    negative_effects: str
    mitigation: str
    channels: list[str]
    how_to_reply: str
    gunning_open: str
    gunning_information: str
    gunning_time: str
    decider: str
    considered_on: date
    considered: str
    decided_on: date
    decision: str
    said_words: str
    decided_words: str
    connect_words: str
    coded_on: date
    second_on: date
    second_coder: str
    share: int
    lot: str
    differs: dict[str, str]
    period: tuple[Period, ...]
    question: tuple[Question, ...]
    format: tuple[Format, ...]
    consultee: tuple[Consultee, ...]
    code: tuple[Code, ...]


@dataclass(frozen=True)
class Story:
    foreword: Foreword
    groups: tuple[Group, ...]
    people: tuple[Person, ...]
    facilitators: tuple[Facilitator, ...]
    public: tuple[Outsider, ...]
    access_needs: tuple[AccessNeed, ...]
    answers: tuple[Answer, ...]
    themes: tuple[Theme, ...]
    theme_ratings: dict[str, dict[str, int]] = field(repr=False)
    barrier_ratings: dict[str, dict[str, BarrierRating]] = field(repr=False)
    barriers: tuple[Barrier, ...]
    responses: tuple[Response, ...]
    unanswered: tuple[Unanswered, ...]
    pages: tuple[Page, ...]
    versions: tuple[Version, ...]
    texts: dict[str, str] = field(repr=False)
    suggestions: tuple[Suggestion, ...]
    decisions: tuple[Decision, ...]
    editorial: tuple[Editorial, ...]
    actions: tuple[Action, ...]
    links_made: dict[str, Any]
    commitments: tuple[Commitment, ...]
    plan_reviews: tuple[PlanReview, ...]
    feedback: Feedback
    sign_off: SignOff
    facilitation: Facilitation
    handed_on: tuple[HandedOn, ...]
    labs: tuple[Lab, ...]
    consultation: Consultation
