"""A crisis: declared by a lead under a name, with a policy, until a lead stands it down."""

from django.db import models
from django.db.models.functions import Lower

from rejoinder.answers.models import Answer
from rejoinder.crisis.models.alarm import Alarm
from rejoinder.crisis.policy import Policy, Tone
from rejoinder.plumbing import ids
from rejoinder.team.models import Advisor

NAME_CAP = 100
TONES = [(tone.value, tone.value) for tone in Tone]


class Crisis(models.Model):
    """It is open while `stood_down_at` is empty. Several may be open, each under a name of its own.

    `began_at` is when the trouble was first seen: the alarm that it was declared on, or the
    declaration itself. The policy is in force from `policy_at` on. Statements that are published
    are revisions of one answer.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    name = models.CharField(max_length=NAME_CAP)
    began_at = models.DateTimeField()
    alarm = models.ForeignKey(Alarm, on_delete=models.PROTECT, null=True, related_name="+")
    declared_at = models.DateTimeField()
    declared_by = models.ForeignKey(Advisor, on_delete=models.PROTECT, related_name="+")
    reserve = models.FloatField()
    askers = models.PositiveIntegerField()
    tone = models.CharField(max_length=10, choices=TONES)
    on_call = models.ManyToManyField(Advisor, related_name="+")
    policy_at = models.DateTimeField()
    answer = models.OneToOneField(
        Answer, on_delete=models.PROTECT, null=True, related_name="statements_of"
    )
    stood_down_at = models.DateTimeField(null=True)
    stood_down_by = models.ForeignKey(
        Advisor, on_delete=models.PROTECT, null=True, related_name="+"
    )
    why = models.CharField(max_length=300, blank=True, help_text="why it was stood down")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                condition=models.Q(stood_down_at=None),
                name="one_open_crisis_a_name",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def policy(self) -> Policy:
        """As a value."""
        return Policy(self.reserve, self.askers, Tone(self.tone))
