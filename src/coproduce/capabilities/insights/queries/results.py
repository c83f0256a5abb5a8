"""Kept results, and whether they may be read now."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from coproduce.capabilities.voting import queries as voting
from coproduce.core.ledger.chain import canonical

from ..models import Order, Result
