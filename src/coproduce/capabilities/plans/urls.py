from django.urls import path

from . import views

app_name = "plans"

_ALL = "projects/<uuid:project_id>/actions/"
_ONE = _ALL + "<uuid:action_id>/"
_COMMITMENTS = "projects/<uuid:project_id>/commitments/"
_COMMITMENT = _COMMITMENTS + "<uuid:commitment_id>/"

urlpatterns = [
    path(_ALL, views.actions, name="actions"),
    path(_ALL + "new/", views.new_action, name="new_action"),
    path(_ALL + "mine/", views.mine, name="mine"),
    path(_ALL + "hand-over/<uuid:person_id>/", views.hand_over, name="hand_over"),
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
