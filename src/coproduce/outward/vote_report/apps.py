from django.apps import AppConfig


class VoteReportConfig(AppConfig):
    name = "coproduce.outward.vote_report"
    label = "vote_report"
