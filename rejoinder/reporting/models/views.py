"""What is asked of Explore again and again: saved views, links to them, and when they are sent."""

from typing import cast

from django.db import models
from django.db.models import Q
from django.utils.dates import WEEKDAYS

from rejoinder.desk.models import Expert
from rejoinder.team.models import Advisor


class SavedView(models.Model):
    """One question to Explore under a name: `asks` are the values of its address. Shared with the
    team, or for whoever made it alone. It stays until somebody removes it.
    """

    name = models.CharField(max_length=80)
    asks = models.JSONField()
    shared = models.BooleanField()
    made_by = models.ForeignKey(Advisor, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    removed_by = models.ForeignKey(Advisor, on_delete=models.PROTECT, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["name"], condition=Q(removed_at=None), name="views_by_name")
        ]


class ViewLink(models.Model):
    """Who has its secret sees the figures of a view until `ends_at`, without an account. Only the
    hash of the secret is kept. `sites` are the origins whose pages may frame it. With `expert` it
    went to this one by e-mail, and `made_by` is empty.
    """

    view = models.ForeignKey(SavedView, on_delete=models.PROTECT, related_name="links")
    hashed = models.CharField(max_length=64, unique=True)
    sites = models.JSONField(default=list)
    expert = models.ForeignKey(Expert, on_delete=models.PROTECT, null=True, related_name="+")
    made_by = models.ForeignKey(Advisor, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)


class ViewTime(models.Model):
    """A shared view goes by e-mail each week to a colleague or to an expert of an area: on a day
    (Monday is 0) and an hour of the organisation's clock. `due_at` is the newest moment that was
    seen to; `mail_due_at` empty: its e-mail was sent, or given up.
    """

    view = models.ForeignKey(SavedView, on_delete=models.PROTECT, related_name="times")
    advisor = models.ForeignKey(Advisor, on_delete=models.PROTECT, null=True, related_name="+")
    expert = models.ForeignKey(Expert, on_delete=models.PROTECT, null=True, related_name="+")
    weekday = models.PositiveSmallIntegerField()
    hour = models.PositiveSmallIntegerField()
    set_by = models.ForeignKey(Advisor, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    mail_due_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    mailed_at = models.DateTimeField(null=True)
    words = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(advisor=None, expert__isnull=False)
                | Q(advisor__isnull=False, expert=None),
                name="view_goes_to_one",
            ),
            models.UniqueConstraint(fields=["view", "advisor"], name="one_view_time_a_colleague"),
            models.UniqueConstraint(fields=["view", "expert"], name="one_view_time_an_expert"),
        ]

    @property
    def to(self) -> Advisor | Expert:
        """Who reads it; both have a name, an e-mail address and a language."""
        if self.expert is not None:
            return self.expert
        return cast("Advisor", self.advisor)  # the constraint says that it is one of the two

    @property
    def day_name(self) -> str:
        """Its day of the week in the reader's language."""
        return str(WEEKDAYS[self.weekday])
