from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "coproduce.ui"
    label = "ui"

    def ready(self) -> None:
        # The rule that plots keep belongs in the registry before the first plot is drawn.
        from . import plots  # noqa: F401
