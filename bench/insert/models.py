"""One row for each answer: what is written, by whom, under which key."""

from django.db import models

from coproduce.core.ids import uuid7


class Row(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    key = models.UUIDField(unique=True)
    words = models.TextField()
    at = models.DateTimeField(auto_now_add=True)
