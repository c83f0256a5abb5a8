from django.urls import path

from . import views

app_name = "equality"

_ALL = "projects/<uuid:project_id>/equality/"
_ROW = _ALL + "rows/<uuid:row_id>/"
_MONITORING = _ALL + "monitoring/"
_FORM = "monitoring/<uuid:survey_id>/"

urlpatterns = [
    path(_ALL, views.assessment, name="assessment"),
    path(_ALL + "begin/", views.begin, name="begin"),
    path(_ALL + "screening/", views.screen, name="screen"),
    path(_ALL + "about/", views.about, name="about"),
    path(_ALL + "rows/add/", views.add, name="add_row"),
    path(_ROW, views.row, name="row"),
    path(_ROW + "edit/", views.edit, name="edit_row"),
    path(_ROW + "links/<slug:side>/", views.links, name="links"),
    path(_ALL + "versions/", views.versions, name="versions"),
    path(_ALL + "versions/keep/", views.save_version, name="save_version"),
    path(_ALL + "versions/<uuid:version_id>/", views.version, name="version"),
    path(_ALL + "read/", views.read, name="read"),
    path(_ALL + "publish/", views.publish, name="publish"),
    path(_ALL + "document/", views.document, name="document"),
    path(_ALL + "summary/", views.summary, name="summary"),
    path(_ALL + "map/", views.evidence_map, name="map"),
    path(_MONITORING, views.monitoring, name="monitoring"),
    path(_MONITORING + "ask/", views.ask, name="ask"),
    path(_MONITORING + "table/", views.publish_table, name="publish_table"),
    path(_MONITORING + "close/", views.close, name="close"),
    path(_MONITORING + "enter/", views.enter, name="enter"),
    path("equality/<uuid:project_id>/", views.public, name="public"),
    path(_FORM, views.answer, name="answer"),
    path(_FORM + "withdraw/", views.withdraw, name="withdraw"),
    path(_FORM + "paper/", views.paper, name="paper"),
    path(_FORM + "tables/", views.tables, name="tables"),
]
