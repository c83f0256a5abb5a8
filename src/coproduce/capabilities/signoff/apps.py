from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SignoffConfig(AppConfig):
    name = "coproduce.capabilities.signoff"
    label = "signoff"

    def ready(self) -> None:
        from coproduce.capabilities.labs.queries import add_stage
        from coproduce.capabilities.labs.terms import Stage
        from coproduce.core.tasks import daily
        from coproduce.ui.navigation import Item, add_public_banner, add_to_project

        from . import queries, tasks

        add_to_project(
            Item(order=80, label=_("Sign-off"), url_name="signoff:sign_off", summary=queries.summary)
        )
        add_stage(Stage.DECISION, queries.who_signed)
        add_public_banner(queries.overdue_banner)
        daily("signoff.remind", tasks.remind)
