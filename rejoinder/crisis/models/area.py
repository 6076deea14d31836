"""Areas that mentions name (`Naming`), and which places the desk knows (`Places`)."""

from django.db import models

from rejoinder.listening.models import Mention


class Places(models.Model):
    """One row: places of the organisation's own, and how far mentions were looked through."""

    own = models.TextField(blank=True, help_text="lines of `crisis/areas/gazetteer.py`")
    shipped = models.BooleanField(default=True, help_text="know the places that come with the desk")
    heard = models.BigIntegerField(null=True, help_text="the newest mention that was looked at")


class Naming(models.Model):
    """A mention names a place. No constraint on the mention, as for all rows of batches."""

    mention = models.ForeignKey(
        Mention, on_delete=models.DO_NOTHING, related_name="+", db_constraint=False
    )
    area = models.CharField(max_length=60)
    place = models.CharField(max_length=60)
    at = models.DateTimeField(help_text="when it was written")

    class Meta:
        indexes = [models.Index(fields=["at"], name="namings_by_time")]
