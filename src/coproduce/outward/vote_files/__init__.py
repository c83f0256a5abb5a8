"""Votes that were held elsewhere come in as a closed ballot; the votes of a closed ballot go out as files."""
