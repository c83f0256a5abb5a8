from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CharterConfig(AppConfig):
    name = "coproduce.capabilities.charter"
    label = "charter"

    def ready(self) -> None:
        from coproduce.core.tasks import each_look
        from coproduce.ui.navigation import Item, add_to_project
        from coproduce.ui.service_links import entry

        from . import tasks

        add_to_project(Item(order=85, label=_("Charter"), url_name="charter:charter"))
        entry(_("Charters"), "charter:organisation", order=60)
        each_look("charter.measure", tasks.measure)
