from .evidence import evidence, take_back, use
from .results import group, public_group, public_result, public_where_am_i, result, results, where_am_i
from .statements import public_statements, statement, statements

__all__ = [
    "evidence", "group", "public_group", "public_result", "public_statements", "public_where_am_i", "result",
    "results", "statement", "statements", "take_back", "use", "where_am_i",
]  # fmt: skip
