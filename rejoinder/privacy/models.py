"""Originals of posts that had personal data in them, sealed."""

from django.db import models


class SealedOriginal(models.Model):
    """What a post said before it was masked; opened only through `originals.open_original`.

    `purposes` are bound into the seal: changed in the table, the original opens no more.
    """

    channel = models.CharField(max_length=30)
    external_id = models.CharField(max_length=500)
    sealed = models.BinaryField()
    sealed_at = models.DateTimeField()
    purposes = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["channel", "external_id"], name="one_original_a_post")
        ]
