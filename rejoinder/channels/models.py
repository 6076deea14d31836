"""Our handles on the platforms."""

from django.db import models

from rejoinder.plumbing import ids, secrets


class Account(models.Model):
    """One handle of ours on one channel: how to reach it, how far it was heard, its trouble."""

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    channel = models.CharField(max_length=30)
    external_id = models.CharField(max_length=300)
    handle = models.CharField(max_length=300)
    name = models.CharField(max_length=300, blank=True)
    settings = models.JSONField(default=dict)
    sealed = models.BinaryField(default=bytes)
    cursor = models.JSONField(default=dict)
    connected_at = models.DateTimeField()
    disconnected_at = models.DateTimeField(null=True)
    heard_at = models.DateTimeField(null=True)
    trouble = models.TextField(blank=True)
    trouble_at = models.DateTimeField(null=True)
    # Whether replies end with the sign of whoever wrote them.
    cosigns = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "external_id"], name="one_account_per_handle"
            )
        ]

    def seal(self, values: dict[str, str]) -> None:
        """Keep credentials under the master key; the caller saves the row."""
        self.sealed = secrets.seal(values, str(self.public_id))

    def unseal(self) -> dict[str, str]:
        """The credentials. Raises secrets.CannotUnsealError."""
        return secrets.unseal(bytes(self.sealed), str(self.public_id)) if self.sealed else {}


class Delivery(models.Model):
    """One delivery of a webhook that was taken, by which its copies are known."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE)
    digest = models.CharField(max_length=128)
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "digest"], name="one_delivery_once")
        ]
