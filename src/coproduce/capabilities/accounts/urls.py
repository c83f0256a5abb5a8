from django.urls import path

from . import views

app_name = "accounts"

urlpatterns = [
    path("claim/<str:token>/", views.claim, name="claim"),
    path("me/", views.details, name="details"),
]
