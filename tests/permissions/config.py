from .grid import SIGNED_IN, Row, nothing

ROWS = [
    Row("home", kwargs=nothing, allowed=SIGNED_IN),
    Row("rules", kwargs=nothing, public=True),
    Row("health", kwargs=nothing, public=True),
    Row("set_language", kwargs=nothing, public=True, method="POST"),
]
