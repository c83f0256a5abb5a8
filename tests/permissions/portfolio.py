from .charter import measured, one_more_project
from .grid import SIGNED_IN, Row

ROWS = [
    Row("portfolio:portfolio", kwargs=measured, allowed=SIGNED_IN, grow=one_more_project),
    Row(
        "portfolio:portfolio", kwargs=measured, allowed=SIGNED_IN, grow=one_more_project,
        query="?late=late_actions&citizens=absent&not_met=6&stage=draft&sort=-next&q=bus",
    ),
    Row("portfolio:portfolio", kwargs=measured, allowed=SIGNED_IN, query="?format=csv"),
    Row("portfolio:portfolio", kwargs=measured, allowed=SIGNED_IN, query="?format=xlsx"),
]  # fmt: skip
