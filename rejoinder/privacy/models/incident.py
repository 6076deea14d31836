"""Incidents: what happened, whom it touched, who was told what and when."""

import zlib
from typing import Any, NoReturn

from django.db import models

from rejoinder.plumbing import ids
from rejoinder.team.models import Advisor

NAME_CAP = 100
WORDS_CAP = 4000
LINE_CAP = 300
RISKS = [(one, one) for one in ("unknown", "unlikely", "likely", "high")]
WAYS = [(one, one) for one in ("letter", "email", "sms", "call")]


class Incident(models.Model):
    """One incident; open while `closed_at` is empty.

    `aware_at` is when somebody here knew enough of it to act: from then the clocks run. `found_by`
    names what found it, where that was no person; of each such finding one is open at a time.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    name = models.CharField(max_length=NAME_CAP)
    found_by = models.CharField(max_length=60, blank=True)
    began_at = models.DateTimeField(null=True)
    aware_at = models.DateTimeField()
    fixed_at = models.DateTimeField(null=True)
    personal = models.BooleanField(default=True)
    provider = models.BooleanField(default=False)
    network = models.BooleanField(default=False)
    risk = models.CharField(max_length=10, choices=RISKS, default="unknown")
    people = models.PositiveIntegerField(null=True, help_text="about how many are concerned")
    facts = models.TextField(max_length=WORDS_CAP, blank=True)
    effects = models.TextField(max_length=WORDS_CAP, blank=True)
    remedy = models.TextField(max_length=WORDS_CAP, blank=True)
    why_not_told = models.CharField(max_length=LINE_CAP, blank=True)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Advisor, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Advisor, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["found_by"],
                condition=models.Q(closed_at=None) & ~models.Q(found_by=""),
                name="one_open_incident_a_finding",
            )
        ]
        indexes = [models.Index(fields=["-aware_at", "-id"], name="incidents_newest")]

    def __str__(self) -> str:
        return self.name


class _Written(models.QuerySet[Any]):
    """Rows that nobody takes back."""

    def update(self, **_: Any) -> NoReturn:
        raise TypeError("what an incident says is corrected by a further row")

    def delete(self) -> NoReturn:
        raise TypeError("what an incident says is corrected by a further row")


class _Names(models.Model):
    """People under a pseudonym, or by what another system calls them: a line each (zlib)."""

    packed = models.BinaryField()
    many = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(Advisor, on_delete=models.PROTECT, related_name="+")

    objects = _Written.as_manager()

    class Meta:
        abstract = True

    def names(self) -> list[str]:
        """Them, in order."""
        return zlib.decompress(bytes(self.packed)).decode().split("\n")


class IncidentList(_Names):
    """People concerned. `asked` is what the ledger was asked, and empty for a list from outside.

    With `at_least` there may be more: hours of a system are not covered.
    """

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="lists")
    asked = models.JSONField(default=dict)
    at_least = models.BooleanField(default=False)


class IncidentTold(_Names):
    """People who were told directly, and how."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="told")
    way = models.CharField(max_length=10, choices=WAYS)


class IncidentNotice(models.Model):
    """What a regulator was told under a rule, phase by phase, or why they need not be (`needed`).

    `version` is the day from which the version of the rule was in force that counted.
    """

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="notices")
    rule = models.CharField(max_length=40)
    version = models.DateField()
    needed = models.BooleanField(default=True)
    sent_at = models.DateTimeField()
    words = models.TextField(max_length=4 * WORDS_CAP)
    reference = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Advisor, on_delete=models.PROTECT, related_name="+")

    objects = _Written.as_manager()

    class Meta:
        indexes = [models.Index(fields=["incident", "sent_at", "id"], name="incident_notices")]
