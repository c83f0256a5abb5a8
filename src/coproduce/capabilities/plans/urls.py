from django.urls import path

from . import views

app_name = "plans"

_ALL = "projects/<uuid:project_id>/actions/"
_ONE = _ALL + "<uuid:action_id>/"
_COMMITMENTS = "projects/<uuid:project_id>/commitments/"
_COMMITMENT = _COMMITMENTS + "<uuid:commitment_id>/"
_IMPORT = _ALL + "imports/<uuid:import_id>/"

urlpatterns = [
    path("my-actions/", views.my_list, name="my_list"),
    path("my-actions/calendar/", views.calendar, name="calendar"),
    path("my-actions/reminders/", views.reminders, name="reminders"),
    path("people-and-actions/", views.managed, name="managed"),
    path("people-and-actions/reviews/", views.to_review, name="to_review"),
    path("people-and-actions/<uuid:person_id>/", views.person, name="person"),
    path(_ALL, views.actions, name="actions"),
    path(_ALL + "new/", views.new_action, name="new_action"),
    path(_ALL + "mine/", views.mine, name="mine"),
    path(_ALL + "hand-over/<uuid:person_id>/", views.hand_over, name="hand_over"),
    path(_ALL + "reviews/", views.reviews, name="reviews"),
    path(_ALL + "reviews/new/", views.new_review, name="new_review"),
    path(_ALL + "measures/", views.measures, name="measures"),
    path(_ALL + "imports/", views.imports, name="imports"),
    path(_IMPORT, views.one_import, name="import"),
    path(_IMPORT + "undo/", views.undo_import, name="undo_import"),
    path(_IMPORT + "drop/", views.drop_upload, name="drop_upload"),
    path(_ONE, views.action, name="action"),
    path(_ONE + "edit/", views.edit_action, name="edit_action"),
    path(_ONE + "status/", views.status, name="status"),
    path(_ONE + "move/", views.move, name="move"),
    path(_ONE + "note/", views.note, name="note"),
    path(_COMMITMENTS, views.commitments, name="commitments"),
    path(_COMMITMENTS + "new/", views.new_commitment, name="new_commitment"),
    path(_COMMITMENT, views.commitment, name="commitment"),
    path(_COMMITMENT + "check/", views.check, name="check"),
]
