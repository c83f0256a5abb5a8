from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DraftingConfig(AppConfig):
    name = "coproduce.capabilities.drafting"
    label = "drafting"

    def ready(self) -> None:
        from coproduce.ui.navigation import Item, add_to_project

        from . import queries

        add_to_project(
            Item(order=50, label=_("Master copy"), url_name="drafting:documents", summary=queries.summary)
        )
