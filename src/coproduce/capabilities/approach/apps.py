from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApproachConfig(AppConfig):
    name = "coproduce.capabilities.approach"
    label = "approach"

    def ready(self) -> None:
        from coproduce.ui.navigation import Item, add_to_project
        from coproduce.ui.service_links import entry

        from . import queries

        add_to_project(
            Item(order=15, label=_("Approach"), url_name="approach:approach", summary=queries.summary)
        )
        entry(_("Should we co-produce?"), "approach:check", order=80)
