"""Django as a WSGI application: its views never run under Django's own ASGI handler."""

import os

from django.core.wsgi import get_wsgi_application

from .web_role import take_it

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coproduce.config.settings")

application = get_wsgi_application()
take_it()

from coproduce.core.live import carry  # noqa: E402  (only once Django stands)

from .live.notices import is_postgresql, notify  # noqa: E402

if is_postgresql():
    carry(notify)
