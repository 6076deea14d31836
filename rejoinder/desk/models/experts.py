"""Areas of the business, their experts, and what is asked of them about a conversation."""

from django.db import models
from django.db.models import Q

from rejoinder.listening.models import Conversation
from rejoinder.plumbing import ids
from rejoinder.team.models import Advisor


class BusinessArea(models.Model):
    """Network, billing, shops: who in the house knows. `intents` are those of a reading for which
    it is proposed (`listening/read/words.py`).
    """

    name = models.CharField(max_length=60, unique=True)
    intents = models.JSONField(default=list)
    changed_by = models.ForeignKey(Advisor, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)


class Expert(models.Model):
    """Somebody who knows, and has no account here."""

    area = models.ForeignKey(BusinessArea, on_delete=models.PROTECT, related_name="experts")
    name = models.CharField(max_length=100)
    email = models.EmailField()
    language = models.CharField(max_length=10, default="en-gb")
    added_by = models.ForeignKey(Advisor, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["area", "email"], condition=Q(ended_at=None), name="one_expert_an_area"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Referral(models.Model):
    """A question to an area about one conversation, due at a time. Open until it is answered or
    taken back; `answered_by` says which of the two. `text` is masked.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT)
    area = models.ForeignKey(BusinessArea, on_delete=models.PROTECT)
    asker = models.ForeignKey(Advisor, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    at = models.DateTimeField()
    due_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Expert, on_delete=models.PROTECT, null=True, related_name="+")
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["due_at"], condition=Q(ended_at=None), name="referral_due")]
        constraints = [
            models.UniqueConstraint(
                fields=["conversation", "area"],
                condition=Q(ended_at=None),
                name="one_open_referral_an_area",
            )
        ]


class ReferralLink(models.Model):
    """The page of one expert for one referral, and the e-mail that tells of it. `mail_due_at`
    empty: sent, or given up.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="links")
    expert = models.ForeignKey(Expert, on_delete=models.PROTECT)
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    mail_due_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    mailed_at = models.DateTimeField(null=True)
    words = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["referral", "expert"],
                condition=Q(ended_at=None),
                name="one_open_link_an_expert",
            )
        ]
        indexes = [
            models.Index(
                fields=["mail_due_at"],
                condition=Q(mail_due_at__isnull=False),
                name="referral_mail_due",
            )
        ]


class ReferralWord(models.Model):
    """One word of the talk between an expert and the desk: of whoever of the two is named."""

    class Kind(models.TextChoices):
        """What it does."""

        ANSWER = "answer", "answer"
        ASKS = "asks", "asks back"
        TOLD = "told", "told"  # the desk's word on what was asked back
        PASSED = "passed", "passed on"

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="said")
    kind = models.CharField(max_length=10, choices=Kind)
    at = models.DateTimeField()
    expert = models.ForeignKey(Expert, on_delete=models.PROTECT, null=True, db_index=False)
    advisor = models.ForeignKey(Advisor, on_delete=models.PROTECT, null=True, db_index=False)
    area = models.ForeignKey(BusinessArea, on_delete=models.PROTECT, null=True, db_index=False)
    text = models.TextField(blank=True)
