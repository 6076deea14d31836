"""What is kept of a person under their own key, and how they are found."""

from django.db import models


class PersonKey(models.Model):
    """The key of one person, sealed by a master key; without it nothing of theirs opens again.

    `subject` is the pseudonym the person has in the vault and in the ledger, at random. `master`
    names the master key. Backups leave these rows out (`privacy/vault/copies.py`).
    """

    subject = models.CharField(max_length=32, primary_key=True)
    wrapped = models.BinaryField()
    master = models.CharField(max_length=8, db_index=True)


class Alias(models.Model):
    """What a person is called elsewhere, blinded: it leads to the pseudonym and not back."""

    blind = models.CharField(max_length=32, primary_key=True)
    subject = models.CharField(max_length=32, db_index=True)


class Cell(models.Model):
    """One sealed value of a person; read only through `vault.open`.

    `purposes` are bound into the seal: changed in the table, it opens no more. `item` tells values
    of one field apart where a person has many, such as the post an original belongs to.
    """

    subject = models.CharField(max_length=32)
    field = models.CharField(max_length=60)
    item = models.CharField(max_length=600, blank=True)
    purposes = models.CharField(max_length=200)
    sealed = models.BinaryField()
    sealed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "field", "item"], name="one_cell_a_field")
        ]
        indexes = [models.Index(fields=["item"], condition=~models.Q(item=""), name="cell_by_item")]
