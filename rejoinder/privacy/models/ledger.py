"""The ledger as rows. What they say is hashed: `rejoinder verify` finds any that was changed."""

import zlib
from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.expressions import RawSQL

# SQLite takes no index of some of the rows for a condition with a parameter: it reads them all.
_NOT_OPENED = RawSQL("NOT (privacy_ledgerentry.kind = 'opened')", (), models.BooleanField())
_OF_SOMEBODY = RawSQL("NOT (privacy_ledgerentry.subject = '')", (), models.BooleanField())


class LedgerEntries(models.QuerySet["LedgerEntry"]):
    """Entries, found by the indexes that hold some of them."""

    def not_opened(self) -> Self:
        """Of all kinds but the one that nearly all are of."""
        return self.filter(_NOT_OPENED)

    def of(self, subject: str) -> Self:
        """About one person, by pseudonym."""
        return self.filter(_OF_SOMEBODY, subject=subject)


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

    objects = LedgerEntries.as_manager()

    class Meta:
        indexes = [
            # Holds all that "who exactly" reads, so that it reads no row; SQLite before 3.43 looks
            # up even what the condition says, so that these two columns are in it as well.
            models.Index(
                fields=["purpose", "field", "at", "subject", "system", "kind", "members"],
                condition=Q(kind="opened", members=""),
                name="ledger_of_openings",
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
