from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlansConfig(AppConfig):
    name = "coproduce.capabilities.plans"
    label = "plans"

    def ready(self) -> None:
        from coproduce.capabilities.barriers.queries import add_onward
        from coproduce.capabilities.drafting.terms import SUGGESTION
        from coproduce.ui import onward
        from coproduce.ui.navigation import Item, add_to_project

        from . import queries

        add_to_project(Item(order=60, label=_("Actions"), url_name="plans:actions", summary=queries.summary))
        add_onward(queries.onward_from_barrier)
        onward.add_onward(SUGGESTION, queries.onward_from_suggestion)
