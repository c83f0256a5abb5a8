from .grid import ADMINISTRATOR, FACILITATOR, IN_PROJECT, MANAGER, Row
from .world import World


def one_more_entry(world: World) -> None:
    from coproduce.capabilities.projects.operations import write_foreword

    write_foreword(
        by=world.facilitator,
        project_id=world.project.pk,
        changes={"why_now": "Once more."},
        why_changed="A test.",
    )


ROWS = [
    Row("exports:record", allowed=IN_PROJECT, grow=one_more_entry),
    Row("exports:record", query="?format=csv", allowed=IN_PROJECT),
    # One question for each table of the record, however many rows it has.
    Row(
        "exports:download",
        allowed={FACILITATOR, MANAGER, ADMINISTRATOR},
        most_queries=140,
        grow=one_more_entry,
    ),
]
