from django.urls import path

from .views import pages as views

app_name = "questions"

_HERE = "projects/<uuid:project_id>/questions/"

urlpatterns = [
    path(_HERE, views.log, name="log"),
    path(f"{_HERE}list/", views.questions, name="questions"),
    path(f"{_HERE}changed/", views.changed, name="changed"),
    path(f"{_HERE}ask/", views.ask, name="ask"),
    path(f"{_HERE}gate/", views.gate, name="gate"),
    path(f"{_HERE}<uuid:question_id>/", views.question, name="question"),
    path(f"{_HERE}<uuid:question_id>/answer/", views.answer, name="answer"),
]
