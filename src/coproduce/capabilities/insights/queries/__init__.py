"""Every read of results and evidence, and their access doors."""

from .analysing import Analysed, analysed, engine_settings, small_number
from .doors import (
    OneStatement,
    Seen,
    address,
    evidence_for,
    fresh_evidence,
    readable,
    results_for,
    results_with_link,
    statement_for,
    visit,
)
from .evidence import (
    Linked,
    evidence_of,
    figure_of,
    found_by,
    linked_by_value,
    onward,
    origin_of,
    said,
    standing_evidence,
)
from .placing import Place, place_of
from .results import (
    digest_of,
    final_by_ballot,
    final_of,
    open_to_follow,
    order_of,
    result_of,
    results_of_project,
    rows_for_record,
    summary,
    texts_of,
    waiting_for_final,
)
from .routing import weights

__all__ = [
    "Analysed", "Linked", "OneStatement", "Place", "Seen", "address", "analysed", "digest_of",
    "engine_settings", "evidence_for", "evidence_of", "figure_of", "final_by_ballot", "final_of",
    "found_by", "fresh_evidence", "linked_by_value", "onward", "open_to_follow", "order_of", "origin_of",
    "place_of", "readable", "result_of", "results_for", "results_of_project", "results_with_link",
    "rows_for_record", "said", "small_number", "standing_evidence", "statement_for", "summary", "texts_of",
    "visit", "waiting_for_final", "weights",
]  # fmt: skip
