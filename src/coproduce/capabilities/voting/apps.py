from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VotingConfig(AppConfig):
    name = "coproduce.capabilities.voting"
    label = "voting"

    def ready(self) -> None:
        from datetime import time

        from coproduce.capabilities.barriers.terms import BARRIER
        from coproduce.capabilities.drafting.terms import SUGGESTION
        from coproduce.core.tasks import daily
        from coproduce.ui.navigation import Item, add_to_project
        from coproduce.ui.onward import add_onward_of_many

        from . import queries, tasks, terms

        add_to_project(
            Item(order=43, label=_("Votes on statements"), url_name="voting:ballots", summary=queries.summary)
        )
        add_onward_of_many(BARRIER, queries.onward_from_sources)
        add_onward_of_many(SUGGESTION, queries.onward_from_sources)
        # Soon after midnight: nobody can vote after the last day, and it is written down then.
        daily(terms.BY_DATE, tasks.go_by_date, at=time(0, 5))
