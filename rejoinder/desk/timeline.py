"""The whole thread of a conversation as one list: what was written, answered and done."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db.models import Prefetch

from rejoinder.desk.models import Assignment, Closure, Dialled, Handover, Note, Snooze
from rejoinder.listening.models import Conversation, Mention
from rejoinder.outbox.models import Acknowledgement, Leaving, Picture, Reply, State
from rejoinder.team import access
from rejoinder.team.models import Advisor

Kind = Literal[
    "mention",
    "reply",
    "acknowledgement",
    "note",
    "taken",
    "handover",
    "closure",
    "asleep",
    "back",
    "dialled",
]
SHOWN = 500  # of a thread with ten thousand comments the newest are shown


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the thread; `row` is the row it comes from, by kind."""

    kind: Kind
    at: datetime
    row: (
        Mention
        | Reply
        | Acknowledgement
        | Note
        | Assignment
        | Handover
        | Closure
        | Snooze
        | Dialled
    )


@dataclass(frozen=True, slots=True)
class Timeline:
    """Oldest first; `more` says that older mentions of the thread are not shown."""

    entries: Sequence[Entry]
    more: bool


def timeline(conversation: Conversation, actor: Advisor) -> Timeline:
    """Everything the actor may see of it: mentions of all people in the thread, ours too."""
    if not access.may(actor, access.READ):
        return Timeline([], more=False)
    replies = list(
        Reply.objects.filter(conversation=conversation)
        .exclude(state=State.WITHDRAWN)
        .select_related("advisor", "account")
        .prefetch_related(Prefetch("pictures", Picture.objects.defer("data").order_by("pk")))
    )
    automatic = list(
        Acknowledgement.objects.filter(conversation=conversation).select_related(
            "advisor", "account"
        )
    )
    mentions, more = _mentions(conversation, [*replies, *automatic])
    entries = [
        *mentions,
        *(Entry("reply", row.sent_at or row.written_at, row) for row in replies),
        *(Entry("acknowledgement", row.sent_at or row.written_at, row) for row in automatic),
        *_done(conversation),
    ]
    # A mention stands before what was done about it in the same moment.
    return Timeline(sorted(entries, key=lambda each: (each.at, each.kind != "mention")), more)


def _mentions(conversation: Conversation, sent: Iterable[Leaving]) -> tuple[list[Entry], bool]:
    """What we sent and then heard on our own timeline is shown once, as the reply."""
    heard_back = [row.external_id for row in sent if row.external_id]
    # More than one where conversations were joined by hand; its own name where it was parted.
    own = Mention.objects.filter(conversation=conversation).values_list("thread", flat=True)
    threads = {conversation.thread, *own.distinct()}
    rows = Mention.objects.filter(channel=conversation.channel, thread__in=threads)
    newest = rows.select_related("person", "account").order_by("-created_at", "-id")[: SHOWN + 1]
    found = list(newest)
    entries = [
        Entry("mention", row.created_at, row)
        for row in found[:SHOWN]
        if row.external_id not in heard_back
    ]
    return entries, len(found) > SHOWN


def _done(conversation: Conversation) -> list[Entry]:
    notes = Note.objects.filter(conversation=conversation).select_related("advisor")
    taken = Assignment.objects.filter(conversation=conversation)
    handed = list(
        Handover.objects.filter(conversation=conversation).select_related("giver", "taker")
    )
    closed = Closure.objects.filter(conversation=conversation).select_related("advisor")
    dialled = Dialled.objects.filter(conversation=conversation).exclude(ended_at=None)
    slept = list(Snooze.objects.filter(conversation=conversation).select_related("advisor"))
    # The handover says who has it from then on; the assignment that it began says nothing more.
    begun = {(row.taker_id, row.at) for row in handed}
    return [
        *(Entry("note", row.at, row) for row in notes),
        *(
            Entry("taken", row.at, row)
            for row in taken.select_related("advisor", "ended_by")
            if (row.advisor_id, row.at) not in begun
        ),
        *(Entry("handover", row.at, row) for row in handed),
        *(Entry("closure", row.at, row) for row in closed),
        *(Entry("dialled", row.asked_at, row) for row in dialled.select_related("advisor")),
        *(Entry("asleep", row.at, row) for row in slept),
        *(Entry("back", row.woken_at, row) for row in slept if row.woken_at),
    ]
