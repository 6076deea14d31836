"""What one shift tells the next."""

from django.db import models
from django.db.models import Q

from rejoinder.team.models import Advisor


class ShiftNote(models.Model):
    """A few words of who leaves, masked; read by who comes. Open until somebody says so."""

    writer = models.ForeignKey(Advisor, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    text = models.CharField(max_length=2000)
    read_by = models.ForeignKey(Advisor, on_delete=models.PROTECT, null=True, related_name="+")
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["id"], condition=Q(read_at=None), name="shift_note_open"),
            models.Index(fields=["-at"], name="shift_notes_newest"),
        ]
