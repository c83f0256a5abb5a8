"""The secret address of a person's calendar: drawn by lot, made from the installation's key, kept nowhere."""

import hmac
from base64 import urlsafe_b64encode
from typing import Any
from uuid import UUID

from django.utils.crypto import salted_hmac

from coproduce.core.access import NotThere

from ..models import CalendarFeed

_SALT = "coproduce.plans.calendar-feed"


def feed_of(person: Any) -> CalendarFeed | None:
    """The address that works today, if there is one."""
    return CalendarFeed.objects.filter(person_id=person.pk, revoked_at__isnull=True).first()


def secret_of(feed: CalendarFeed) -> str:
    """Made anew each time from the key in the data folder: a copy of the database opens no calendar."""
    mac = salted_hmac(_SALT, str(feed.pk), algorithm="sha256").digest()
    return urlsafe_b64encode(mac).decode().rstrip("=")


def person_of_feed(feed_id: UUID, secret: str) -> Any:
    """Whose calendar it is; revoked, wrong and absent look the same."""
    feed = CalendarFeed.objects.filter(pk=feed_id, revoked_at__isnull=True).select_related("person").first()
    wanted = secret_of(feed or CalendarFeed(pk=feed_id))
    if not hmac.compare_digest(wanted.encode(), secret.encode()) or feed is None or not feed.person.is_active:
        raise NotThere
    return feed.person
