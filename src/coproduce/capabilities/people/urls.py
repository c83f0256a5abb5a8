from django.urls import path

from .views import groups, needs, people, seats

app_name = "people"

_PROJECT = "projects/<uuid:project_id>/people/"
_GROUPS = f"{_PROJECT}groups/"
_SEAT = f"{_PROJECT}<uuid:seat_id>/"
_NEED = f"{_SEAT}access-needs/<uuid:need_id>/"

urlpatterns = [
    path(_PROJECT, people.people, name="people"),
    path(f"{_PROJECT}add/", people.add_person, name="add_person"),
    path(f"{_PROJECT}access-needs/", needs.checklist, name="access_needs"),
    path(_GROUPS, groups.groups, name="groups"),
    path(f"{_GROUPS}new/", groups.new_group, name="new_group"),
    path(f"{_GROUPS}<uuid:group_id>/", groups.group, name="group"),
    path(f"{_GROUPS}<uuid:group_id>/edit/", groups.edit_group, name="edit_group"),
    path(_SEAT, seats.seat, name="seat"),
    path(f"{_SEAT}edit/", seats.edit_seat, name="edit_seat"),
    path(f"{_SEAT}choices/", seats.choices, name="choices"),
    path(f"{_SEAT}quotes/", seats.quotes, name="quotes"),
    path(f"{_SEAT}invite/", seats.invite, name="invite"),
    path(f"{_SEAT}access-needs/add/", needs.add_need, name="add_need"),
    path(f"{_NEED}share/", needs.share_need, name="share_need"),
    path(f"{_NEED}remove/", needs.remove_need, name="remove_need"),
]
