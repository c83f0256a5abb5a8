from django.urls import path

from . import views

app_name = "insights"

_ALL = "projects/<uuid:project_id>/agreement/"
_ONE = _ALL + "<uuid:ballot_id>/"
_STATEMENT = _ONE + "statements/<uuid:statement_id>/"
_EVIDENCE = _ALL + "evidence/"
_LINK = "vote/<str:link>/results/"

urlpatterns = [
    path(_ALL, views.results, name="results"),
    path(_EVIDENCE, views.evidence, name="evidence"),
    path(_EVIDENCE + "<uuid:evidence_id>/take-back/", views.take_back, name="take_back"),
    path(_ONE, views.result, name="result"),
    path(_ONE + "statements/", views.statements, name="statements"),
    path(_ONE + "groups/<int:place>/", views.group, name="group"),
    path(_ONE + "where-am-i/", views.where_am_i, name="where_am_i"),
    path(_STATEMENT, views.statement, name="statement"),
    path(_STATEMENT + "use/", views.use, name="use"),
    path(_LINK, views.public_result, name="public_result"),
    path(_LINK + "statements/", views.public_statements, name="public_statements"),
    path(_LINK + "groups/<int:place>/", views.public_group, name="public_group"),
    path(_LINK + "where-am-i/", views.public_where_am_i, name="public_where_am_i"),
]
