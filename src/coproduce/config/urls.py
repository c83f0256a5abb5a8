"""All addresses: each capability brings its own."""

from importlib.util import find_spec

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from . import pages

handler400 = "coproduce.config.pages.bad_request"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", pages.home, name="home"),
    path("rules/", pages.rules, name="rules"),
    path("health/", pages.health, name="health"),
    path("language/", pages.change_language, name="set_language"),
    path("account/", include("allauth.urls")),
    *(
        path("", include(f"coproduce.capabilities.{name}.urls"))
        for name in settings.CAPABILITIES
        if find_spec(f"coproduce.capabilities.{name}.urls")
    ),
    *(
        path("", include(f"coproduce.outward.{name}.urls"))
        for name in ("exports", "calendar", "portfolio", "vote_files")
        if find_spec(f"coproduce.outward.{name}") and find_spec(f"coproduce.outward.{name}.urls")
    ),
]

if settings.COPRODUCE_DEMO:
    urlpatterns.append(path("demo/", include("coproduce.config.demo.urls")))
