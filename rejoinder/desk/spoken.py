"""The language in which somebody wrote to us last."""

from rejoinder.listening.models import Conversation, Mention
from rejoinder.team.models import Organisation


def language(conversation: Conversation) -> str:
    """As they chose on a form, else as their last word was read or marked, else the house's own."""
    rows = Mention.objects.filter(conversation=conversation, ours=False, deleted_at=None)
    last = rows.order_by("-created_at", "-id").only("reading", "language", "ref").first()
    house = (Organisation.objects.first() or Organisation()).language
    if last is None:
        return house
    chosen = str(last.ref.get("language") or "")
    read = str((last.reading or {}).get("lang") or "")
    return chosen or read or last.language or house
