"""After the close no vote, no voter and no figure of the close can change: the database itself refuses it."""

from collections.abc import Iterator

from django.db import migrations

from coproduce.core.triggers import Guard, append_only, refuses

_CLOSED = "EXISTS (SELECT 1 FROM voting_ballot WHERE id = {ballot} AND state = 'closed')"
_BALLOT_OF = {
    "voting_vote": "(SELECT ballot_id FROM voting_voter WHERE id = {row}.voter_id)",
    "voting_voter": "{row}.ballot_id",
}
_ROWS = {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}
# The ballot itself is guarded apart: the change that closes it is the last one that may set these.
_FIXED = ("state", "closed_at", "votes_at_close", "people_at_close", "digest")


def _guards() -> Iterator[Guard]:
    for table, ballot in _BALLOT_OF.items():
        for verb, rows in _ROWS.items():
            refused = " OR ".join(_CLOSED.format(ballot=ballot.format(row=row)) for row in rows)
            yield Guard(f"{table}_rests_{verb.lower()}", table, verb, refused)
    # “IS DISTINCT FROM” is no word of older SQLites.
    moved = " OR ".join(
        f"COALESCE(CAST(NEW.{name} AS text), '') <> COALESCE(CAST(OLD.{name} AS text), '')" for name in _FIXED
    )
    closed = "OLD.state = 'closed'"
    yield Guard("voting_ballot_rests_update", "voting_ballot", "UPDATE", f"{closed} AND ({moved})")
    yield Guard("voting_ballot_rests_delete", "voting_ballot", "DELETE", closed)


class Migration(migrations.Migration):
    dependencies = [("voting", "0002_words_stay")]

    operations = [
        refuses(_guards(), "this ballot is closed"),
        # PostgreSQL asks no guard of rows when a table is emptied at once.
        append_only("voting_vote", verbs=("TRUNCATE",)),
        append_only("voting_voter", verbs=("TRUNCATE",)),
    ]
