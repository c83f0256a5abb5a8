from django.urls import path

from . import views

app_name = "calendar"

urlpatterns = [
    path("projects/<uuid:project_id>/sign-off/calendar.ics", views.sign_off, name="sign_off"),
    path("projects/<uuid:project_id>/labs/calendar.ics", views.labs, name="labs"),
    path("projects/<uuid:project_id>/labs/<uuid:lab_id>/calendar.ics", views.lab, name="lab"),
]
