from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "coproduce.capabilities.accounts"
    label = "accounts"
