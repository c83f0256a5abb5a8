"""What people agree on: votes on short statements, opinion groups and common ground. Numbers only."""

from .estimator import OpinionMap
from .results import Analysis
from .votes import Votes

__all__ = ["Analysis", "OpinionMap", "Votes"]
