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
        from coproduce.ui.onward import add_onward

        from . import queries, tasks, terms

        add_to_project(
            Item(order=43, label=_("Votes on statements"), url_name="voting:ballots", summary=queries.summary)
        )
        # On the page of each, and not in the list of what carries barriers on: a vote does nothing about them yet.
        add_onward(BARRIER, queries.onward_from_source)
        add_onward(SUGGESTION, queries.onward_from_source)
        # Soon after midnight: nobody can vote after the last day, and it is written down then.
        daily(terms.BY_DATE, tasks.go_by_date, at=time(0, 5))
