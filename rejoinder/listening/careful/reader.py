"""Batch after batch: what waits is read with the embedding, and what it asks is looked for."""

import logging
import time
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from threading import Event

from django.db import DatabaseError, transaction

from rejoinder.listening import questions, read
from rejoinder.listening.alike.alike import Alike, Match
from rejoinder.listening.careful.crowd import Crowd, one_of
from rejoinder.listening.careful.memory import Memory
from rejoinder.listening.careful.taught import Taught
from rejoinder.listening.careful.write import Understood, calm, leave, write
from rejoinder.listening.embedding.embed import embed
from rejoinder.listening.hastened import hasten
from rejoinder.listening.language import languages
from rejoinder.listening.models import Mention, ReadWith
from rejoinder.plumbing import clock
from rejoinder.plumbing.lease import Lease

BATCH = 64
LATE = timedelta(hours=24)  # what was heard before stays as it was read at a glance
SAVED_EVERY = 60.0  # seconds
_IDLE_WAIT, _TROUBLE_WAIT = 0.5, 2.0  # seconds

_log = logging.getLogger(__name__)


def run(stop: Event, data: Path) -> None:
    """Read until told to stop; `data` is the desk's folder."""
    lease, reader = Lease("careful"), None
    while not stop.is_set():
        try:
            if not lease.held():
                reader = None  # another process reads, and its memory is the one that counts
                stop.wait(_TROUBLE_WAIT)
                continue
            reader = reader or Reader(data)
            if not reader.read_more():
                stop.wait(_IDLE_WAIT)
        except DatabaseError as error:
            _log.error("The careful reader stands still and tries again: %s", error)
            stop.wait(_TROUBLE_WAIT)
    if reader is not None and lease.held():
        reader.save()
        lease.release()


class Reader:
    """What is kept between two batches: the memory, and what the organisation taught."""

    def __init__(self, data: Path) -> None:
        self._memory = Memory(data / "alike")
        self._taught = Taught(data / "own")
        self._crowd = Crowd()
        self._saved = time.monotonic()

    def read_more(self, many: int = BATCH) -> int:
        """Read the next batch; how many mentions it had. 0 means that nothing waits."""
        self._memory.learn()
        rows = list(Mention.objects.filter(read_with=ReadWith.FAST).order_by("need", "-id")[:many])
        if not rows:
            return 0
        late = clock.now() - LATE
        leave([mention for mention in rows if mention.heard_at < late])
        if fresh := [mention for mention in rows if mention.heard_at >= late]:
            self._read(fresh)
        if time.monotonic() - self._saved > SAVED_EVERY:
            self.save()
        return len(rows)

    def save(self) -> None:
        """Keep what was learned; ended before, it is learned again from the corrections."""
        self._memory.save()
        self._saved = time.monotonic()

    def _read(self, mentions: Sequence[Mention]) -> None:
        texts = [mention.text for mention in mentions]
        vectors = embed(texts)
        told = [mention.language for mention in mentions]
        # What is personal is hidden in the texts already.
        known = read.Known(languages(texts, told), [()] * len(texts))
        readings = self._crowd.take(read.careful(texts, vectors, known))
        found = self._memory.precedents.find(vectors)
        own = self._taught.read(texts, vectors)
        matches = self._memory.alike.take(
            [str(mention.pk) for mention in mentions],
            [str(mention.person_id) for mention in mentions],
            vectors,
            texts,
        )
        with transaction.atomic():
            many = _ask(self._memory.alike, mentions, matches)
            readings = [
                one_of(reading, many.mentions[mention.pk])
                if mention.pk in many.mentions
                else reading
                for mention, reading in zip(mentions, readings, strict=True)
            ]
            write(list(map(Understood, mentions, readings, found, own)))
            calm(many.newly)
            for question in many.urgent:
                hasten(question, [mention.pk for mention in mentions])


def _ask(
    alike: Alike, mentions: Sequence[Mention], matches: Sequence[Match]
) -> questions.AskedByMany:
    asked = [
        questions.Asked(mention.pk, match.question, match.provisional, mention.created_at)
        for mention, match in zip(mentions, matches, strict=True)
        if match.question
    ]
    many = questions.keep(asked, alike.people({one.name for one in asked}))
    for change in [match.change for match in matches if match.change]:
        questions.changed(change.question, ", ".join(change.words))
    return many
