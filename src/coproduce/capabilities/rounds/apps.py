from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RoundsConfig(AppConfig):
    name = "coproduce.capabilities.rounds"
    label = "rounds"

    def ready(self) -> None:
        from coproduce.ui.navigation import Item, add_to_project

        from . import queries

        add_to_project(
            Item(order=30, label=_("Rounds"), url_name="rounds:rounds", summary=queries.summary_line)
        )
