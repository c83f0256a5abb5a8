from typing import Any

from django.core.management.base import BaseCommand

from coproduce.core.tasks import run_due


class Command(BaseCommand):
    """For a machine's own timer, and for whoever wants it now."""

    help = "Do what is due now, once: reminders, reviews that open. The server does the same by itself."

    def handle(self, *args: Any, **options: Any) -> None:
        ran = run_due()
        self.stdout.write(f"Done: {ran.done}. Failed, to be tried again: {ran.failed}.")
