from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BarriersConfig(AppConfig):
    name = "coproduce.capabilities.barriers"
    label = "barriers"

    def ready(self) -> None:
        from . import operations as operations
        from . import queries

