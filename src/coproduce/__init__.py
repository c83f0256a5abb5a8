"""Coproduce: the open-source system of record for co-production in public services."""

__version__ = "0.1.0"
