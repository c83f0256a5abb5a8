"""Nonsense after the question mark breaks no page, on either database."""

from urllib.parse import urlencode

import pytest

from tests.permissions import grid
from tests.permissions.test_grid import address, client_of
from tests.permissions.world import World
from tests.support.databases import kind

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

# Every name that any page reads; each gets each kind of nonsense.
NAMES = (
    "q", "page", "sort", "order", "format", "group", "kind", "state", "status", "theme", "level", "response", "zone",
    "important", "owner", "block", "chapter", "for", "old", "new", "part", "what", "who",
)  # fmt: skip
NONSENSE = ("\x00", "9" * 40, "-1", "'\"><script>", "\ud800", "0.999999999999999999999", "\u202e", "%")
# SQLite has read all of it; these are what PostgreSQL alone takes otherwise: text and numbers that it cannot hold.
if kind() == "postgresql":
    NONSENSE = ("\x00", "9" * 40)
ROWS = {row.url: row for row in grid.rows() if row.method == "GET" and grid.FACILITATOR in row.may}


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_nonsense_in_an_address_is_no_server_error(row: grid.Row, world: World) -> None:
    client, place = client_of(grid.FACILITATOR, world), address(row, row.kwargs(world)).split("?")[0]
    client.raise_request_exception = False
    for nonsense in NONSENSE:
        typed = urlencode(dict.fromkeys(NAMES, nonsense), errors="surrogatepass")
        answer = client.get(f"{place}?{typed}")
        assert answer.status_code < 500, f"{place} with {nonsense!r}"
