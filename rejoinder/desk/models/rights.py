"""What people asked for by their rights."""

from django.db import models
from django.db.models import Q

from rejoinder.desk.rights.rules import Times
from rejoinder.listening.models import Conversation
from rejoinder.plumbing import ids
from rejoinder.team.models import Advisor

KINDS = [(one, one) for one in ("access", "correction", "objection", "erasure")]
OUTCOMES = [(one, one) for one in ("done", "refused")]
LINE_CAP = 300


class RightsRequest(models.Model):
    """One request; open while `answered_at` is empty. `why` is what was done, or why not.

    `paused_at` is when we asked who they are, `proved_at` when they had shown it. `copied_at`,
    `erased_at` and `silenced_at` are when a copy was made, all was erased, and we listened no more;
    `extended_at` is when they were told that it takes two months longer, and why.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT)
    kind = models.CharField(max_length=10, choices=KINDS)
    words = models.CharField(max_length=LINE_CAP, blank=True)
    came_at = models.DateTimeField()
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Advisor, on_delete=models.PROTECT, related_name="+")
    paused_at = models.DateTimeField(null=True)
    proved_at = models.DateTimeField(null=True)
    proved_by = models.ForeignKey(Advisor, on_delete=models.PROTECT, null=True, related_name="+")
    proved_how = models.CharField(max_length=LINE_CAP, blank=True)
    copied_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)
    silenced_at = models.DateTimeField(null=True)
    extended_at = models.DateTimeField(null=True)
    extended_by = models.ForeignKey(Advisor, on_delete=models.PROTECT, null=True, related_name="+")
    extended_why = models.CharField(max_length=LINE_CAP, blank=True)
    outcome = models.CharField(max_length=10, choices=OUTCOMES, blank=True)
    why = models.CharField(max_length=LINE_CAP, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Advisor, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conversation", "kind"],
                condition=Q(answered_at=None),
                name="one_open_request_a_kind",
            )
        ]

    def times(self) -> Times:
        """As the rules take it."""
        return Times(
            self.came_at,
            self.paused_at,
            self.proved_at,
            self.answered_at,
            extended=self.extended_at is not None,
        )


class RightsAccount(models.Model):
    """Another account of who asks, by a conversation there: the request is about it as well.

    `how` says how they showed that it is theirs.
    """

    request = models.ForeignKey(RightsRequest, on_delete=models.CASCADE, related_name="accounts")
    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT)
    how = models.CharField(max_length=LINE_CAP, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Advisor, on_delete=models.PROTECT, related_name="+")
