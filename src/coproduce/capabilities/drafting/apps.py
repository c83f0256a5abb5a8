from django.apps import AppConfig


class DraftingConfig(AppConfig):
    name = "coproduce.capabilities.drafting"
    label = "drafting"
