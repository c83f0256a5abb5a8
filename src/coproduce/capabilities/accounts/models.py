from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from coproduce.core.ids import uuid7


class People(BaseUserManager["Person"]):
    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email__iexact=username)


class Person(AbstractBaseUser):
    """Someone who takes part. Without an e-mail address they take part by paper, phone or personal link."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=200)
    display_name = models.CharField(max_length=200, blank=True)
    email = models.EmailField(null=True, blank=True, unique=True)
    language = models.CharField(max_length=10, default="en-gb")
    is_installation_administrator = models.BooleanField(default=False)
    # The command line of this installation: acts in imports, never signs in.
    is_machine = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    added_at = models.DateTimeField()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[People] = People()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="one_person_an_address")]

    @property
    def shown_name(self) -> str:
        return self.display_name or self.name

    def __str__(self) -> str:
        return self.shown_name
