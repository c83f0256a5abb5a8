from django.apps import AppConfig


class VotingConfig(AppConfig):
    name = "coproduce.capabilities.voting"
    label = "voting"
