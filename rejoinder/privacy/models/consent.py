"""What people agreed to."""

from django.db import models
from django.db.models import Q

from rejoinder.team.models import Advisor


class ConsentWords(models.Model):
    """How a purpose is asked for in one language, from `at` on until the next row."""

    purpose = models.CharField(max_length=60)
    language = models.CharField(max_length=10)
    text = models.CharField(max_length=1000)
    by = models.ForeignKey(Advisor, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["purpose", "language", "-at"], name="consent_words_now")]


class Consent(models.Model):
    """What somebody said when they were asked, by pseudonym: in exactly these words, about a kind
    of contact, for a purpose, to the end of a day.

    `source` is where the yes stands: the number of a mention, or "call" where the words were read
    aloud. Of a no, `ended_at` is when it was said.
    """

    class Way(models.TextChoices):
        """How it was asked and said."""

        MESSAGE = "message", "message"
        CALL = "call", "call"

    class End(models.TextChoices):
        """Why it holds no more."""

        REFUSED = "refused", "Refused"
        WITHDRAWN = "withdrawn", "Withdrawn"
        OVER = "over", "Its time is over"
        ANEW = "anew", "Asked anew"

    subject = models.CharField(max_length=32, db_index=True)
    field = models.CharField(max_length=60)
    purpose = models.CharField(max_length=60)
    words = models.CharField(max_length=1100)
    language = models.CharField(max_length=10)
    way = models.CharField(max_length=10, choices=Way)
    source = models.CharField(max_length=40)
    said_at = models.DateTimeField()
    last_day = models.DateField()
    by = models.ForeignKey(Advisor, on_delete=models.PROTECT, related_name="+", db_index=False)
    ended_at = models.DateTimeField(null=True)
    end = models.CharField(max_length=10, choices=End, blank=True)
    ended_by = models.ForeignKey(
        Advisor, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "field", "purpose"],
                condition=Q(ended_at=None),
                name="one_consent_holds",
            )
        ]
        indexes = [
            models.Index(fields=["last_day"], condition=Q(ended_at=None), name="consents_that_end")
        ]
