"""What the organisation says itself to people it reads about."""

from django.db import models

from rejoinder.team.models import Advisor


class Notice(models.Model):
    """The public notice in one language, where the one that comes with the desk does not do."""

    language = models.CharField(max_length=10, primary_key=True)
    text = models.TextField()
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(Advisor, on_delete=models.PROTECT, related_name="+")
