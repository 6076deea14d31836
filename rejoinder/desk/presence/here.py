"""The streams of this door in memory, and their rows."""

from collections import Counter
from datetime import datetime
from threading import Lock
from uuid import UUID

from django.db import transaction

from rejoinder.desk.models import Presence
from rejoinder.desk.presence import rules
from rejoinder.listening.models import Conversation
from rejoinder.plumbing import clock, ids, live


class Here:
    """Who looks and who types, through this door; any thread may say so, one writes."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._door = ids.new()
        self._streams: Counter[rules.Place] = Counter()
        self._typed: dict[rules.Place, datetime] = {}
        self._written: rules.Whole = {}
        self._beaten: datetime | None = None

    def come(self, advisor: int, talk: UUID) -> None:
        """A stream was opened on the page of a conversation."""
        with self._lock:
            self._streams[advisor, talk] += 1

    def leave(self, advisor: int, talk: UUID) -> None:
        """It was closed; the last one of somebody takes them away."""
        with self._lock:
            self._streams[advisor, talk] -= 1
            if self._streams[advisor, talk] <= 0:
                del self._streams[advisor, talk]
                self._typed.pop((advisor, talk), None)

    def typed(self, advisor: int, talk: UUID) -> None:
        """Somebody's draft was saved."""
        with self._lock:
            self._typed[advisor, talk] = clock.now()

    def clear(self) -> None:
        """The door closes: nobody looks through it any more."""
        with self._lock:
            self._streams.clear()

    def write(self) -> int:
        """Bring the rows up to date; how many conversations changed. Costs nothing when none did.

        Runs twice a second. When the database refuses, the next call writes the same again.
        """
        now = clock.now()
        with self._lock:
            self._typed = {
                place: at for place, at in self._typed.items() if now - at < rules.TYPING
            }
            after = rules.whole(self._streams, self._typed, now)
        talks = rules.touched(self._written, after)
        if talks:
            self._rows(talks, after, now)
        self._written = after
        self._beat(now)
        return len(talks)

    def _rows(self, talks: set[UUID], after: rules.Whole, now: datetime) -> None:
        known = Conversation.objects.filter(public_id__in=talks)
        numbers = dict(known.values_list("public_id", "pk"))
        with transaction.atomic():
            Presence.objects.filter(door=self._door, conversation__in=numbers.values()).delete()
            Presence.objects.bulk_create(
                Presence(
                    door=self._door,
                    advisor_id=advisor,
                    conversation_id=numbers[talk],
                    typing=typing,
                    beat_at=now,
                )
                for (advisor, talk), typing in after.items()
                if talk in talks and talk in numbers
            )
            live.changed(*(live.here(talk) for talk in talks))

    def _beat(self, now: datetime) -> None:
        """Say that this door lives, and forget doors that do not; only while somebody looks."""
        if not self._written or (self._beaten and now - self._beaten < rules.BEAT):
            return
        self._beaten = now
        Presence.objects.filter(door=self._door).update(beat_at=now)
        Presence.objects.filter(beat_at__lt=now - rules.GONE).delete()


HERE = Here()
