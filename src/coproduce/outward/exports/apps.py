from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExportsConfig(AppConfig):
    name = "coproduce.outward.exports"
    label = "exports"

    def ready(self) -> None:
        from coproduce.ui.navigation import Item, add_to_project

        from . import queries

        add_to_project(Item(order=90, label=_("Record"), url_name="exports:record", summary=queries.summary))
