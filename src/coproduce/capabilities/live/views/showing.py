"""What the room may see at each step of its round, for the phones, the room screen and the console alike."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coproduce.capabilities.rounds import queries as rounds
from coproduce.capabilities.rounds.terms import RATING_WORDS, State
from coproduce.ui.plots import Plot, bars

from .. import queries
from ..models import Session


def shown_in(session: Session) -> dict[str, Any]:
    """The same for everyone in the room. Before its turn, no word of an answer is among it."""
    the_round = session.round
    match the_round.state:
        case State.DRAFT:
            return {"places": queries.places_of(session).count()}
        case State.OPEN:
            return {"counts": rounds.counts(the_round), "places": queries.places_of(session).count()}
        case State.SEALED:
            return {"counts": rounds.counts(the_round), "root_code": rounds.short_root(the_round)}
        case State.READING:
            progress = rounds.progress(the_round)
            return {"progress": progress, "root_code": rounds.short_root(the_round)}
        case State.DISCUSSION:
            return {"reading": rounds.reading(the_round), "comments": list(rounds.comments_of(the_round))}
        case State.SECOND:
            return {"second_count": rounds.second_count(the_round), "plot": distribution(the_round)}
        case _closed:
            return {"summary": rounds.summary(the_round)}


def news(session: Session, shown: dict[str, Any]) -> str:
    """One sentence for who cannot see the screen change."""
    match session.round.state:
        case State.DRAFT:
            return _("We have not started yet.")
        case State.OPEN:
            return _("You can write your answer now.")
        case State.SEALED:
            return _("All answers are sealed.")
        case State.READING:
            return _news_of_turn(shown["progress"])
        case State.DISCUSSION:
            return _news_of_comments(shown["comments"])
        case State.SECOND:
            return _("You can answer a second time now.")
        case _closed:
            return _("The round is closed. Thank you.")


def _news_of_turn(progress: rounds.Progress) -> str:
    turn = progress.current
    if turn is None:
        return ""
    name = turn.answer.invitation.person.shown_name
    words = _("%(name)s reads.") if progress.words else _("It is %(name)s’s turn.")
    return words % {"name": name}


def _news_of_comments(comments: list[Any]) -> str:
    if not comments:
        return _("Every turn is done. We talk about it now.")
    words = ngettext(
        "%(count)s comment so far. The newest is from %(name)s.",
        "%(count)s comments so far. The newest is from %(name)s.",
        len(comments),
    )
    return words % {"count": len(comments), "name": comments[-1].person.shown_name}


def distribution(the_round: Any) -> Plot | None:
    """How many people gave each rating at level 1, for who rates again."""
    ratings = [one.me_rating for one in rounds.opened_answers(the_round) if one.me_rating is not None]
    if not ratings:
        return None
    counted = [(words, ratings.count(number)) for number, words in RATING_WORDS.items()]
    most = max(counted, key=lambda pair: pair[1])
    sentence = ngettext(
        "Most often chosen: “%(most)s”, by %(count)s person.",
        "Most often chosen: “%(most)s”, by %(count)s people.",
        most[1],
    ) % {"most": most[0], "count": most[1]}
    return bars(
        _("First answers, level 1"),
        sentence,
        counted,
        head=(_("Rating"), _("People")),
        show=lambda n: f"{n:g}",
    )
