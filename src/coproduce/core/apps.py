import sys
from importlib import import_module
from pkgutil import iter_modules

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class CoreConfig(AppConfig):
    name = "coproduce.core"
    label = "core"

    def ready(self) -> None:
        from . import tasks

        tasks.daily("core.forget_old_tasks", tasks.forget_old)
        # A rule is in the registry from the start, not from the first page that needs it.
        autodiscover_modules("rules")
        for name, module in list(sys.modules.items()):
            if name.startswith("coproduce.") and name.endswith(".rules") and hasattr(module, "__path__"):
                for part in iter_modules(module.__path__, f"{name}."):
                    import_module(part.name)
