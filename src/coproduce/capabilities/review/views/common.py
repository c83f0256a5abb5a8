from typing import Any

from django.http import HttpRequest

from coproduce.capabilities.projects.queries import Visit
from coproduce.core.access import Purpose

from ..terms import LETTER, REVIEW


def page_of(visit: Visit, **more: Any) -> dict[str, Any]:
    """What every page of a review knows."""
    return {
        "visit": visit,
        "section": "review",
        "runs": visit.may(REVIEW, Purpose.RUN),
        "says": visit.may(REVIEW, Purpose.CONTRIBUTE),
        "closes": visit.may(REVIEW, Purpose.SIGN),
        "writes_letters": visit.may(LETTER, Purpose.RUN),
        **more,
    }


def posted(request: HttpRequest) -> Any:
    """Also a form in which nothing was typed was sent."""
    return request.POST if request.method == "POST" else None
