"""Replies that are written once and used often."""

from django.db import models

from rejoinder.team.models import Advisor


class SavedReply(models.Model):
    """One of them: a name to find it by, and one wording or several (`wording.py`)."""

    name = models.CharField(max_length=100, unique=True)
    text = models.TextField()
    used = models.PositiveIntegerField(default=0)
    changed_by = models.ForeignKey(Advisor, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()
