from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "coproduce.ui"
    label = "ui"
