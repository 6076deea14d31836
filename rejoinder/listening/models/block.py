"""Authors whose words do not come to the queue for a while, because they abuse people."""

from django.db import models
from django.db.models import Q

from rejoinder.listening.models.heard import Mention, Person
from rejoinder.team.models import Advisor


class Block(models.Model):
    """One author is blocked, for what the mention shows, until somebody ends it.

    `review_at` is when a lead looks whether it still has to be. `other_way` is how they are helped
    all the same. `there_at` is when somebody said to have blocked them on the platform too. What
    they write is kept and read, and opens safety cards.
    """

    class Ground(models.TextChoices):
        """What it is for; what is said about the service is none."""

        THREATS = "threats", "threats"
        HARASSMENT = "harassment", "harassment"
        HATE = "hate", "hate"
        SEXUAL = "sexual", "sexual"
        EXPOSING = "exposing", "exposing"
        SPAM = "spam", "spam"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="blocks")
    mention = models.ForeignKey(
        Mention, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    ground = models.CharField(max_length=12, choices=Ground)
    why = models.CharField(max_length=300)
    other_way = models.CharField(max_length=300)
    begun_by = models.ForeignKey(Advisor, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    review_at = models.DateTimeField()
    there_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Advisor, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_why = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(ended_at=None), name="one_block_a_person"
            )
        ]
        indexes = [
            models.Index(fields=["review_at"], condition=Q(ended_at=None), name="block_review")
        ]
