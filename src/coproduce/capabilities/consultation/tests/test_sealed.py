"""A consultation whose words are closed until the end: the words are nowhere before, and everywhere after."""

import io
import json
import logging
import secrets
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from coproduce.capabilities.consultation import operations, queries
from coproduce.capabilities.consultation.models import Reply, Said
from coproduce.capabilities.drafting import queries as master
from coproduce.core import clock
from coproduce.core.findings import Refused
from coproduce.core.models import Payload
from coproduce.outward.exports.record import export_record

from .factories import AFTER, DURING, Asking, make_asking

pytestmark = pytest.mark.django_db
MARKER = f"quincunx{secrets.token_hex(4)}"
OPEN_TO_LEADERS = (
    "consultations",
    "consultation",
    "state",
    "reach",
    "replies",
    "close",
    "codes",
    "edit",
    "formats",
)


@pytest.fixture
def planted() -> Asking:
    """One reply online and one typed in, with the marker in answers, on a passage and as its reason."""
    asking = make_asking(opened=True, sealed=True)
    asking.reply(f"Online {MARKER}", on="Care workers", name="Margaret", named=True, quote_consent=True)
    asking.enter(f"On the phone {MARKER}")
    return asking


def client_of(person: Any) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def pages(asking: Asking) -> str:
    """Everything that any page, search or file of the consultation and of the master copy gives to its leaders."""
    place = [asking.draft.project.pk, asking.consultation.pk]
    paths = [reverse(f"consultation:{name}", args=place if name != "consultations" else place[:1])
             for name in OPEN_TO_LEADERS]  # fmt: skip
    replies = reverse("consultation:replies", args=place)
    paths += [f"{replies}?format=csv", f"{replies}?format=xlsx", f"{replies}?q={MARKER}"]
    paths += [reverse("consultation:one_reply", args=[*place, reply.pk]) for reply in Reply.objects.all()]
    paths += [reverse("consultation:report", args=place[1:]), reverse("consultation:page", args=place[1:])]
    paths += [reverse(f"consultation:{name}", args=place[1:]) for name in ("report_replies", "report_points")]
    paths += [f"{reverse('drafting:suggestions', args=[place[0], asking.draft.document.pk])}?q={MARKER}"]
    found = []
    for person in (asking.draft.facilitator, asking.draft.manager):
        found += [client_of(person).get(path).content.decode(errors="replace") for path in paths]
    # The search box itself repeats what was searched for.
    return "\n".join(found).replace(f'value="{MARKER}"', "").replace(f"q={MARKER}", "")


def database() -> str:
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
            rows = [
                [bytes(one) if isinstance(one, memoryview) else one for one in row]
                for row in cursor.fetchall()
            ]
            found.append(repr(rows))
    return "\n".join(found)


def record(asking: Asking, folder: Path) -> str:
    pack = zipfile.ZipFile(
        io.BytesIO(Path(export_record(asking.draft.project.pk, folder / "record.zip").file).read_bytes())
    )
    return "\n".join(pack.read(name).decode(errors="replace") for name in pack.namelist())


def test_no_page_search_file_export_log_ledger_or_table_has_the_words_before_the_close(
    planted: Asking, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    with clock.at(DURING):
        for place in (pages(planted), record(planted, tmp_path), database(), caplog.text,
                      json.dumps([one.content for one in Payload.objects.all()], default=str)):  # fmt: skip
            assert MARKER not in place
    assert not Said.objects.exists()
    assert not master.suggestions_of(planted.draft.project.pk).exists()


def test_the_same_places_have_them_after_the_close(planted: Asking, tmp_path: Path) -> None:
    planted.close()
    with clock.at(AFTER):
        assert all(MARKER in place for place in (pages(planted), record(planted, tmp_path), database()))
    assert Said.objects.count() == 3
    [made] = master.suggestions_of(planted.draft.project.pk)
    assert MARKER in made.words
    assert not Reply.objects.filter(closed_words__isnull=False).exists()
    assert planted.consultation.wrapped is None


def test_counts_are_known_all_the_time(planted: Asking) -> None:
    counts = queries.counts(planted.again())
    assert (counts.replies, {one.key: one.replies for one in counts.by_channel if one.replies}) == (
        2, {"web": 1, "phone": 1},
    )  # fmt: skip


def test_nobody_makes_suggestions_or_codes_of_words_that_nobody_may_read(planted: Asking) -> None:
    with pytest.raises(Refused):
        operations.take_in(**planted.lead)
    with pytest.raises(Refused):
        operations.draw_second_coding(**planted.lead, coder_id=planted.facilitator.pk, share=50)


def test_the_database_itself_keeps_the_words_back(planted: Asking) -> None:
    reply = Reply.objects.first()
    with pytest.raises(DatabaseError), transaction.atomic():
        Said.objects.create(reply=reply, position=1, words="Too early.")


def test_the_ciphertext_belongs_to_its_reply(planted: Asking) -> None:
    """Two replies cannot change places unseen."""
    from cryptography.exceptions import InvalidTag

    one, other = Reply.objects.order_by("number")
    one.closed_words, other.closed_words = other.closed_words, one.closed_words
    one.save()
    other.save()
    with pytest.raises(InvalidTag):
        planted.close()


def test_its_length_tells_nothing(planted: Asking) -> None:
    planted.reply("x")
    planted.reply("x" * 5_000)
    assert len({len(bytes(one.closed_words)) for one in Reply.objects.all()}) == 1


def test_an_open_consultation_shows_words_at_once() -> None:
    asking = make_asking(opened=True)
    asking.reply(f"In the open {MARKER}")
    with clock.at(datetime(2025, 9, 21, tzinfo=UTC)):
        assert MARKER in pages(asking)
