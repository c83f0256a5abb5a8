"""Each table of the record has a name of its own: two of one name would be two files of one name."""

from collections import Counter

import pytest

from coproduce.core.ids import uuid7
from coproduce.outward.exports.looks import LOOKS
from coproduce.outward.exports.sections import SECTIONS


@pytest.mark.django_db
def test_no_two_tables_share_a_name() -> None:
    nowhere = uuid7()
    tables = Counter(name for section in SECTIONS for name in section.rows(nowhere))
    assert [name for name, times in tables.items() if times > 1] == []
    assert {"sign_off_makers", "annual_reviews", "review_benefits"} <= set(tables) & set(LOOKS)
