from django.urls import path

from . import views

app_name = "vote_files"

urlpatterns = [
    path("projects/<uuid:project_id>/ballots/<uuid:ballot_id>/votes.zip", views.download, name="download"),
]
