from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlansConfig(AppConfig):
    name = "coproduce.capabilities.plans"
    label = "plans"

    def ready(self) -> None:
        from coproduce.capabilities.barriers.terms import BARRIER
        from coproduce.capabilities.drafting.terms import SUGGESTION
        from coproduce.core.tasks import daily, task
        from coproduce.ui.navigation import Item, add_to_project
        from coproduce.ui.onward import add_onward, add_onward_of_many
        from coproduce.ui.service_links import entry

        from . import queries, tasks, terms

        add_to_project(Item(order=60, label=_("Actions"), url_name="plans:actions", summary=queries.summary))
        add_onward_of_many(BARRIER, queries.onward_from_barriers)
        add_onward(SUGGESTION, queries.onward_from_suggestion)
        entry(
            _("My actions"), "plans:my_list", who=lambda user: bool(user and user.is_authenticated), order=20
        )
        daily(terms.REMINDERS, tasks.remind_everyone)
        daily(terms.FORGET_UPLOADS, tasks.forget_uploads)
        task(terms.REMINDER, tasks.remind)
        task(terms.TELL_GIVER, tasks.tell_giver)
        task(terms.TELL_TAKER, tasks.tell_taker)
