from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConsultationConfig(AppConfig):
    name = "coproduce.capabilities.consultation"
    label = "consultation"

    def ready(self) -> None:
        from coproduce.capabilities.equality.queries import add_consultation_end
        from coproduce.ui.navigation import Item, add_to_project

        from . import queries

        add_consultation_end(queries.closed_on)
        add_to_project(
            Item(
                order=55,
                label=_("Consultation"),
                url_name="consultation:consultations",
                summary=queries.summary,
            )
        )
