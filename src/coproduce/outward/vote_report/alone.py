"""Django without an installation: enough to fill one template in English."""


def stand_alone() -> None:
    """Nothing where Django is set up already; else the least that templates and words need."""
    from django.conf import settings

    if settings.configured:
        return
    import django
    from django.template.backends.django import DjangoTemplates

    settings.configure(
        INSTALLED_APPS=["coproduce.outward.vote_report"],
        LANGUAGE_CODE="en-gb",
        USE_I18N=True,
        USE_TZ=True,
        TIME_ZONE="Europe/London",
        TEMPLATES=[{"BACKEND": f"{DjangoTemplates.__module__}.{DjangoTemplates.__name__}", "APP_DIRS": True}],
    )
    django.setup()
