"""Rows that carry no trade: what changed, and how far a reader of the log has come."""

from django.db import models


class Change(models.Model):
    """The name of something that changed, never its content; streams carry these names."""

    id = models.BigAutoField(primary_key=True)
    topic = models.CharField(max_length=100)
    at = models.DateTimeField()


class Offset(models.Model):
    """How far a reader of the intake log has come; committed with the rows it made."""

    reader = models.CharField(max_length=50, primary_key=True)
    value = models.BigIntegerField(default=0)
