"""Who else is at a conversation."""

from rejoinder.desk.models import Presence
from rejoinder.desk.presence import rules
from rejoinder.listening.models import Conversation
from rejoinder.plumbing import clock
from rejoinder.team import access
from rejoinder.team.models import Advisor


def others(talk: Conversation, reader: Advisor) -> dict[str, bool]:
    """By name: whether they type. Not the reader, however many windows are open."""
    rows = access.visible(reader, Presence.objects.filter(conversation=talk))
    living = rows.filter(beat_at__gt=clock.now() - rules.GONE).exclude(advisor=reader)
    found: dict[str, bool] = {}
    for name, typing in living.order_by("advisor__name").values_list("advisor__name", "typing"):
        found[name] = found.get(name, False) or typing
    return found
