from uuid import UUID

from django.urls import path, register_converter

from . import views

app_name = "calendar"


class Hex:
    """An id without its dashes, as short as it can be in an address that people copy."""

    regex = "[0-9a-f]{32}"

    def to_python(self, value: str) -> UUID:
        return UUID(value)

    def to_url(self, value: str | UUID) -> str:
        return UUID(str(value)).hex


register_converter(Hex, "hex")

urlpatterns = [
    path("calendar/<hex:feed_id>/<str:secret>.ics", views.feed, name="feed"),
    path("projects/<uuid:project_id>/sign-off/calendar.ics", views.sign_off, name="sign_off"),
    path("projects/<uuid:project_id>/labs/calendar.ics", views.labs, name="labs"),
    path("projects/<uuid:project_id>/labs/<uuid:lab_id>/calendar.ics", views.lab, name="lab"),
]
