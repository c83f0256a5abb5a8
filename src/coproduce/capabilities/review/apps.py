from datetime import time

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewConfig(AppConfig):
    name = "coproduce.capabilities.review"
    label = "review"

    def ready(self) -> None:
        from coproduce.core.tasks import daily, task
        from coproduce.ui.navigation import Item, add_to_project

        from . import operations, queries, tasks

        add_to_project(Item(order=85, label=_("Review"), url_name="review:reviews", summary=queries.summary))
        daily("review.open", tasks.open_what_is_due)
        daily("review.mail", tasks.send_waiting, at=time(7, 30))
        task(operations.SEND, tasks.send_waiting)
