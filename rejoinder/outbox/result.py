"""Writing down what came of an attempt, for the reply, its allowance and its people at once."""

from datetime import timedelta

from rejoinder.budget import actions as budget
from rejoinder.channels.contract import Receipt, Refused, Sent, TryLater, Uncertain
from rejoinder.outbox import settled
from rejoinder.outbox.actions import move
from rejoinder.outbox.models import LEAVING, UNSETTLED, Reply, State
from rejoinder.plumbing import clock
from rejoinder.team import audit

LONGEST_WAIT = 300.0  # seconds between two attempts of one reply, unless the platform asks more


def record(reply: Reply, outcome: Sent) -> None:
    """Call it in a transaction. The attempt is spent whatever came of it.

    An answer that comes after the reply was given up as uncertain counts only if it is a receipt.
    """
    if budget.spend(reply.reservation_id):
        reply.reservation_id = None
    match outcome:
        case Receipt():
            arrived(reply, outcome)
        case Refused(words):
            _refused(reply, words)
        case TryLater(after, words):
            due = clock.now() + timedelta(seconds=max(after, _wait(reply.attempts)))
            _end(reply, State.QUEUED, words, due_at=due)
        case Uncertain(words):
            _end(reply, State.UNCERTAIN, words, due_at=clock.now())


def arrived(reply: Reply, receipt: Receipt) -> None:
    """It is out, whoever found that. What was kept for another attempt goes back."""
    kept = reply.reservation_id
    now = clock.now()
    moved = move(
        reply,
        [*LEAVING, *UNSETTLED],
        State.SENT,
        sent_at=now,
        external_id=receipt.external_id,
        url=receipt.url,
        words="",
        reservation_id=None,
    )
    budget.release(kept)
    if moved:
        settled.tell(reply)
        audit.line(None, "sent a reply to", reply.conversation.public_id, reply=reply.pk)


def _refused(reply: Reply, words: str) -> None:
    if _end(reply, State.REFUSED, words):
        settled.tell(reply)
        audit.line(None, "was refused a reply to", reply.conversation.public_id, reply=reply.pk)


def _end(reply: Reply, state: State, words: str, **values: object) -> bool:
    """The attempt of this sender is over; False when it was given up before."""
    mine = {"sender": reply.sender, "attempts": reply.attempts}
    return move(reply, [State.SENDING], state, mine, words=words, reservation_id=None, **values)


def _wait(attempts: int) -> float:
    """Seconds before the next attempt: 2, 4, 8 … up to LONGEST_WAIT."""
    return min(2.0 ** min(attempts, 10), LONGEST_WAIT)
