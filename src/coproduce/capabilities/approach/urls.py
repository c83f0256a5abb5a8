from django.urls import path

from .views import pages as views

app_name = "approach"

_HERE = "projects/<uuid:project_id>/approach/"

urlpatterns = [
    path("should-we-co-produce/", views.check, name="check"),
    path("should-we-co-produce/start/", views.start, name="start"),
    path(_HERE, views.approach, name="approach"),
    path(f"{_HERE}new/", views.add, name="add"),
    path(f"{_HERE}ask/", views.ask, name="ask"),
    path(f"{_HERE}<uuid:decision_id>/", views.decision, name="decision"),
    path(f"{_HERE}<uuid:decision_id>/change/", views.change, name="change"),
    path(f"{_HERE}<uuid:decision_id>/complexity/", views.confirm, name="confirm"),
    path(f"{_HERE}<uuid:decision_id>/level/", views.level, name="level"),
]
