from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LiveConfig(AppConfig):
    name = "coproduce.capabilities.live"
    label = "live"

    def ready(self) -> None:
        from coproduce.capabilities.rounds.queries import guests_are_known_by, rounds_are_held_by
        from coproduce.ui.navigation import Item, add_to_project

        from . import queries
        from .views.doors import guest_in_the_room

        guests_are_known_by(guest_in_the_room)
        rounds_are_held_by(queries.is_held)
        add_to_project(
            Item(order=31, label=_("Live sessions"), url_name="live:sessions", summary=queries.summary_line)
        )
