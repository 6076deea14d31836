"""Who is at a conversation now. Rows come and go with open pages; nothing is kept of it."""

from django.db import models

from rejoinder.listening.models import Conversation
from rejoinder.team.models import Advisor


class Presence(models.Model):
    """Somebody looks at a conversation through a door that lived at `beat_at`."""

    door = models.UUIDField()
    advisor = models.ForeignKey(Advisor, on_delete=models.CASCADE, db_index=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE)
    typing = models.BooleanField()
    beat_at = models.DateTimeField()
