from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "coproduce.capabilities.people"
    label = "people"

    def ready(self) -> None:
        from coproduce.ui.navigation import Item, add_banner, add_to_project

        from . import queries

        add_to_project(Item(order=20, label=_("People"), url_name="people:people", summary=queries.summary))
        add_banner(queries.banners)
