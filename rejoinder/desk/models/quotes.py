"""Words of somebody that the organisation would like to quote."""

from django.db import models
from django.db.models import Q

from rejoinder.listening.models import Conversation, Mention
from rejoinder.team.models import Advisor


class Quote(models.Model):
    """They are asked, they answer, and may take a yes back.

    `words` are theirs, out of the mention; `place` is where they are to stand; `signed` how the
    person wants to be named, empty for not at all.
    """

    class Answer(models.TextChoices):
        """What they said; empty until then."""

        YES = "yes", "Yes"
        NO = "no", "No"
        TAKEN_BACK = "taken-back", "Taken back"

    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT)
    mention = models.ForeignKey(Mention, on_delete=models.DO_NOTHING, db_constraint=False)
    words = models.TextField()
    place = models.CharField(max_length=120)
    asked_by = models.ForeignKey(
        Advisor, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    asked_at = models.DateTimeField()
    answer = models.CharField(max_length=10, choices=Answer, blank=True)
    signed = models.CharField(max_length=80, blank=True)
    answered_at = models.DateTimeField(null=True)
    heard_by = models.ForeignKey(
        Advisor, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mention", "place"], condition=Q(answer=""), name="asked_once_a_place"
            )
        ]
