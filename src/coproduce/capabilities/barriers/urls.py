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
    path(_ALL + "rate/", views.rate, name="rate"),
    path(_ALL + "rate/rest/", views.rate_rest, name="rate_rest"),
    path(_ALL + "rate/progress/", views.rating_progress, name="rating_progress"),
    path(_ALL + "gaps/", views.gaps, name="gaps"),
    path(_ALL + "zones/", views.zones, name="zones"),
    path(_ALL + "to-action/", views.to_action, name="to_action"),
    path(_ALL + "mine/", views.mine, name="mine"),
    path(_ALL + "check-backs/", views.check_backs, name="check_backs"),
    path(_ALL + "check-backs/<uuid:person_id>/asked/", views.ask_raiser, name="ask_raiser"),
    path(_ALL + "on-paper/", views.on_paper, name="on_paper"),
    path(_ONE, views.barrier, name="barrier"),
    path(_ONE + "note/", views.note, name="note"),
    path(_ONE + "respond/", views.respond, name="respond"),
    path(_ONE + "sort/", views.sort, name="sort"),
    path(_ONE + "merge/", views.merge, name="merge"),
    path(_ONE + "unmerge/", views.unmerge, name="unmerge"),
    path(_ONE + "check-back/", views.check_back, name="check_back"),
    path(_ONE + "propose-gone/", views.propose_gone, name="propose_gone"),
    path(_ONE + "evidence/", views.add_evidence, name="add_evidence"),
    path(_ONE + "evidence/<uuid:evidence_id>/take-out/", views.take_out_evidence, name="take_out_evidence"),
]
