"""The append-only, hash-chained record of everything that happened in a project."""
