from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class QuestionsConfig(AppConfig):
    name = "coproduce.capabilities.questions"
    label = "questions"

    def ready(self) -> None:
        from coproduce.ui.navigation import Item, add_to_project

        from . import gate_checks, queries

        add_to_project(
            Item(order=25, label=_("Hard questions"), url_name="questions:log", summary=queries.summary)
        )
        gate_checks.register()
