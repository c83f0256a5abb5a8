from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProjectsConfig(AppConfig):
    name = "coproduce.capabilities.projects"
    label = "projects"

    def ready(self) -> None:
        from coproduce.ui.navigation import Item, add_to_project

        from . import queries

        add_to_project(
            Item(
                order=10, label=_("Foreword"), url_name="projects:foreword", summary=queries.foreword_summary
            )
        )
