"""The machine that may draft replies: where it answers."""

from django.db import models

from rejoinder.plumbing import ids
from rejoinder.team.models import Advisor


class DraftingMachine(models.Model):
    """Chosen by an owner; its key is sealed. `x_approved` is their word that X approved its use."""

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    url = models.CharField(max_length=500)
    model = models.CharField(max_length=200)
    sealed = models.BinaryField()
    x_approved = models.BooleanField(default=False)
    made_by = models.ForeignKey(Advisor, on_delete=models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
