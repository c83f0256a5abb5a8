from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CharterConfig(AppConfig):
    name = "coproduce.capabilities.charter"
    label = "charter"

    def ready(self) -> None:
        from coproduce.capabilities.review.queries import Section, add_section
        from coproduce.core.tasks import each_look
        from coproduce.ui.navigation import Item, add_to_project
        from coproduce.ui.service_links import entry

        from . import queries, tasks

        add_to_project(Item(order=88, label=_("Charter"), url_name="charter:charter"))
        entry(_("Charters"), "charter:organisation", order=60)
        add_section(Section("charter", _("The charter"), queries.told_at_a_review))
        each_look("charter.measure", tasks.measure)
