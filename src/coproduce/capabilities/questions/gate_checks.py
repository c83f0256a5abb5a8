"""The foreword's gate stands below this capability, so it is told here what the log misses."""

from coproduce.capabilities.projects import queries as projects

from . import queries


def register() -> None:
    projects.the_foreword_is_checked_by(queries.findings_at_foreword)
