"""The ledger as rows. What they say is hashed: `rejoinder verify` finds any that was changed."""

import zlib

from django.db import models
from django.db.models import Q


class LedgerEntry(models.Model):
    """One entry (`ledger/entry.py` says what the columns mean); `place` counts from 0, no gaps.

    `chain` is the hash of all entries up to this one.
    """

    place = models.BigIntegerField(primary_key=True)
    at = models.BigIntegerField()
    kind = models.CharField(max_length=10)
    subject = models.CharField(max_length=100, blank=True)
    field = models.CharField(max_length=60, blank=True)
    purpose = models.CharField(max_length=60, blank=True)
    actor = models.CharField(max_length=100, blank=True)
    why = models.CharField(max_length=500, blank=True)
    detail = models.CharField(max_length=500, blank=True)
    system = models.CharField(max_length=60, blank=True)
    many = models.PositiveIntegerField(default=1)
    members = models.CharField(max_length=64, blank=True)
    chain = models.BinaryField()

    class Meta:
        indexes = [
            # Holds all that "who exactly" reads, so that it reads no row.
            models.Index(
                fields=["purpose", "field", "at", "subject", "system"],
                condition=Q(kind="opened", members=""),
                name="ledger_opened",
            ),
            models.Index(
                fields=["purpose", "field", "at"],
                condition=Q(kind="opened") & ~Q(members=""),
                name="ledger_opened_many",
            ),
            models.Index(
                fields=["subject", "place"], condition=~Q(subject=""), name="ledger_of_a_person"
            ),
            models.Index(
                fields=["kind", "place"], condition=~Q(kind="opened"), name="ledger_other_kinds"
            ),
        ]


class LedgerSet(models.Model):
    """The exact people of a bulk job: their names in order, one a line, compressed (zlib)."""

    entry = models.OneToOneField(LedgerEntry, on_delete=models.PROTECT, primary_key=True)
    subjects = models.BinaryField()

    def names(self) -> list[str]:
        """Them. Raises ValueError or zlib.error when the row was damaged."""
        return zlib.decompress(bytes(self.subjects)).decode().split("\n")


class LedgerNode(models.Model):
    """A complete subtree of 256 leaves, or of 256 such; so that no proof hashes the whole again."""

    level = models.PositiveSmallIntegerField()
    number = models.BigIntegerField()
    hash = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["level", "number"], name="one_node_a_place")]


class LedgerHead(models.Model):
    """Where the ledger ends: one row, locked by whoever appends."""

    size = models.BigIntegerField(default=0)
    chain = models.BinaryField()
    frontier = models.BinaryField()
