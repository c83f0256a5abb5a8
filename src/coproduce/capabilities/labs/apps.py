from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LabsConfig(AppConfig):
    name = "coproduce.capabilities.labs"
    label = "labs"

    def ready(self) -> None:
        from coproduce.ui.navigation import Item, add_to_project

        from . import queries

        add_to_project(Item(order=45, label=_("Labs"), url_name="labs:labs", summary=queries.summary))
