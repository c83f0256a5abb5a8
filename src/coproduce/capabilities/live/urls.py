from django.urls import path

from .views import console, grouping, joining, places, planning, room, screen

app_name = "live"

_ROOM = "live/<uuid:session_id>/"
_ALL = "projects/<uuid:project_id>/live/"
_ONE = f"{_ALL}<uuid:session_id>/"
_PLACE = f"{_ONE}places/<uuid:place_id>/"

urlpatterns = [
    # The lobby: a code, no account.
    path("live/", joining.enter_code, name="enter_code"),
    path("live/join/<str:code>/", joining.join, name="join"),
    path(f"{_ROOM}back/", joining.come_back, name="come_back"),
    # The room: for who holds a place.
    path(f"{_ROOM}", room.room, name="room"),
    path(f"{_ROOM}welcome/", joining.welcome, name="welcome"),
    path(f"{_ROOM}turn/", room.turn, name="turn"),
    path(f"{_ROOM}time/", room.double_time, name="double_time"),
    path(f"{_ROOM}comment/", room.comment, name="comment"),
    path(f"{_ROOM}themes/", grouping.themes, name="themes"),
    path(f"{_ROOM}state/", room.state, name="state"),
    # For those who run it, and those who are signed in.
    path(_ALL, planning.sessions, name="sessions"),
    path(f"{_ALL}new/", planning.new_session, name="new_session"),
    path(f"{_ONE}take-place/", joining.take_place, name="take_place"),
    path(f"{_ONE}console/", console.console, name="console"),
    path(f"{_ONE}console/state/", console.console_state, name="console_state"),
    path(f"{_ONE}console/heads/", console.heads, name="heads"),
    path(f"{_ONE}console/seconds/", console.turn_seconds, name="turn_seconds"),
    path(f"{_ONE}console/theme/", grouping.add_theme, name="add_theme"),
    path(f"{_ONE}screen/", screen.screen, name="screen"),
    path(f"{_ONE}poster/", screen.poster, name="poster"),
    path(f"{_ONE}places/", places.places, name="places"),
    path(f"{_ONE}places/new/", places.set_a_place, name="set_a_place"),
    path(f"{_PLACE}recognise/", places.recognise, name="recognise"),
    path(f"{_PLACE}hand-on/", places.hand_on, name="hand_on"),
    path(f"{_PLACE}show-out/", places.show_out, name="show_out"),
    path(f"{_PLACE}double-time/", places.double_time, name="place_double_time"),
    path(f"{_PLACE}comment/", places.comment, name="enter_comment"),
]
