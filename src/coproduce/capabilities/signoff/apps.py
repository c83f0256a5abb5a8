from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SignoffConfig(AppConfig):
    name = "coproduce.capabilities.signoff"
    label = "signoff"

    def ready(self) -> None:
        from coproduce.capabilities.labs.queries import add_stage
        from coproduce.capabilities.labs.terms import Stage
        from coproduce.ui.navigation import Item, add_to_project

        from . import queries

        add_to_project(
            Item(order=80, label=_("Sign-off"), url_name="signoff:sign_off", summary=queries.summary)
        )
        add_stage(Stage.DECISION, queries.who_signed)
