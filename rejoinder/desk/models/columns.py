"""How somebody arranges lists side by side."""

from django.db import models

from rejoinder.team.models import Advisor


class ColumnSet(models.Model):
    """Some columns under a name. What is `shared` is seen, and copied, by everybody who reads."""

    owner = models.ForeignKey(Advisor, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=60)
    shared = models.BooleanField(default=False)
    made_at = models.DateTimeField()


class Column(models.Model):
    """One list: of what `kind`, and of which one where there are several (`value`).

    Shown are those whose words have one of `words` (all, where there are none) and none of
    `muted`; both stand one to a line.
    """

    of = models.ForeignKey(ColumnSet, on_delete=models.CASCADE)
    kind = models.CharField(max_length=12)
    value = models.CharField(max_length=200, blank=True)
    words = models.CharField(max_length=400, blank=True)
    muted = models.CharField(max_length=400, blank=True)
    width = models.CharField(max_length=6)
    place = models.PositiveSmallIntegerField()
