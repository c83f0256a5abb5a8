"""Every change: results kept, and results used as evidence."""

from .evidence import take_back, use_as_evidence
from .making import follow, follow_open, keep_final, make_final

__all__ = ["follow", "follow_open", "keep_final", "make_final", "take_back", "use_as_evidence"]
