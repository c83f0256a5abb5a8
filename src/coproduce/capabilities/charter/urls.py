from django.urls import path

from .views import organisation, public, writing

app_name = "charter"

_CHARTER = "projects/<uuid:project_id>/charter/"
_MISSED = f"{_CHARTER}missed/"

urlpatterns = [
    path("charter/", organisation.organisation, name="organisation"),
    path("charter/settings/", writing.settings, name="settings"),
    path(_CHARTER, public.charter, name="charter"),
    path(f"{_CHARTER}<int:number>/", public.rows, name="rows"),
    path(f"{_CHARTER}write/", writing.write, name="write"),
    path(f"{_CHARTER}publish/", writing.publish, name="publish"),
    path(f"{_CHARTER}views/", writing.ways_in, name="views"),
    path(f"{_CHARTER}views/new/", writing.start_view, name="start_view"),
    path(_MISSED, public.missed, name="missed"),
    path(f"{_MISSED}tell/", public.tell, name="tell"),
    path(f"{_MISSED}find/", public.find, name="find"),
    path(f"{_MISSED}<uuid:breach_id>/", public.received, name="received"),
    path(f"{_MISSED}<uuid:breach_id>/answer/", writing.answer, name="answer"),
]
