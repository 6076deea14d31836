"""How long a reply is, as its platform counts it in this conversation."""

from rejoinder.channels import registry
from rejoinder.channels.contract import Count
from rejoinder.listening.models import Conversation, Mention


def counted(conversation: Conversation, text: str, *, private: bool = False) -> Count | None:
    """What is used of what is allowed, for their last word; None where no channel counts.

    `private` is what its writer chose to send to that person alone.
    """
    channel = registry.channels().get(conversation.channel)
    if channel is None:
        return None
    account, last = conversation.account, _last(conversation)
    return channel.count_for(
        text,
        account.settings if account else {},
        to=conversation.person.handle,
        ref=(last.ref if last else {}) | ({"private": True} if private else {}),
    )


def _last(conversation: Conversation) -> Mention | None:
    theirs = Mention.objects.filter(conversation=conversation, ours=False, deleted_at=None)
    return theirs.only("ref").order_by("-created_at", "-id").first()
