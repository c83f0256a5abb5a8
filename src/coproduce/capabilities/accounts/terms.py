"""The words of accounts."""

from uuid import UUID

# The same in every installation: two workers that begin at the same moment add the same person.
TASK_WORKER = UUID("00000000-0000-7000-8000-007461736b73")
