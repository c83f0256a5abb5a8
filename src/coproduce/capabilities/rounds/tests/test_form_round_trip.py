"""What is typed is what is sealed, and what is sealed fills the form again: for each kind of round."""

from types import SimpleNamespace
from typing import Any

from django import forms
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st

from coproduce.capabilities.projects.terms import Intent
from coproduce.capabilities.rounds import rules
from coproduce.capabilities.rounds.forms import AnswerForm, initial_of
from coproduce.capabilities.rounds.terms import (
    QUESTIONS,
    Basis,
    BuiltOn,
    Channel,
    Extra,
    Intention,
    Kind,
    Level,
    Question,
    RaisedBarrier,
    Rated,
    Size,
    Written,
)

ASKED = [
    Question("q1", "How?", "one of", ("By bus", "On foot")), Question("q2", "When?", "some of", ("Mon", "Tue", "Wed")),
    Question("q3", "Again?", "yes or no"), Question("q4", "Clear?", "scale"), Question("q5", "Name?", "short text"),
    Question("q6", "More?", "long text"),
]  # fmt: skip
# What a form leaves as it is: no space at the ends, no sign that is refused or spelled in two ways.
TEXT = st.text(st.sampled_from("abc ÿŵ£€中؟—'\"<>&%{}\n"), max_size=30).map(str.strip)
FILLED = TEXT.filter(bool)
RATING = st.none() | st.integers(-3, 3)
FIVE = st.none() | st.integers(1, 5)


def a_round(kind: str) -> Any:
    words = dict.fromkeys(QUESTIONS, "Words")
    return SimpleNamespace(
        kind=kind,
        asked=ASKED,
        title="T",
        proposal="",
        wording=words,
        translations={"cy": words},
        languages=["cy"],
    )


@st.composite
def extras(draw: st.DrawFn) -> tuple[Extra, ...]:
    chosen = {
        "q1": st.sampled_from(["By bus", "On foot"]).map(lambda one: (one,)),
        "q2": st.sets(st.sampled_from([0, 1, 2]), min_size=1).map(
            lambda places: tuple(ASKED[1].options[place] for place in sorted(places))
        ),
        "q3": st.sampled_from(["yes", "no"]).map(lambda one: (one,)),
        "q4": st.integers(1, 5).map(lambda one: (str(one),)),
        "q5": FILLED.map(lambda one: (one.replace("\n", " ").strip() or "x",)),
        "q6": FILLED.map(lambda one: (one,)),
    }
    return tuple(Extra(name, draw(values)) for name, values in chosen.items() if draw(st.booleans()))


@st.composite
def intentions(draw: st.DrawFn) -> Intention:
    picked = tuple(sorted(draw(st.sets(st.sampled_from(list(Intent)), max_size=2)), key=list(Intent).index))
    return Intention(tuple(map(str, picked)), not picked and draw(st.booleans()), draw(TEXT))


def barriers(kind: str) -> st.SearchStrategy[tuple[RaisedBarrier, ...]]:
    level = st.integers(1, 3)
    if kind == Kind.PREMORTEM:
        size = st.sampled_from(["", *Size.values])
        one = st.builds(
            RaisedBarrier, FILLED, level, likelihood=size, impact=size, early_sign=TEXT.map(_one_line)
        )
    else:
        one = st.builds(RaisedBarrier, FILLED, level, FIVE, FIVE, st.sampled_from(["", *BuiltOn.values]))
    made = st.lists(one, max_size=4)
    if Kind(kind).asks_ratings:
        return made.map(tuple)
    return made.map(lambda found: tuple(sorted(found, key=lambda barrier: barrier.level)))


def _one_line(text: str) -> str:
    return text.replace("\n", " ").strip()


@st.composite
def answers(draw: st.DrawFn) -> tuple[str, Written]:
    kind = draw(st.sampled_from(Kind.values))
    rated = Kind(kind).asks_ratings
    return kind, Written(
        me=Rated(draw(TEXT), draw(RATING)) if rated else Rated(),
        around=Rated(draw(TEXT), draw(RATING)) if rated else Rated(),
        intention=draw(intentions()) if rated else Intention(),
        basis=tuple(draw(st.lists(st.sampled_from(Basis.values), unique=True))),
        confidence=draw(FIVE), question=draw(TEXT), barriers=draw(barriers(kind)), extra=draw(extras()),
        language=draw(st.sampled_from(["", "cy"])),
    )  # fmt: skip


def posted(form: AnswerForm) -> QueryDict:
    """What a browser sends when the page with this form is sent as it stands."""
    data = QueryDict(mutable=True)
    for group in form.row_groups:
        data[f"{group.prefix}-count"] = str(len(group.forms))
    for one in (form, *form.all_rows):
        for bound in one:
            _put(data, bound)
    return data


def _put(data: QueryDict, bound: forms.BoundField) -> None:
    value = bound.value()
    many = value if isinstance(value, list) else [] if value is None else [value]
    # A browser sends line ends as two signs.
    data.setlist(bound.html_name, [str(item).replace("\n", "\r\n") for item in many])


@settings(max_examples=150, deadline=None)
@given(answers())
def test_an_answer_fills_the_form_and_the_form_gives_the_same_answer(made: tuple[str, Written]) -> None:
    kind, written = made
    the_round = a_round(kind)
    shown = AnswerForm(initial=initial_of(written, Channel.ONLINE, ASKED), the_round=the_round)
    sent = AnswerForm(posted(shown), the_round=the_round)
    assert sent.is_valid(), (sent.errors, [row.errors for row in sent.all_rows])
    assert sent.written() == written
    assert not [
        *rules.an_answer_is_in_order(written), *rules.extra_answers_fit_their_questions(written, ASKED),
        *rules.an_answer_fits_the_kind(written, kind),
    ]  # fmt: skip


@given(answers())
def test_the_sealed_record_gives_the_same_answer(made: tuple[str, Written]) -> None:
    _kind, written = made
    assert Written.from_record(written.as_record()) == written


def test_an_answer_sealed_before_there_were_such_questions_is_read() -> None:
    old = Written(me=Rated("x", 1), barriers=(RaisedBarrier("y", Level.ME),)).as_record()
    del old["extra"], old["language"]
    read = Written.from_record(old)
    assert (read.extra, read.language, read.me.rating) == ((), "", 1)


def test_without_a_round_the_form_is_that_of_a_focus_group() -> None:
    form = AnswerForm()
    assert {"me_rating", "around_rating", "intents"} <= set(form.fields)
    assert (form.wording, form.asked) == (None, [])
