"""Public answers on their way to the places where an account publishes."""

from django.db import models
from django.db.models import Q

from rejoinder.outbox.models.leaving import Leaving


class Publication(Leaving):
    """One number of one subject for one account: published anew, or in place of an earlier one.

    `subject` is whatever a room above publishes, `number` grows with what it says; its `language`
    versions stand beside each other, each with numbers of its own. `text` is the
    short form, `html` the whole, `page` the desk's own page of it. `ref` is the channel's own
    mark of what it published; `replaced_by` the number that took its place before it left.
    """

    subject = models.UUIDField()
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=300)
    html = models.TextField(blank=True)
    summary = models.TextField(blank=True)
    page = models.CharField(max_length=1000, blank=True)
    language = models.CharField(max_length=20, blank=True)
    pin = models.BooleanField(default=False)
    ref = models.JSONField(default=dict)
    replaced_by = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "subject", "language", "number"], name="one_publication_a_number"
            ),
        ]
        indexes = [
            models.Index(
                fields=["account", "due_at", "id"],
                condition=Q(state__in=["queued", "reserved"]),
                name="publication_due",
            ),
            models.Index(
                fields=["state", "due_at"],
                condition=Q(state__in=["sending", "uncertain"]),
                name="publication_unsettled",
            ),
            models.Index(fields=["account", "external_id"], name="publication_found"),
        ]
