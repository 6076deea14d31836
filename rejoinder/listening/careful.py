"""The careful reader: reads again, with more time, what was read at a glance as it was heard.

Neediest first, and newest of those, so that in a surge it falls behind where it matters least and
catches up afterwards. It also sees which mentions ask the same question, and learns from what
advisors said of both. One process does this at a time, because the likeness has one memory.
"""

import logging
import time
from collections.abc import Collection, Sequence
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from threading import Event

from django.db import DatabaseError, transaction

from rejoinder.listening import correct, needs, precedent, questions, read, readings, safety
from rejoinder.listening.alike import state
from rejoinder.listening.alike.alike import Alike, Match, UnknownCardError, UnknownPostError
from rejoinder.listening.embed import embed
from rejoinder.listening.encoder import DIMENSIONS, Floats
from rejoinder.listening.language import languages
from rejoinder.listening.models import Conversation, Correction, Mention, Need, ReadWith
from rejoinder.listening.precedent import Found, Precedent, Precedents
from rejoinder.listening.read.words import NEEDS, Reading
from rejoinder.plumbing import clock, live
from rejoinder.plumbing.lease import Lease
from rejoinder.plumbing.models import Offset

BATCH = 64
LATE = timedelta(hours=24)  # what was heard before stays as it was read at a glance
SAVED_EVERY = 60.0  # seconds
_LEARNED = "careful.learned"  # the last correction that is in the saved memory
_IDLE_WAIT, _TROUBLE_WAIT = 0.5, 2.0  # seconds

_log = logging.getLogger(__name__)


def run(stop: Event, folder: Path) -> None:
    """Read until told to stop; `folder` keeps what the likeness knows."""
    lease, reader = Lease("careful"), None
    while not stop.is_set():
        try:
            if not lease.held():
                reader = None  # another process reads, and its memory is the one that counts
                stop.wait(_TROUBLE_WAIT)
                continue
            reader = reader or Reader(folder)
            if not reader.read_more():
                stop.wait(_IDLE_WAIT)
        except DatabaseError as error:
            _log.error("The careful reader stands still and tries again: %s", error)
            stop.wait(_TROUBLE_WAIT)
    if reader is not None and lease.held():
        reader.save()
        lease.release()


