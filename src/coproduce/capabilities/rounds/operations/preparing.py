"""The wording of a round in other languages, and who helps whom to answer."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from coproduce.capabilities.projects import queries as projects
from coproduce.core import clock
from coproduce.core.access import NotThere, Purpose, Role
from coproduce.core.findings import settle
from coproduce.core.operations import operation, record

from .. import queries, rules
from ..models import Round, Support
from ..terms import QUESTIONS, canonical_tag
from .answering import cleaned
from .running import locked


@operation
def translate_round(
    *,
    by: Any,
    project_id: UUID,
    round_id: UUID,
    language: str,
    words: Mapping[str, Any] | None,
    key: UUID | None = None,
) -> Round:
    """Give a draft its wording in another language (a BCP 47 tag); no words take the language out again.

    `words` holds `title`, `proposal`, `level_1` … `barriers`, and `questions`: {id: {"words", "options"}}.
    """
    queries.round_for(by, project_id, round_id, Purpose.RUN)
    the_round, tag = locked(round_id), canonical_tag(language)
    settle([*rules.only_a_draft_is_changed(the_round.state), *rules.a_language_has_its_tag(tag)])
    before = the_round.translations
    others = {one: kept for one, kept in before.items() if one != tag}
    the_round.translations = others | ({tag: _wording(words)} if words is not None else {})
    the_round.save(update_fields=["translations"])
    record(
        by=by, verb="rounds.translate_round", thing=the_round, project_id=project_id,
        before={"language": tag, "words": before.get(tag)},
        after={"language": tag, "words": the_round.translations.get(tag)},
    )  # fmt: skip
    return the_round


def _wording(words: Mapping[str, Any]) -> dict[str, Any]:
    plain: dict[str, Any] = {name: cleaned(words.get(name, "")) for name in ("title", "proposal", *QUESTIONS)}
    plain["questions"] = {
        one: {"words": cleaned(asked["words"]), "options": [cleaned(option) for option in asked["options"]]}
        for one, asked in words.get("questions", {}).items()
    }
    return plain


@operation
def name_supporter(
    *,
    by: Any,
    project_id: UUID,
    round_id: UUID,
    invitation_id: UUID,
    person_id: UUID,
    key: UUID | None = None,
) -> Support:
    """Let somebody in the project write down an invited person's answer together with them."""
    _visit, the_round = queries.round_for(by, project_id, round_id, Purpose.RUN)
    invitation = queries.invitation_in(the_round, invitation_id)
    person = next((one for one in projects.role_holders(project_id, Role) if one.pk == person_id), None)
    if person is None:
        raise NotThere
    settle(rules.a_supporter_is_not_the_person(is_same=person.pk == invitation.person_id))
    named, _new = Support.objects.get_or_create(
        invitation=invitation, person=person, defaults={"named_by": by, "named_at": clock.now()}
    )
    record(
        by=by, verb="rounds.name_supporter", thing=named, project_id=project_id, on_behalf_of=invitation.person,
        after={"round": round_id, "invitation": invitation.pk, "supporter": person.pk},
    )  # fmt: skip
    return named
