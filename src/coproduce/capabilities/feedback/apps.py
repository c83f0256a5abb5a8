from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FeedbackConfig(AppConfig):
    name = "coproduce.capabilities.feedback"
    label = "feedback"

    def ready(self) -> None:
        from coproduce.capabilities.drafting.terms import SUGGESTION
        from coproduce.ui.navigation import Item, add_to_project
        from coproduce.ui.onward import add_onward

        from . import queries

        add_to_project(
            Item(
                order=70, label=_("You said, we did"), url_name="feedback:statements", summary=queries.summary
            )
        )
        add_onward(SUGGESTION, queries.onward_from_suggestion)
