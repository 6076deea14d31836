"""Tickets elsewhere: in which system, and how each stands there."""

from django.db import models

from rejoinder.desk.tickets.rules import State
from rejoinder.listening.models import Conversation
from rejoinder.plumbing import ids
from rejoinder.team.models import Advisor


class TicketSystem(models.Model):
    """Where tickets are made; what it is signed in with is sealed, and destroyed at the end."""

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    url = models.CharField(max_length=500)
    queue = models.PositiveIntegerField()
    sealed = models.BinaryField()
    made_by = models.ForeignKey(Advisor, on_delete=models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)


class Ticket(models.Model):
    """One ticket of a conversation. `text` is what is to be sent, gone once it arrived; `there` is
    the state in that system's word; `words` says what went wrong last.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="tickets")
    system = models.ForeignKey(TicketSystem, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=8, choices=[(each.value, each.value) for each in State], default=State.ASKED
    )
    want = models.CharField(max_length=8, blank=True)
    due_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    number = models.CharField(max_length=20, blank=True)
    url = models.CharField(max_length=600, blank=True)
    there = models.CharField(max_length=60, blank=True)
    words = models.CharField(max_length=300, blank=True)
    made_by = models.ForeignKey(Advisor, on_delete=models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField()
    looked_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(
                fields=["due_at"], condition=models.Q(due_at__isnull=False), name="desk_ticket_due"
            ),
        )
