"""What a batch decided is written, in few statements."""

from django.db import connection

from rejoinder.listening import watches
from rejoinder.listening.intake import change
from rejoinder.listening.intake.prepare import Plan
from rejoinder.listening.store import store
from rejoinder.listening.store.rows import (
    CONVERSATION,
    CONVERSATIONS,
    MENTION,
    MENTIONS,
    PERSON,
    PERSONS,
)
from rejoinder.plumbing import clock
from rejoinder.privacy import contacts
from rejoinder.privacy.originals import seal

_ID, _TEXT = (MENTION.split(", ").index(name) for name in ("id", "text"))


def write(plan: Plan) -> list[int]:
    """Write it, in the caller's transaction; ids of conversations somebody may look at."""
    keeper = store()
    keeper.add(PERSONS, PERSON, plan.persons)
    change.rename(plan.renamed)
    keeper.add(CONVERSATIONS, CONVERSATION, plan.conversations)
    if plan.words:
        keeper.say_more(plan.words)
    if plan.mentions:
        keeper.add(MENTIONS, MENTION, plan.mentions)
        keeper.index([row[_ID] for row in plan.mentions], [row[_TEXT] for row in plan.mentions])
    if plan.originals:
        seal(plan.originals)
    if plan.reaches:
        contacts.seal(plan.reaches)
    if plan.caught:
        watches.keep(plan.caught, clock.now())
    count(plan.channel, plan.counts)
    change.remember(plan.channel, plan.early, forget=plan.came)
    return plan.touched + change.apply(plan.changes)


def count(channel: str, counts: dict[str, tuple[int, int]]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO listening_minutecount (channel, minute, mentions, untagged) "
            "VALUES (%s, %s, %s, %s) ON CONFLICT (channel, minute) DO UPDATE SET "
            "mentions = listening_minutecount.mentions + excluded.mentions, "
            "untagged = listening_minutecount.untagged + excluded.untagged",
            [(channel, minute, *many) for minute, many in counts.items()],
        )
