"""The organisation's own rules of speaking, each wording of each, and what colleagues say of it."""

from django.db import models
from django.db.models import Q

from rejoinder.team.models import Advisor


class Guideline(models.Model):
    """One rule; what it says is its newest version. One that is retired keeps its versions."""

    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)
    retired_by = models.ForeignKey(
        Advisor, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )


class GuidelineVersion(models.Model):
    """What a rule says from `at` on, until the next number.

    `cues` are words, one to a line, that bring it to mind in the reply box; `instead` takes the
    place of such a word, empty where only a person can say it better.
    """

    guideline = models.ForeignKey(Guideline, on_delete=models.PROTECT, db_index=False)
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=120)
    text = models.TextField(blank=True)
    good = models.TextField(blank=True)
    poor = models.TextField(blank=True)
    cues = models.TextField(blank=True)
    instead = models.CharField(max_length=200, blank=True)
    writer = models.ForeignKey(Advisor, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    newest = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["guideline", "number"], name="guideline_version_once"),
            models.UniqueConstraint(
                fields=["guideline"], condition=Q(newest=True), name="guideline_newest_once"
            ),
        ]


class GuidelineComment(models.Model):
    """A colleague's word on a version; settled when who keeps the rules has dealt with it."""

    version = models.ForeignKey(GuidelineVersion, on_delete=models.PROTECT)
    advisor = models.ForeignKey(Advisor, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    text = models.CharField(max_length=1000)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(
        Advisor, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
