from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlansConfig(AppConfig):
    name = "coproduce.capabilities.plans"
    label = "plans"

    def ready(self) -> None:
        from coproduce.capabilities.barriers.terms import BARRIER
        from coproduce.capabilities.drafting.terms import SUGGESTION
        from coproduce.ui.navigation import Item, add_to_project
        from coproduce.ui.onward import add_onward, add_onward_of_many

        from . import queries

        add_to_project(Item(order=60, label=_("Actions"), url_name="plans:actions", summary=queries.summary))
        add_onward_of_many(BARRIER, queries.onward_from_barriers)
        add_onward(SUGGESTION, queries.onward_from_suggestion)
