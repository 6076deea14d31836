"""Short links of ours to pages of our own, and how often they were followed."""

from django.db import models

from rejoinder.team.models import Advisor


class Link(models.Model):
    """`code` is that of `/s/…`, and never given twice; one that ended leads nowhere."""

    code = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=100)
    url = models.CharField(max_length=1000)
    made_by = models.ForeignKey(Advisor, on_delete=models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)


class LinkVisit(models.Model):
    """A number for each day (UTC), and nothing about anybody."""

    link = models.ForeignKey(Link, on_delete=models.PROTECT, db_index=False)
    day = models.DateField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["link", "day"], name="one_count_of_a_link_a_day")
        ]
