"""The public log: what was said in public, in the order it was said."""

from django.db import models

from rejoinder.answers.models.answer import Answer, Revision


class Leaf(models.Model):
    """One entry of the log: a revision published, or an answer withdrawn (no revision).

    `entry` is the canonical text whose hash stands in the tree (`plumbing/merkle/`); `place` counts
    from 0 without gaps.
    """

    place = models.PositiveIntegerField(unique=True)
    entry = models.TextField()
    hash = models.CharField(max_length=64)
    answer = models.ForeignKey(Answer, on_delete=models.PROTECT)
    revision = models.OneToOneField(Revision, on_delete=models.PROTECT, null=True)
    at = models.DateTimeField()
