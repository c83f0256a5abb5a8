from django.urls import path

from . import views

app_name = "exports"

urlpatterns = [
    path("projects/<uuid:project_id>/record/", views.record, name="record"),
    path("projects/<uuid:project_id>/record/download/", views.download, name="download"),
]
