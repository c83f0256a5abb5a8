from django.apps import AppConfig


class InsertConfig(AppConfig):
    name = "bench.insert"
    label = "bench_insert"
