"""The decision's gate: every kind of hard question is answered, or a named person says why not."""

from collections.abc import Iterator

import pytest

from coproduce.capabilities.questions import operations as questions
from coproduce.capabilities.questions.terms import Kind, Stage
from coproduce.capabilities.signoff import queries
from coproduce.capabilities.signoff.terms import Part
from coproduce.core import clock
from coproduce.core.findings import Override, Refused
from coproduce.core.models import Payload

from .factories import AFTERNOON, Desk, a_desk

pytestmark = pytest.mark.django_db
WHY = "The carer who asked is away until Friday. Helen Moss answers her then."


@pytest.fixture
def desk(db: None) -> Iterator[Desk]:
    with clock.at(AFTERNOON):
        desk = a_desk()
        questions.ask(
            by=desk.carer, project_id=desk.id, stage=Stage.DECISION, kind=Kind.EVIDENCE, words="Who counted?"
        )
        desk.write()
        yield desk


def test_R38_an_open_question_at_the_decision_stops_the_signing_unless_a_named_person_says_why(
    desk: Desk,
) -> None:
    with pytest.raises(Refused) as refused:
        desk.sign()
    assert [finding.rule for finding in refused.value.findings] == ["R38"]
    assert desk.sign(override=Override(WHY)).override_reason == WHY
    newest = Payload.objects.get(entry__verb="signoff.sign").content
    assert newest["override"] == WHY
    assert "R38" in {finding["rule"] for finding in newest["findings"]}


def test_R38_the_readiness_page_names_the_kind_that_waits(desk: Desk) -> None:
    facts = queries.Facts(desk.id, queries.in_preparation(desk.id), clock.today())
    [line] = [one for one in queries.lines_of(facts) if "/questions/" in one.href]
    assert line.part == Part.NAMED
    assert "Evidence" in str(line.finding.message)
