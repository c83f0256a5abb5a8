"""Addresses that exist in the demo only."""

from django.urls import path

from . import views

urlpatterns = [
    path("people/", views.people, name="demo_people"),
    path("people/<uuid:person_id>/sign-in/", views.sign_in, name="demo_sign_in"),
]
