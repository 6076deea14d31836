"""Rows for pages to show: an account, people outside, what they wrote, in one call each."""

from datetime import datetime, timedelta

from rejoinder.channels.models import Account
from rejoinder.listening.models import Conversation, Mention, Need, Person
from rejoinder.listening.store import store
from rejoinder.plumbing import clock

CHANNEL = "bluesky"


def account(handle: str = "northwind.example", channel: str = CHANNEL) -> Account:
    """Our handle, connected and just heard."""
    now = clock.now()
    found, _ = Account.objects.get_or_create(
        channel=channel,
        external_id=f"did:{handle}",
        defaults={
            "handle": handle,
            "name": "Northwind Mobile",
            "connected_at": now,
            "heard_at": now,
        },
    )
    return found


def person(name: str, channel: str = CHANNEL, handle: str | None = None) -> Person:
    """Somebody outside, made once."""
    if handle is None:
        handle = f"{name.lower().replace(' ', '.')}.example"[:300]
    found, _ = Person.objects.get_or_create(
        channel=channel, external_id=f"did:{name}"[:300], defaults={"handle": handle, "name": name}
    )
    return found


def says(
    name: str,
    text: str,
    *,
    minutes_ago: float = 5,
    need: Need = Need.COMMON,
    tagged: bool = True,
    thread: str = "",
    channel: str = CHANNEL,
    **values: object,
) -> Conversation:
    """Somebody wrote to us, and waits."""
    at = clock.now() - timedelta(minutes=minutes_ago)
    who = person(name, channel)
    talk = _conversation(who, thread or f"at://{name}", at, need)
    mention = Mention.objects.create(
        channel=channel,
        external_id=f"{talk.thread}/{Mention.objects.count()}",
        account=talk.account,
        conversation=talk,
        person=who,
        thread=talk.thread,
        text=text,
        created_at=at,
        heard_at=at,
        tagged=tagged,
        **values,
    )
    store().index([mention.pk], [mention.text])
    talk.last_mention_id, talk.last_at = mention.pk, at
    talk.waiting_since = talk.waiting_since or at
    talk.save()
    return talk


def _conversation(who: Person, thread: str, at: datetime, need: Need) -> Conversation:
    talk, _ = Conversation.objects.get_or_create(
        channel=who.channel,
        thread=thread,
        person=who,
        defaults={
            "account": account(channel=who.channel),
            "opened_at": at,
            "last_at": at,
            "need": need,
        },
    )
    return talk
