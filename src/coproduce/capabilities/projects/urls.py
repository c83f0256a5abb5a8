from django.urls import path

from . import views

app_name = "projects"

urlpatterns = [
    path("projects/new/", views.new_project, name="new_project"),
    path("projects/<uuid:project_id>/", views.overview, name="overview"),
    path("projects/<uuid:project_id>/foreword/", views.foreword, name="foreword"),
    path("projects/<uuid:project_id>/foreword/easy-read/", views.easy_foreword, name="easy_foreword"),
    path("projects/<uuid:project_id>/foreword/edit/", views.edit_foreword, name="edit_foreword"),
    path("projects/<uuid:project_id>/foreword/share/", views.share_foreword, name="share_foreword"),
    path("projects/<uuid:project_id>/foreword/options/new/", views.option, name="new_option"),
    path("projects/<uuid:project_id>/foreword/options/<uuid:option_id>/", views.option, name="option"),
    path("projects/<uuid:project_id>/roles/", views.roles, name="roles"),
    path(
        "projects/<uuid:project_id>/roles/<uuid:person_id>/<slug:role>/take/",
        views.take_role,
        name="take_role",
    ),
    path("join/<str:token>/", views.join, name="join"),
]
