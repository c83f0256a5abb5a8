from django.urls import path

from . import views

app_name = "barriers"

_ALL = "projects/<uuid:project_id>/barriers/"
_ONE = _ALL + "<uuid:barrier_id>/"

urlpatterns = [
    path(_ALL, views.barriers, name="barriers"),
    path(_ALL + "new/", views.add_barrier, name="add_barrier"),
    path(_ALL + "from/<uuid:round_id>/", views.bring_in, name="bring_in"),
    path(_ALL + "views/", views.views, name="views"),
    path(_ALL + "themes/", views.themes, name="themes"),
    path(_ALL + "themes/<uuid:theme_id>/", views.theme, name="theme"),
    path(_ALL + "ratings/", views.ratings, name="ratings"),
    path(_ONE, views.barrier, name="barrier"),
    path(_ONE + "note/", views.note, name="note"),
    path(_ONE + "respond/", views.respond, name="respond"),
    path(_ONE + "sort/", views.sort, name="sort"),
    path(_ONE + "merge/", views.merge, name="merge"),
    path(_ONE + "unmerge/", views.unmerge, name="unmerge"),
    path(_ONE + "check-back/", views.check_back, name="check_back"),
    path(_ONE + "propose-gone/", views.propose_gone, name="propose_gone"),
]
