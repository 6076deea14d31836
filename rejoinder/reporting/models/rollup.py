"""What counts in reports, in columns; what has to be counted again; what changed past figures."""

from django.db import models


class Block(models.Model):
    """The mentions of `SIZE` numbers that count, a column each (`rollup.columns`).

    Its own number times `SIZE` is that of the first. `first_at` and `last_at` bound when they were
    written, in seconds since 1970. `version` grows with each counting.
    """

    SIZE = 4096

    id = models.BigIntegerField(primary_key=True)
    version = models.PositiveIntegerField(default=1)
    many = models.PositiveIntegerField()
    first_at = models.BigIntegerField()
    last_at = models.BigIntegerField()
    at = models.BinaryField()
    row = models.BinaryField()
    person = models.BinaryField()
    question = models.BinaryField()
    need = models.BinaryField()
    public = models.BinaryField()
    channel = models.BinaryField()
    intent = models.BinaryField()
    sentiment = models.BinaryField()
    language = models.BinaryField()

    class Meta:
        indexes = [models.Index(fields=["last_at"], name="blocks_since")]


class Stale(models.Model):
    """A mention of this block changed. Written by a trigger of the table of mentions, so that no
    way of changing one is forgotten (migration 0004).
    """

    block = models.BigIntegerField(db_index=True)


class ChangedDay(models.Model):
    """Figures of a day that was over changed, on another: mentions that went (deleted, edited away,
    erased), came (heard late), or are read otherwise. Days of the organisation.
    """

    day = models.DateField()
    on = models.DateField()
    gone = models.PositiveIntegerField(default=0)
    come = models.PositiveIntegerField(default=0)
    otherwise = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["day", "on"], name="one_change_a_day_and_day")
        ]


class ClosedDay(models.Model):
    """A day whose figures lie in a file of history, and stand; no file when nobody wrote."""

    day = models.DateField(unique=True)
    closed_at = models.DateTimeField()
    mentions = models.PositiveIntegerField()
