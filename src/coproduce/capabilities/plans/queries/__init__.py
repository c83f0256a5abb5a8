"""Every read of the action plan that someone else may want, and its access doors."""

from .doors import (
    action_for,
    action_to_work_on,
    checks,
    commitment_for,
    commitment_to_check,
    may_hand_over_for,
    visit_plan,
    works_on,
)
from .figures import commitment_counts, counts, counts_of, rows_for_record, summary
from .links import (
    carried_ids,
    find_links,
    href_of,
    links_of,
    links_of_commitment,
    links_to,
    onward_from_barrier,
    promises_without_action,
    refs_by_action,
    refs_by_commitment,
)
from .lists import (
    Line,
    action_by_ref,
    action_in,
    actions_of,
    checks_of,
    closed_actions_of_person,
    commitment_in,
    commitments_of,
    commitments_to_check,
    date_changes_of,
    former_ends,
    handed_over_in,
    handovers_of,
    handovers_touching,
    lines,
    members_by_id,
    members_of,
    moved_findings,
    next_action_number,
    next_commitment_number,
    notes_of,
    open_actions_of_person,
    shared_actions_of_person,
)

__all__ = [
    "Line", "action_by_ref", "action_for", "action_in", "action_to_work_on", "actions_of", "carried_ids", "checks",
    "checks_of", "closed_actions_of_person", "commitment_counts", "commitment_for", "commitment_in",
    "commitment_to_check", "commitments_of", "commitments_to_check", "counts", "counts_of", "date_changes_of",
    "find_links", "former_ends", "handed_over_in", "handovers_of", "handovers_touching", "href_of", "lines",
    "links_of", "links_of_commitment", "links_to", "may_hand_over_for", "members_by_id", "members_of",
    "moved_findings", "next_action_number", "next_commitment_number", "notes_of", "onward_from_barrier",
    "open_actions_of_person", "promises_without_action", "refs_by_action", "refs_by_commitment", "rows_for_record",
    "shared_actions_of_person", "summary", "visit_plan", "works_on",
]  # fmt: skip
