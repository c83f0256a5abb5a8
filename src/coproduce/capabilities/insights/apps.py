from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InsightsConfig(AppConfig):
    name = "coproduce.capabilities.insights"
    label = "insights"

    def ready(self) -> None:
        from coproduce.capabilities.barriers.terms import BARRIER
        from coproduce.capabilities.drafting.terms import SUGGESTION
        from coproduce.capabilities.voting import queries as voting
        from coproduce.core.tasks import each_look
        from coproduce.ui.navigation import Item, add_to_project
        from coproduce.ui.onward import add_onward_of_many

        from . import queries, tasks

        add_to_project(
            Item(
                order=44,
                label=_("What people agree on"),
                url_name="insights:results",
                summary=queries.summary,
            )
        )
        for kind in (BARRIER, SUGGESTION):
            add_onward_of_many(kind, queries.onward)
        each_look("insights.follow", tasks.follow)
        voting.statements_are_weighed_by(queries.weights)
        voting.results_are_read_at(queries.address)
