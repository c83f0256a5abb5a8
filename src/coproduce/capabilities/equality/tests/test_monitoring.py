"""R95 and R96 over the tables of the database and the pages: nothing leads from an answer to a person."""

import ast
import csv
import io
import json
import zipfile
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, models, transaction
from django.test import Client
from django.urls import reverse

import coproduce
from coproduce.capabilities.equality import operations, queries
from coproduce.capabilities.equality.models import MonitoringAnswer, MonitoringTable, SpentCode
from coproduce.core import clock
from coproduce.core.findings import Refused
from coproduce.core.models import Entry, Payload
from coproduce.outward.exports.record import export_record

from .factories import NOW, House, a_house

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.fixture
def house() -> House:
    return a_house()


def fill(survey: Any, many: int, **answers: str) -> list[str]:
    codes = [operations.code_for(uuid4()) for _ in range(many)]
    assert all(operations.answer(survey_id=survey.pk, answers=answers, code=code) for code in codes)
    return codes


# R96: how they are kept


def related(model: Any) -> set[Any]:
    """Every table that a row of this one leads to, over any number of keys."""
    found, waiting = set(), deque([model])
    while waiting:
        keys = [
            field for field in waiting.popleft()._meta.get_fields() if isinstance(field, models.ForeignKey)
        ]
        for one in {key.related_model for key in keys} - found:
            found.add(one)
            waiting.append(one)
    return found


@pytest.mark.parametrize("kind", [MonitoringAnswer, SpentCode])
def test_R96_no_key_leads_from_an_answer_to_a_person_or_to_what_anybody_said(kind: Any) -> None:
    assert {one._meta.label for one in related(kind)} == {"equality.Survey", "projects.Project"}
    pointing = [
        field.model._meta.label for model in apps.get_models() for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey) and field.related_model is kind
    ]  # fmt: skip
    assert pointing == []


@pytest.mark.parametrize("kind", [MonitoringAnswer, SpentCode])
def test_R96_no_answer_has_a_time_or_room_for_words_and_its_number_is_drawn_by_lot(kind: Any) -> None:
    fields = {field.name: field for field in kind._meta.get_fields()}
    assert set(fields) <= {"id", "survey", "question", "choice", "code_hash"}
    assert not any(
        isinstance(field, models.DateField | models.TextField | models.JSONField) for field in fields.values()
    )


def test_R96_the_numbers_tell_no_order(house: House) -> None:
    survey = house.survey("carer")
    for code in (operations.code_for(uuid4()) for _ in range(40)):
        operations.answer(survey_id=survey.pk, answers={"carer": "yes"}, code=code)
    assert len(set(MonitoringAnswer.objects.values_list("pk", flat=True))) == 40
    before = set(MonitoringAnswer.objects.values_list("pk", flat=True))
    fill(survey, 1)
    # All rows were written anew, each under a number of its own.
    assert len(before & set(MonitoringAnswer.objects.values_list("pk", flat=True))) <= 1


def test_R96_two_answers_of_one_person_have_nothing_in_common(house: House) -> None:
    survey = house.survey("age", "carer", "sex")
    fill(survey, 1, age="85", carer="yes", sex="female")
    rows = list(MonitoringAnswer.objects.values("id", "code_hash"))
    assert len({row["code_hash"] for row in rows}) == len(rows) == 3
    assert not {row["code_hash"] for row in rows} & set(SpentCode.objects.values_list("code_hash", flat=True))


def test_R96_the_ledger_hears_nothing_of_answers_and_withdrawals(house: House) -> None:
    survey = house.survey("carer")
    before = Entry.objects.count()
    [code] = fill(survey, 1, carer="yes")
    operations.withdraw(survey_id=survey.pk, code=code)
    assert Entry.objects.count() == before


CLOSED = ("equality.models", "equality.queries.monitoring", "equality.operations.monitoring")


def imports_of_answers(code: str) -> list[str]:
    """What a module of somebody else takes from where the answers are."""
    found = []
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{one.name}" for one in node.names)]
            found += [name for name in names if any(closed in name for closed in CLOSED)]
        elif isinstance(node, ast.Import):
            found += [one.name for one in node.names if any(closed in one.name for closed in CLOSED)]
    return found


def test_R96_nobody_else_reaches_the_tables_of_answers() -> None:
    """No other capability can join an answer to anything. The front door of the house keeps the rest."""
    home = Path(coproduce.__file__).parent
    others = [path for path in home.rglob("*.py") if "equality" not in path.parts]
    assert len(others) > 300
    assert {path: found for path in others if (found := imports_of_answers(path.read_text("utf-8")))} == {}


