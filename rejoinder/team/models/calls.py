"""What calls people on duty: webhooks, devices, calls, and each delivery of one."""

from django.db import models

from rejoinder.plumbing import ids
from rejoinder.team.models.people import Advisor


class Hook(models.Model):
    """An address of the organisation that is told what the people on duty are told; signed."""

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    url = models.CharField(max_length=1000)
    sealed = models.BinaryField()
    made_by = models.ForeignKey(Advisor, on_delete=models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)


class PushKey(models.Model):
    """The key by which browsers know this desk, sealed. One row."""

    sealed = models.BinaryField()


class Device(models.Model):
    """A browser on which a colleague is called; where and by which key is sealed."""

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    advisor = models.ForeignKey(Advisor, on_delete=models.PROTECT, related_name="devices")
    name = models.CharField(max_length=80, blank=True)
    hashed = models.CharField(max_length=64, unique=True, null=True)
    sealed = models.BinaryField()
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)


class Call(models.Model):
    """Something that somebody on duty has to see to; open until somebody does.

    `about` names it once: the same thing calls nobody twice. `round` is how far it has come
    (`notify/rules.py`).
    """

    about = models.CharField(max_length=100, unique=True)
    whom = models.CharField(max_length=10, blank=True, help_text="of `notify/rules.py`")
    said = models.JSONField(help_text="subject and text, by language")
    url = models.CharField(max_length=1000)
    at = models.DateTimeField()
    round = models.PositiveSmallIntegerField(default=0)
    seen_at = models.DateTimeField(null=True)
    seen_by = models.ForeignKey(
        Advisor, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        indexes = [models.Index(fields=["at"], condition=models.Q(seen_at=None), name="call_open")]


class Delivery(models.Model):
    """One call to one colleague by e-mail, to one device, or to one hook. `due_at` empty: done, or
    given up.
    """

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="deliveries")
    advisor = models.ForeignKey(Advisor, on_delete=models.PROTECT, null=True, db_index=False)
    hook = models.ForeignKey(Hook, on_delete=models.PROTECT, null=True, db_index=False)
    device = models.ForeignKey(Device, on_delete=models.PROTECT, null=True, db_index=False)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    words = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["call", "advisor"],
                condition=models.Q(advisor__isnull=False),
                name="one_mail_a_call",
            ),
            models.UniqueConstraint(
                fields=["call", "hook"],
                condition=models.Q(hook__isnull=False),
                name="one_hook_a_call",
            ),
            models.UniqueConstraint(
                fields=["call", "device"],
                condition=models.Q(device__isnull=False),
                name="one_push_a_call",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"], condition=models.Q(due_at__isnull=False), name="delivery_due"
            )
        ]
