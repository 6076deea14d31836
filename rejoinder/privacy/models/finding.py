"""What finders report: a weakness or a leak, when we said that we have it, what we told them."""

from django.db import models

from rejoinder.plumbing import ids
from rejoinder.privacy.models.incident import Incident
from rejoinder.team.models import Advisor

WHERE_CAP = 200
WORDS_CAP = 5000
CREDIT_CAP = 100
CREDITS = [(one, one) for one in ("unasked", "asked", "given", "refused")]


class Finding(models.Model):
    """One report; the finder has its reference, and how they are reached lies in the vault.

    `words` are masked: a finder shows what leaks, and that is somebody's.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    reference = models.CharField(max_length=14, unique=True)
    came_at = models.DateTimeField()
    where = models.CharField(max_length=WHERE_CAP, blank=True)
    words = models.TextField(max_length=WORDS_CAP)
    credit = models.CharField(max_length=10, choices=CREDITS, default="unasked")
    credit_name = models.CharField(max_length=CREDIT_CAP, blank=True)
    credit_at = models.DateTimeField(null=True)
    credit_by = models.ForeignKey(Advisor, on_delete=models.PROTECT, null=True, related_name="+")
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey(
        Advisor, on_delete=models.PROTECT, null=True, related_name="+"
    )
    incident = models.ForeignKey(
        Incident, on_delete=models.PROTECT, null=True, related_name="findings"
    )
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Advisor, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(
                fields=["came_at"], condition=models.Q(closed_at=None), name="findings_open"
            )
        ]


class FindingWord(models.Model):
    """What we told a finder, on the page of their reference."""

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="told")
    at = models.DateTimeField()
    by = models.ForeignKey(Advisor, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(max_length=WORDS_CAP)
