"""Waits on telephone lines that another system answers."""

from django.db import models

from rejoinder.team.models import Advisor


class LineImport(models.Model):
    """One export of a line; `by` is empty where a command brought it in. No file is taken twice."""

    line = models.CharField(max_length=40)
    digest = models.CharField(max_length=64, unique=True)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    calls = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(Advisor, on_delete=models.PROTECT, null=True, related_name="+")


class LineWait(models.Model):
    """One call on it: who called is nowhere."""

    brought = models.ForeignKey(LineImport, on_delete=models.CASCADE, db_index=False)
    line = models.CharField(max_length=40)
    at = models.DateTimeField()
    seconds = models.FloatField()
    answered = models.BooleanField()
    need = models.SmallIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["at"], name="line_waits_by_time")]
