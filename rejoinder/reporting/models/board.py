"""What a lead asks of the board, week by week."""

from django.db import models

from rejoinder.team.models import Advisor


class BoardNote(models.Model):
    """Free words of one week, which begins on `week`, a Monday. `text` is masked; none: nothing."""

    week = models.DateField(unique=True)
    text = models.TextField(blank=True)
    written_by = models.ForeignKey(Advisor, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
