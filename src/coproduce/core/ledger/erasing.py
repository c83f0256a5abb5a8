"""Erasing words that the ledger holds beside its entries; the chain stays whole and says when they are gone."""

from django.db import models

from ..models import Entry, Payload


def erase_words_about(chain: str, thing: models.Model, verb: str) -> int:
    """Erase the words of each entry that tells of this verb on one thing, for good; how many entries had any."""
    about = Entry.objects.filter(
        chain_id=chain, object_kind=thing._meta.label_lower, object_id=str(thing.pk), verb=verb
    )
    erased, _tables = Payload.objects.filter(entry__in=about.values("pk")).delete()
    return erased
