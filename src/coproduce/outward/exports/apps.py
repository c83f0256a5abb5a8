from django.apps import AppConfig


class ExportsConfig(AppConfig):
    name = "coproduce.outward.exports"
    label = "exports"
