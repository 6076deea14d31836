"""Writing down what came of an attempt, for the row, its allowance and its people at once."""

from datetime import timedelta

from rejoinder.budget import actions as budget
from rejoinder.channels.contract import Receipt, Refused, Sent, TryLater, Uncertain
from rejoinder.outbox.models import LEAVING, UNSETTLED, Leaving, State
from rejoinder.outbox.newest import keep_newest
from rejoinder.outbox.steps import move
from rejoinder.outbox.ways import way_of
from rejoinder.plumbing import clock
from rejoinder.team import audit

LONGEST_WAIT = 300.0  # seconds between two attempts of one row, unless the platform asks more


def record(row: Leaving, outcome: Sent) -> None:
    """Call it in a transaction. The attempt is spent whatever came of it.

    An answer that comes after the row was given up as uncertain counts only if it is a receipt.
    """
    if budget.spend(row.reservation_id):
        row.reservation_id = None
    match outcome:
        case Receipt():
            arrived(row, outcome)
        case Refused(words):
            _refused(row, words)
        case TryLater(after, words):
            due = clock.now() + timedelta(seconds=max(after, _wait(row.attempts)))
            _end(row, State.QUEUED, words, due_at=due)
            keep_newest(row)
        case Uncertain(words):
            _end(row, State.UNCERTAIN, words, due_at=clock.now())


def arrived(row: Leaving, receipt: Receipt) -> None:
    """It is out, whoever found that. What was kept for another attempt goes back."""
    kept = row.reservation_id
    moved = move(
        row,
        [*LEAVING, *UNSETTLED],
        State.SENT,
        sent_at=clock.now(),
        external_id=receipt.external_id,
        url=receipt.url,
        words=receipt.words,
        reservation_id=None,
        **way_of(row).kept(receipt),
    )
    budget.release(kept)
    if moved:
        _settled(row, way_of(row).done(row))


def _refused(row: Leaving, words: str) -> None:
    if _end(row, State.REFUSED, words):
        _settled(row, way_of(row).refused)


def _settled(row: Leaving, said: str) -> None:
    way = way_of(row)
    way.tell(row)
    number = {way.model.__name__.lower(): row.pk}
    audit.line(None, said, way.about(row), **number)


def _end(row: Leaving, state: State, words: str, **values: object) -> bool:
    """The attempt of this sender is over; False when it was given up before."""
    mine = {"sender": row.sender, "attempts": row.attempts}
    return move(row, [State.SENDING], state, mine, words=words, reservation_id=None, **values)


def _wait(attempts: int) -> float:
    """Seconds before the next attempt: 2, 4, 8 … up to LONGEST_WAIT."""
    return min(2.0 ** min(attempts, 10), LONGEST_WAIT)
