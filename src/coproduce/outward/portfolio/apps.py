from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortfolioConfig(AppConfig):
    name = "coproduce.outward.portfolio"
    label = "portfolio"

    def ready(self) -> None:
        from coproduce.ui.service_links import entry

        entry(
            _("Portfolio"), "portfolio:portfolio",
            who=lambda user: bool(user and user.is_authenticated), order=20,
        )  # fmt: skip
