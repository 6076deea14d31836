"""What others wrote on a page of ours, hidden from others there or shown again."""

from django.db import models
from django.db.models import Q

from rejoinder.listening.models import Mention
from rejoinder.outbox.models.leaving import Leaving


class Moderation(Leaving):
    """One post hidden, or shown again, on its way like a reply; at most one at a time.

    One that `hides` holds from when it was sent until `ended_at`, has a ground, and is looked at
    again at `review_at`.
    """

    class Ground(models.TextChoices):
        """What it is for; what is said about the service is none."""

        EXPOSING = "exposing", "exposing"
        THREATS = "threats", "threats"
        HARASSMENT = "harassment", "harassment"
        HATE = "hate", "hate"
        SEXUAL = "sexual", "sexual"
        SPAM = "spam", "spam"
        DANGER = "danger", "danger"

    mention = models.ForeignKey(
        Mention, on_delete=models.PROTECT, db_constraint=False, related_name="moderations"
    )
    hides = models.BooleanField()
    ground = models.CharField(max_length=12, choices=Ground, blank=True)
    why = models.CharField(max_length=300)
    review_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mention"],
                condition=Q(state__in=["queued", "reserved", "sending", "uncertain"]),
                name="one_moderation_at_a_time",
            )
        ]
        indexes = [
            models.Index(
                fields=["account", "due_at", "id"],
                condition=Q(state__in=["queued", "reserved"]),
                name="moderation_due",
            ),
            models.Index(
                fields=["state", "due_at"],
                condition=Q(state__in=["sending", "uncertain"]),
                name="moderation_unsettled",
            ),
            models.Index(
                fields=["review_at"],
                condition=Q(hides=True, ended_at=None),
                name="moderation_review",
            ),
        ]
