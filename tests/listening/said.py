"""What Tom, Tina and Granny Smith post in the tests of this room, and how it is written down."""

from datetime import datetime, timedelta
from typing import Any

from rejoinder.channels.contract import Post
from rejoinder.listening.intake import keep
from rejoinder.listening.intake.normalise import normalise
from rejoinder.listening.intake.prepare import Plan, prepare
from rejoinder.listening.models import Conversation
from rejoinder.listening.store import store
from rejoinder.plumbing import clock

CHANNEL = "pretend"


def post(
    external_id: str, author: str = "Tom", text: str = "@brand no signal", **more: Any
) -> Post:
    """A post by somebody, now unless another time is given."""
    values: dict[str, Any] = {
        "created_at": clock.now(),
        "handle": f"@{author.lower()}",
        "name": author,
    }
    values |= more
    return Post(external_id=external_id, author_id=author.lower(), text=text, **values)


def edit(external_id: str, text: str) -> Post:
    """News of an edit, as a platform sends it that does not repeat the author."""
    return Post(external_id=external_id, kind="edit", text=text)


def delete(external_id: str) -> Post:
    return Post(external_id=external_id, kind="delete")


def hear(*posts: Post, account: int | None = None, channel: str = CHANNEL) -> Plan:
    """Write these down as intake does."""
    said = [normalise(one, account, clock.now()) for one in posts]
    with store().alone():
        plan = prepare(channel, said)
        keep.write(plan)
    return plan


def conversation(person: str = "tom", channel: str = CHANNEL) -> Conversation:
    return Conversation.objects.get(person__external_id=person, channel=channel, joined_into=None)


def minutes_ago(minutes: float) -> datetime:
    return clock.now() - timedelta(minutes=minutes)
