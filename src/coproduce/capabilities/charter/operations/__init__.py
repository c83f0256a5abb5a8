"""Every change to a charter, to reports of missed promises, and to what is kept of the figures."""

from .breaches import answer_breach, report_breach
from .measuring import renew, renew_changed
from .setting import set_limits
from .views import start_view
from .writing import CHARTER_FIELDS, SIGNATORY_FIELDS, publish_charter, write_charter

__all__ = [
    "CHARTER_FIELDS",
    "SIGNATORY_FIELDS",
    "answer_breach",
    "publish_charter",
    "renew",
    "renew_changed",
    "report_breach",
    "set_limits",
    "start_view",
    "write_charter",
]