@pytest.mark.parametrize(
    "code",
    [
        "from coproduce.capabilities.equality import models",
        "from coproduce.capabilities.equality.models import MonitoringAnswer",
        "import coproduce.capabilities.equality.queries.monitoring",
    ],
)
def test_R96_somebody_who_does_is_found(code: str) -> None:
    assert imports_of_answers(code)


# Keeping and taking back


def test_the_same_form_twice_counts_once_also_after_it_was_taken_back(house: House) -> None:
    survey, code = house.survey("carer"), operations.code_for(uuid4())
    first = [operations.answer(survey_id=survey.pk, answers={"carer": "yes"}, code=code) for _ in range(2)]
    assert first == [True, False]
    assert operations.withdraw(survey_id=survey.pk, code=code) == 1
    assert not operations.answer(survey_id=survey.pk, answers={"carer": "yes"}, code=code)
    assert queries.waiting(survey) == 0


def test_a_code_typed_with_small_letters_and_without_dashes_is_the_same(house: House) -> None:
    survey = house.survey("carer", "age")
    [code] = fill(survey, 1, carer="yes")
    assert operations.withdraw(survey_id=survey.pk, code=code.lower().replace("-", " ")) == 2
    assert operations.withdraw(survey_id=survey.pk, code=code) == 0
    assert not MonitoringAnswer.objects.exists()


def test_what_was_taken_back_is_gone_from_the_file_of_the_database(house: House) -> None:
    """SQLite overwrites it; the same is asked of the installation by `coproduce doctor`."""
    from django.db import connection

    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL clears its pages by itself, later")
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA secure_delete").fetchone()[0] == 1


def test_an_answer_that_is_none_of_the_choices_counts_as_not_said(house: House) -> None:
    survey = house.survey("carer")
    fill(survey, 1, carer="perhaps", age="85", words="My name is Maureen")
    assert list(MonitoringAnswer.objects.values_list("question", "choice")) == [("carer", "not_said")]


def test_a_closed_form_takes_nothing_and_what_was_not_counted_is_deleted(house: House) -> None:
    survey = house.survey("carer")
    fill(survey, 3)
    assert operations.close_monitoring(**house.lead).closed_forms == 3
    assert not MonitoringAnswer.objects.exists()
    with pytest.raises(Refused):
        fill(survey, 1)


def test_questions_stay_once_somebody_answered(house: House) -> None:
    survey = house.survey("carer")
    fill(survey, 1)
    with pytest.raises(Refused):
        house.survey("carer", "age")
    assert house.survey("carer", asked=24).asked == 24


# R95: what is given out


def test_R95_fewer_forms_than_a_batch_make_no_table(house: House) -> None:
    survey = house.survey("carer")
    fill(survey, 29, carer="no")
    with pytest.raises(Refused) as refused:
        operations.publish_table(**house.lead)
    assert [one.rule for one in refused.value.findings] == ["R95"]
    assert queries.waiting(survey) == 29


def test_R95_a_table_merges_what_is_small_and_deletes_the_answers(house: House) -> None:
    survey = house.survey("carer", "area")
    fill(survey, 18, carer="no", area="town")
    fill(survey, 9, carer="yes", area="village")
    fill(survey, 3, area="town")
    table = operations.publish_table(**house.lead)
    assert table.lines == {
        "carer": [{"codes": ["yes", "no", "not_said"], "count": 30}],
        "area": [{"codes": ["town", "village", "not_said"], "count": 30}],
    }
    assert not MonitoringAnswer.objects.exists()
    assert operations.withdraw(survey_id=survey.pk, code=operations.new_code()) == 0


def test_R95_what_everyone_gets_stays_the_same_after_one_more_answer_and_after_a_withdrawal(
    house: House,
) -> None:
    survey = house.survey("carer")
    fill(survey, 17, carer="no")
    fill(survey, 14, carer="yes")
    operations.publish_table(**house.lead)
    first = given_out(house, survey)
    assert [line["count"] for line in MonitoringTable.objects.get().lines["carer"]] == [14, 17]
    [code] = fill(survey, 1, carer="yes")
    assert given_out(house, survey) == first
    operations.withdraw(survey_id=survey.pk, code=code)
    assert given_out(house, survey) == first


