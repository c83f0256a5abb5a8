"""Django as a WSGI application: its views never run under Django's own ASGI handler."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coproduce.config.settings")

application = get_wsgi_application()
