from django.urls import path

from . import views

app_name = "labs"

_ALL = "projects/<uuid:project_id>/labs/"
_LAB = _ALL + "<uuid:lab_id>/"

urlpatterns = [
    path(_ALL, views.labs, name="labs"),
    path(_ALL + "new/", views.new_lab, name="new_lab"),
    path(_ALL + "facilitation/", views.facilitation, name="facilitation"),
    path(_ALL + "facilitation/edit/", views.edit_facilitation, name="edit_facilitation"),
    path(_ALL + "facilitation/hand-on/", views.hand_on, name="hand_on"),
    path(_ALL + "stages/", views.stages, name="stages"),
    path(_ALL + "prototypes/", views.prototypes, name="prototypes"),
    path(_ALL + "prototypes/<uuid:prototype_id>/", views.prototype, name="prototype"),
    *(
        path(f"{_ALL}{kind}/", views.outcomes, {"kind": kind}, name=kind)
        for kind in ("ideas", "decisions", "parked", "jargon")
    ),
    path(_LAB, views.lab, name="lab"),
    path(_LAB + "edit/", views.edit_lab, name="edit_lab"),
    path(_LAB + "invite/", views.invite, name="invite"),
    path(_LAB + "access/", views.access, name="access"),
    path(_LAB + "access/<uuid:need_id>/", views.arrange, name="arrange"),
    path(_LAB + "agenda/", views.agenda, name="agenda"),
    path(_LAB + "agenda/<uuid:item_id>/", views.edit_item, name="edit_item"),
    path(_LAB + "agenda/<uuid:item_id>/move/", views.move_item, name="move_item"),
    path(_LAB + "agenda/<uuid:item_id>/remove/", views.remove_item, name="remove_item"),
    path(_LAB + "sheet/", views.sheet, name="sheet"),
    path(_LAB + "attendance/", views.attendance, name="attendance"),
    path(_LAB + "voices/", views.voices, name="voices"),
    path(_LAB + "tally/", views.tally, name="tally"),
    path(_LAB + "tally/press/", views.press, name="press"),
    path(_LAB + "tally/undo/", views.undo, name="undo"),
    path(_LAB + "tally/paper/", views.paper_tally, name="paper_tally"),
    path(_LAB + "session/", views.session, name="session"),
    path(_LAB + "record/", views.record, name="record"),
    path(_LAB + "add/<slug:kind>/", views.add, name="add"),
    path(_LAB + "ideas/<uuid:idea_id>/elsewhere/", views.elsewhere, name="elsewhere"),
    path(_LAB + "conflict/", views.conflict, name="conflict"),
]
