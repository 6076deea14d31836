"""When a post that is heard late shows that two threads are one."""

from django.db import transaction

from rejoinder.listening import joined
from rejoinder.listening.models import Conversation, Mention


def join(channel: str, renamed: dict[str, str]) -> None:
    """Let these threads go on under another name.

    A transaction of its own: were the process to end after it, the post that showed it would find
    the threads joined already.
    """
    with transaction.atomic():
        for old, new in renamed.items():
            Mention.objects.filter(channel=channel, thread=old).update(thread=new)
            for conversation in Conversation.objects.filter(channel=channel, thread=old):
                _move(conversation, new)


def _move(conversation: Conversation, thread: str) -> None:
    """Into the other thread, or into the conversation that this person has there already."""
    there = Conversation.objects.filter(
        channel=conversation.channel, thread=thread, person_id=conversation.person_id
    ).first()
    if there is None:
        Conversation.objects.filter(pk=conversation.pk).update(thread=thread)
    elif conversation.holder_id and not there.holder_id:
        # The held one goes on, so that nobody loses what they are writing: the two swap threads.
        Conversation.objects.filter(pk=there.pk).update(thread="")
        Conversation.objects.filter(pk=conversation.pk).update(thread=thread)
        Conversation.objects.filter(pk=there.pk).update(thread=conversation.thread)
        merge(there, conversation)
    else:
        merge(conversation, there)


def merge(gone: Conversation, on: Conversation) -> None:
    """`on` takes over the mentions and the waiting of `gone`."""
    Mention.objects.filter(conversation=gone).update(conversation=on)
    latest = (
        Mention.objects.filter(conversation=on, deleted_at=None)
        .order_by("-created_at", "-id")
        .values_list("id", flat=True)
        .first()
    )
    waits = [one.waiting_since for one in (gone, on) if one.waiting_since]
    Conversation.objects.filter(pk=on.pk).update(
        waiting_since=min(waits, default=None),
        opened_at=min(gone.opened_at, on.opened_at),
        last_at=max(gone.last_at, on.last_at),
        last_mention_id=latest or on.last_mention_id,
    )
    Conversation.objects.filter(pk=gone.pk).update(
        waiting_since=None, holder=None, held_at=None, joined_into=on
    )
    Conversation.objects.filter(joined_into=gone).update(joined_into=on)
    joined.tell(gone, on)
