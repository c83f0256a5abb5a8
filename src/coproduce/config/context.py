"""What every template may know of the installation."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from coproduce.core import clock


def installation(request: HttpRequest) -> dict[str, Any]:
    return {
        "is_demo": settings.COPRODUCE_DEMO,
        "demo_day": clock.today() if settings.COPRODUCE_DEMO else None,
    }
