from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DraftingConfig(AppConfig):
    name = "coproduce.capabilities.drafting"
    label = "drafting"

    def ready(self) -> None:
        from coproduce.capabilities.barriers.terms import BARRIER
        from coproduce.ui.citing import add_sources
        from coproduce.ui.navigation import Item, add_to_project
        from coproduce.ui.onward import add_onward_of_many

        from . import queries

        add_to_project(
            Item(order=50, label=_("Master copy"), url_name="drafting:documents", summary=queries.summary)
        )
        add_onward_of_many(BARRIER, queries.onward_from_barriers)
        add_sources(queries.sources)
