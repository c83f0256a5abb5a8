from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "coproduce.capabilities.people"
    label = "people"
