"""The organisation's system that knows customers: where it is. What it says is never a row."""

from django.db import models

from rejoinder.plumbing import ids
from rejoinder.team.models import Advisor


class CustomerSystem(models.Model):
    """Asked on demand; the secret that requests are signed with is sealed."""

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    url = models.CharField(max_length=500)
    sealed = models.BinaryField()
    made_by = models.ForeignKey(Advisor, on_delete=models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
