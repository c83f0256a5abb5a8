from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EqualityConfig(AppConfig):
    name = "coproduce.capabilities.equality"
    label = "equality"

    def ready(self) -> None:
        from coproduce.capabilities.barriers.terms import BARRIER
        from coproduce.capabilities.drafting.terms import SUGGESTION
        from coproduce.capabilities.plans.terms import ACTION
        from coproduce.ui.navigation import Item, add_to_project
        from coproduce.ui.onward import add_onward_of_many

        from . import queries

        add_to_project(
            Item(order=52, label=_("Equality"), url_name="equality:assessment", summary=queries.summary)
        )
        for kind in (BARRIER, SUGGESTION, ACTION):
            add_onward_of_many(kind, queries.onward)