class Reader:
    """What is kept between two batches: the likeness, and the precedents."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._alike = _remembered(folder)
        self._saved = time.monotonic()
        self._learned = _offset().value
        self._vectors: dict[int, Floats] = {}
        self._precedents = self._recall()

    def read_more(self, many: int = BATCH) -> int:
        """Read the next batch; how many mentions it had. 0 means that nothing waits."""
        self._learn()
        rows = list(Mention.objects.filter(read_with=ReadWith.FAST).order_by("need", "-id")[:many])
        if not rows:
            return 0
        late = clock.now() - LATE
        _leave([mention for mention in rows if mention.heard_at < late])
        if fresh := [mention for mention in rows if mention.heard_at >= late]:
            self._read(fresh)
        if time.monotonic() - self._saved > SAVED_EVERY:
            self.save()
        return len(rows)

    def save(self) -> None:
        """Keep what was learned; ended before, it is learned again from the corrections."""
        state.save(self._alike, self._folder)
        Offset.objects.filter(pk=_LEARNED).update(value=self._learned)
        self._saved = time.monotonic()

    def _learn(self) -> None:
        """What advisors said since: labels of questions, and precedents."""
        news = list(Correction.objects.filter(id__gt=self._learned).order_by("id")[:1000])
        for row in news:
            if row.field == questions.QUESTION:
                self._label(row)
        if any(row.field in correct.FIELDS for row in news):
            self._precedents = self._recall()
        self._learned = news[-1].pk if news else self._learned

    def _recall(self) -> Precedents:
        """The newest corrections by mention; only texts that are new here get their vectors."""
        rows = Correction.objects.filter(field__in=correct.FIELDS).order_by("-id")
        said: dict[int, dict[str, str]] = {}
        for row in rows[: precedent.KEPT]:
            said.setdefault(row.mention_id, {}).setdefault(row.field, row.now)
        new = Mention.objects.filter(pk__in=said.keys() - self._vectors.keys(), deleted_at=None)
        texts = dict(new.values_list("pk", "text"))
        if texts:
            self._vectors.update(zip(texts, embed(list(texts.values())), strict=True))
        self._vectors = {pk: one for pk, one in self._vectors.items() if pk in said}
        order = [pk for pk in reversed(said) if pk in self._vectors]
        return Precedents([Precedent(self._vectors[pk], said[pk]) for pk in order])

    def _label(self, row: Correction) -> None:
        with suppress(UnknownPostError):  # said of a mention from before the memory begins
            try:
                self._alike.name(row.was, row.now)
            except UnknownCardError:
                self._alike.label(str(row.mention_id), row.now)

    def _read(self, mentions: Sequence[Mention]) -> None:
        texts = [mention.text for mention in mentions]
        vectors = embed(texts)
        told = [mention.language for mention in mentions]
        # What is personal is hidden in the texts already.
        known = read.Known(languages(texts, told), [()] * len(texts))
        understood = read.careful(texts, vectors, known)
        found = self._precedents.find(vectors)
        matches = self._alike.take(
            [str(mention.pk) for mention in mentions],
            [str(mention.person_id) for mention in mentions],
            vectors,
            texts,
        )
        with transaction.atomic():
            _write(mentions, understood, found)
            self._ask(mentions, matches)

    def _ask(self, mentions: Sequence[Mention], matches: Sequence[Match]) -> None:
        asked = [
            questions.Asked(mention.pk, match.question, match.provisional, mention.created_at)
            for mention, match in zip(mentions, matches, strict=True)
            if match.question
        ]
        if asked:
            questions.keep(asked, self._alike.people({one.name for one in asked}))
        for change in [match.change for match in matches if match.change]:
            questions.changed(change.question, ", ".join(change.words))


def _remembered(folder: Path) -> Alike:
    """What the likeness knew; what cannot be read is put aside, and it begins anew."""
    try:
        return state.load(folder, DIMENSIONS) or Alike(DIMENSIONS)
    except state.BadStateError as error:
        aside = folder.with_name(f"{folder.name}-{clock.now():%Y%m%d%H%M%S}")
        _log.error("%s. It is kept as %s; questions are learned anew.", error, aside.name)
        folder.rename(aside)
        return Alike(DIMENSIONS)


def _write(
    mentions: Sequence[Mention], understood: Sequence[Reading], found: Sequence[Found | None]
) -> None:
    rows = Mention.objects.select_for_update().filter(pk__in=[mention.pk for mention in mentions])
    same = set(rows.filter(read_with=ReadWith.FAST).values_list("pk", "text"))
    # Whoever corrected, edited or deleted one meanwhile knew better.
    read_now = [
        (mention, reading, precedents)
        for mention, reading, precedents in zip(mentions, understood, found, strict=True)
        if (mention.pk, mention.text) in same
    ]
    for mention, reading, precedents in read_now:
        _fill(mention, reading)
        if precedents:
            _follow(mention, precedents)
    Mention.objects.bulk_update(
        [mention for mention, _, _ in read_now],
        ["need", "intent", "sentiment", "language", "reading", "read_with"],
    )
    safety.open_cards((m.pk, reading.safety) for m, reading, _ in read_now if reading.safety)
    _tell({mention.conversation_id for mention, _, _ in read_now if mention.conversation_id})


def _leave(mentions: Sequence[Mention]) -> None:
    """What is too late for care stays as it was read at a glance; danger is danger all the same."""
    if mentions:
        rows = Mention.objects.filter(pk__in=[m.pk for m in mentions], read_with=ReadWith.FAST)
        rows.update(read_with=ReadWith.LATE)
        seen = [(mention.pk, (mention.reading or {}).get("safety")) for mention in mentions]
        safety.open_cards((pk, kind) for pk, kind in seen if kind)


def _tell(talks: Collection[int]) -> None:
    needs.renew(talks)
    public = Conversation.objects.filter(pk__in=talks).values_list("public_id", flat=True)
    live.changed(live.QUEUE, *(live.conversation(public_id) for public_id in public))


def _fill(mention: Mention, reading: Reading) -> None:
    mention.need = Need(NEEDS.index(reading.need))
    mention.intent, mention.sentiment = reading.intent, reading.sentiment
    mention.language = mention.language or reading.lang
    mention.reading, mention.read_with = readings.as_object(reading), ReadWith.CAREFUL


def _follow(mention: Mention, found: Found) -> None:
    """Say what an advisor said of a post that says nearly the same."""
    mention.reading = (mention.reading or {}) | {"why": [("corrected", "")]}
    mention.need = Need(NEEDS.index(precedent.need(NEEDS[mention.need or 0], found)))
    mention.intent = found.said.get("intent", mention.intent)
    mention.sentiment = found.said.get("sentiment", mention.sentiment)


def _offset() -> Offset:
    return Offset.objects.get_or_create(reader=_LEARNED)[0]
