"""From the log to rows: batches of frames, each written in one transaction with the offset."""

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from threading import Event

from django.db import DatabaseError, DataError, IntegrityError, transaction

from rejoinder.listening.hear.frames import BrokenFrameError, unpack
from rejoinder.listening.intake import keep
from rejoinder.listening.intake.normalise import Said, UnfitError, clean, normalise
from rejoinder.listening.intake.prepare import prepare
from rejoinder.listening.intake.understand import ready, understand
from rejoinder.listening.models import Conversation, Unreadable
from rejoinder.listening.store import store
from rejoinder.plumbing import clock, fault, live
from rejoinder.plumbing.log import Log, LogError
from rejoinder.plumbing.models import Offset
from rejoinder.privacy.find import masked

READER = "triage"
FRAMES = 1000  # in one batch, which may also end at `store().most` posts
# Posts in one transaction while others write to a database with one writer: 10 ms or so.
SLICE = 100
_COMPANY = 0.5  # seconds for which others who wrote are thought to write again
KEEP = timedelta(days=1)  # frames that were read stay this long, for a desk restored from a copy
_TOPICS = 200
_IDLE_WAIT, _TROUBLE_WAIT = 0.2, 2.0  # seconds

_log = logging.getLogger(__name__)


class AnotherReaderError(RuntimeError):
    """Another process read on in the log meanwhile; nothing was written twice."""


@dataclass
class Batch:
    """What some frames hold: posts by channel, and what could not be read."""

    offset: int
    said: dict[str, list[Said]] = field(default_factory=dict)
    unreadable: list[Unreadable] = field(default_factory=list)
    posts: int = 0


class _Company:
    """When others were last seen to write, on the clock that only goes forward."""

    seen = float("-inf")


_company = _Company()


def run(stop: Event, log: Log) -> None:
    """Take batches until told to stop; in trouble say so once, wait, and go on."""
    ready()
    trouble = ""
    while not stop.is_set():
        try:
            taken = run_once(log)
        except (DatabaseError, LogError, AnotherReaderError) as error:
            if str(error) != trouble:
                _log.error("Triage stands still and tries again: %s", error)
            trouble = str(error)
            stop.wait(_TROUBLE_WAIT)
            continue
        if trouble:
            _log.info("Triage goes on.")
            trouble = ""
        if not taken:
            log.trim(read_up_to(), clock.now() - KEEP)
            stop.wait(_IDLE_WAIT)


def run_once(log: Log) -> int:
    """Write one batch; how many frames it had. 0 means that everything heard is written."""
    before = read_up_to()
    frames = log.read(before, FRAMES)
    if not frames:
        return 0
    batch = _batch(frames)
    fault.step("triage.read")
    try:
        _write(batch, before)
    except (DataError, IntegrityError, ValueError, OverflowError) as error:
        # A database's error may cite the row, and with it what somebody wrote.
        _log.warning("A batch is written post by post: %s as a whole.", type(error).__name__)
        _write_one_by_one(batch, before)
    fault.step("triage.committed")
    return len(frames)


def read_up_to() -> int:
    """The offset up to which the log was made into rows."""
    return Offset.objects.get_or_create(reader=READER)[0].value


def _batch(frames: Sequence[tuple[int, bytes]]) -> Batch:
    batch = Batch(frames[0][0])
    for offset, frame in frames:
        if batch.posts >= store().most:
            break
        _read(batch, frame)
        batch.offset = offset
    for channel, said in batch.said.items():
        understand(channel, said)
    return batch


def _read(batch: Batch, frame: bytes) -> None:
    """Add what one frame holds; what is broken stands among the unreadable."""
    try:
        heard, bad = unpack(frame)
    except BrokenFrameError as error:
        start = frame[:200].decode("utf-8", "replace")
        batch.unreadable.append(_unreadable("", "", f"broken frame: {error}", start))
        return
    for post in bad:
        batch.unreadable.append(_unreadable(heard.channel, "", post.reason, post.start))
    said = batch.said.setdefault(heard.channel, [])
    for one in heard.posts:
        try:
            said.append(normalise(one, heard.account, heard.heard_at))
        except UnfitError as error:
            batch.unreadable.append(
                _unreadable(heard.channel, one.external_id, str(error), one.text[:200])
            )
    batch.posts += len(heard.posts)


def _unreadable(channel: str, external_id: str, reason: str, start: str) -> Unreadable:
    return Unreadable(
        channel=channel[:30],
        external_id=clean(external_id[:500])[:500],
        heard_at=clock.now(),
        reason=masked(clean(reason))[:300],
        start=masked(clean(start)),
    )


def _write(batch: Batch, before: int) -> None:
    """In one transaction, or in several short ones while others wait; the offset in the last.

    Ended between two of them, the batch is read again and what is kept already stays as it is.
    """
    slices = _slices(batch, SLICE if _in_company() else batch.posts)
    touched: list[int] = []
    for some in slices:
        with store().alone():
            plans = [prepare(channel, said) for channel, said in some]
            fault.step("triage.prepared")
            with transaction.atomic():
                touched += [conversation for plan in plans for conversation in keep.write(plan)]
                if some is slices[-1]:
                    _finish(batch, before, touched)
                fault.step("triage.written")


def _in_company() -> bool:
    """Whether somebody else wrote a moment ago."""
    if store().others_write():
        _company.seen = time.monotonic()
    return time.monotonic() - _company.seen < _COMPANY


def _slices(batch: Batch, size: int) -> list[list[tuple[str, list[Said]]]]:
    """The posts by channel: all together, or so many at a time."""
    if batch.posts <= size:
        return [list(batch.said.items())]
    return [
        [(channel, said[at : at + size])]
        for channel, said in batch.said.items()
        for at in range(0, len(said), size)
    ] or [[]]


def _write_one_by_one(batch: Batch, before: int) -> None:
    """As `_write`, but what the database refuses stands among the unreadable."""
    touched: list[int] = []
    with store().alone(), transaction.atomic():
        for channel, said in batch.said.items():
            for one in said:
                try:
                    with transaction.atomic():
                        touched += keep.write(prepare(channel, [one]))
                except (DataError, IntegrityError, ValueError, OverflowError) as error:
                    batch.unreadable.append(
                        _unreadable(channel, one.external_id, str(error), one.text[:200])
                    )
        _finish(batch, before, touched)


def _finish(batch: Batch, before: int, touched: Sequence[int]) -> None:
    """The offset moves in the transaction of the rows, and only from where it was read."""
    if not Offset.objects.filter(reader=READER, value=before).update(value=batch.offset):
        raise AnotherReaderError("another process reads the intake log; end one of them")
    Unreadable.objects.bulk_create(batch.unreadable)
    looked_at = Conversation.objects.filter(pk__in=touched[:_TOPICS])
    live.changed(live.QUEUE, *map(live.conversation, looked_at.values_list("public_id", flat=True)))
