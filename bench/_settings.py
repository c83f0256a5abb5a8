"""The product's settings with the two addresses of the measurements."""

from coproduce.config.settings import *  # noqa: F403
from coproduce.config.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "bench.insert"]
ROOT_URLCONF = "bench._addresses"