def given_out(house: House, survey: Any) -> tuple[str, str, Any]:
    """The public file, the file for those who lead, and the tables of the record."""
    public = Client().get(reverse("equality:tables", args=[survey.pk]), {"format": "csv"}).content.decode()
    client = Client()
    client.force_login(house.facilitator, backend="django.contrib.auth.backends.ModelBackend")
    inside = client.get(reverse("equality:monitoring", args=[house.id]), {"format": "csv"}).content.decode()
    record = {name: rows for name, rows in queries.rows_for_record(house.id).items() if "monitoring" in name}
    return public, inside, json.dumps(record, default=str)


def test_R95_a_second_table_counts_new_people_only(house: House) -> None:
    survey = house.survey("carer")
    fill(survey, 30, carer="no")
    operations.publish_table(**house.lead)
    fill(survey, 30, carer="yes")
    operations.publish_table(**house.lead)
    public = (
        Client()
        .get(reverse("equality:tables", args=[survey.pk]), {"format": "csv"})
        .content.decode("utf-8-sig")
    )
    lines = list(csv.DictReader(io.StringIO(public)))
    assert [line["People"] for line in lines] == ["30", "30"]
    assert len({line["Answer, or answers counted together"] for line in lines}) == 1


def test_R95_a_published_table_does_not_change(house: House) -> None:
    survey = house.survey("carer")
    fill(survey, 30)
    operations.publish_table(**house.lead)
    with pytest.raises(DatabaseError), transaction.atomic():
        MonitoringTable.objects.update(forms=31)


def test_R96_no_answer_is_in_the_record_and_none_in_the_ledger(house: House, tmp_path: Path) -> None:
    survey = house.survey("carer", "orientation")
    fill(survey, 5, carer="yes", orientation="bi")
    hashes = list(MonitoringAnswer.objects.values_list("code_hash", flat=True))
    pack = zipfile.ZipFile(export_record(house.id, tmp_path / "record.zip").file)
    held = b"".join(pack.read(name) for name in pack.namelist())
    assert not any(one.encode() in held for one in hashes)
    assert "not_said" not in str(list(Payload.objects.values_list("content", flat=True)))
    assert b'"choice"' not in held


def test_small_groups_get_a_sentence(house: House) -> None:
    survey = house.survey("carer", asked=24)
    fill(survey, 24, carer="no")
    page = Client().get(reverse("equality:tables", args=[survey.pk])).content.decode()
    assert "24 people were asked and 24 forms came back." in page
    assert "<table" not in page


def test_the_threshold_is_a_setting_with_a_floor(settings: Any) -> None:
    settings.COPRODUCE_SMALL_NUMBER, settings.COPRODUCE_MONITORING_BATCH = "20", "30"
    assert (queries.threshold(), queries.batch_size()) == (20, 40)
    settings.COPRODUCE_SMALL_NUMBER = "1"
    assert (queries.threshold(), queries.batch_size()) == (5, 30)


def test_the_settings_have_the_usual_numbers() -> None:
    assert (settings.COPRODUCE_SMALL_NUMBER, settings.COPRODUCE_MONITORING_BATCH) == ("10", "30")


# The pages


def test_answering_on_the_web_shows_a_code_in_no_address_and_taking_back_needs_no_account(
    house: House,
) -> None:
    survey = house.survey("carer")
    client, address = Client(), reverse("equality:answer", args=[survey.pk])
    key = str(uuid4())
    answer = client.post(address, {"carer": "yes", "request_key": key})
    assert answer.status_code == 200
    code = answer.context["code"]
    assert code in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"
    again = client.post(address, {"carer": "yes", "request_key": key})
    assert (again.context["code"], again.context["now"], queries.waiting(survey)) == (code, False, 1)
    taken = client.post(reverse("equality:withdraw", args=[survey.pk]), {"code": code})
    assert "Your answers are deleted" in taken.content.decode()
    assert queries.waiting(survey) == 0


def test_paper_has_its_code_and_whoever_types_it_in_is_written_nowhere(house: House) -> None:
    survey = house.survey("carer")
    code = Client().get(reverse("equality:paper", args=[survey.pk])).context["code"]
    client = Client()
    client.force_login(house.facilitator, backend="django.contrib.auth.backends.ModelBackend")
    entries = Entry.objects.count()
    answer = client.post(
        reverse("equality:enter", args=[house.id]), {"carer": "no", "code": code, "request_key": str(uuid4())}
    )
    assert (answer.context["code"], queries.waiting(survey)) == (code, 1)
    assert Entry.objects.count() == entries
    assert operations.withdraw(survey_id=survey.pk, code=code) == 1
