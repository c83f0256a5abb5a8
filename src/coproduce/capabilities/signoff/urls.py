from django.urls import path

from .views import pages as views

app_name = "signoff"

_SIGN_OFF = "projects/<uuid:project_id>/sign-off/"

urlpatterns = [
    path(_SIGN_OFF, views.sign_off, name="sign_off"),
    path(f"{_SIGN_OFF}write/", views.write, name="write"),
    path(f"{_SIGN_OFF}barriers/", views.left_barriers, name="barriers"),
    path(f"{_SIGN_OFF}considered/", views.consider, name="consider"),
    path(f"{_SIGN_OFF}sign/", views.sign, name="sign"),
    path(f"{_SIGN_OFF}<uuid:sign_off_id>/", views.signed, name="signed"),
]
