"""Who may read the ledger of a project, and who may carry its record away."""

from coproduce.core.access import EVERYONE_IN_PROJECT, Purpose, Role, grid

RECORD = "exports.record"

grid(
    RECORD,
    {
        Purpose.READ: EVERYONE_IN_PROJECT,
        Purpose.RUN: {Role.FACILITATOR, Role.MANAGER, Role.PROJECT_ADMINISTRATOR},
    },
)
