from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BarriersConfig(AppConfig):
    name = "coproduce.capabilities.barriers"
    label = "barriers"

    def ready(self) -> None:
        from coproduce.ui.navigation import Item, add_to_project

        # The operations listen to the seal of a round.
        from . import operations as operations
        from . import queries

        add_to_project(
            Item(order=40, label=_("Barriers"), url_name="barriers:barriers", summary=queries.summary)
        )
