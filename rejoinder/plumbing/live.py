"""Telling open pages what changed: names on rows, read by one reader in each door."""

import time
from collections.abc import Iterable
from itertools import chain

from django.db import connection

from rejoinder.plumbing import clock
from rejoinder.plumbing.models import Change

QUEUE = "queue"
ANSWERS = "answers"
STOPPED = "stopped"  # planned posts paused, an account locked
CRISIS = "crisis"  # declared, written along, stood down
FIGURES = "figures"  # what a crisis room counts has moved on
MINUTES = "minutes"  # a minute is over; for what takes long to work out

_CHANNEL = "rejoinder_changes"
_GLANCE = 0.05  # seconds between two looks at the data version of SQLite: 20 pragmas a second
_PATIENCE = 10.0  # seconds a missing number is looked for before it counts as rolled back


def changed(*topics: str) -> None:
    """Say that these changed; call it in the transaction that changed them."""
    at = clock.now()
    rows = [(topic, at) for topic in dict.fromkeys(topics)]
    # Past the models: they took an eighth of the time of intake.
    places = ", ".join(["(%s, %s)"] * len(rows))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO plumbing_change (topic, at) VALUES {places}",  # noqa: S608
            list(chain.from_iterable(rows)),
        )
        if connection.vendor == "postgresql":
            cursor.execute(f"NOTIFY {_CHANNEL}")  # delivered at commit


def conversation(public_id: object) -> str:
    """The topic of one conversation."""
    return f"conversation:{public_id}"


def here(public_id: object) -> str:
    """The topic of who looks at a conversation."""
    return f"here:{public_id}"


def account(public_id: object) -> str:
    """The topic of one account of ours: its allowance, its health."""
    return f"account:{public_id}"


def subject(public_id: object) -> str:
    """The topic of one thing that is published: where it stands on its way out."""
    return f"subject:{public_id}"


def team(public_id: object) -> str:
    """The topic of one colleague's rights; their open streams end on it."""
    return f"team:{public_id}"


class Reader:
    """Reads changes as they are committed, each once, starting with the next one.

    PostgreSQL hands out numbers before commit, so a lower number may appear after a higher one:
    numbers that were passed over are looked for until they are found or too old.
    """

    def __init__(self) -> None:
        self._last = Change.objects.order_by("-id").values_list("id", flat=True).first() or 0
        self._missing: dict[int, float] = {}
        self._version = -1
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(f"LISTEN {_CHANNEL}")

    def wait(self, seconds: float) -> None:
        """Return when something may have changed, or after so many seconds."""
        if connection.vendor == "postgresql":
            self._wait_for_notice(seconds)
        else:
            self._wait_for_version(seconds)

    def news(self, limit: int = 1000) -> list[tuple[int, str]]:
        """Changes committed since the last call, as (number, topic)."""
        late = Change.objects.filter(id__in=list(self._missing)).order_by("id")
        newer = Change.objects.filter(id__gt=self._last).order_by("id")[:limit]
        found = [(row.id, row.topic) for rows in (late, newer) for row in rows]
        self._remember(number for number, _ in found)
        return found

    def _remember(self, numbers: Iterable[int]) -> None:
        now = time.monotonic()
        self._missing = {n: at for n, at in self._missing.items() if now - at < _PATIENCE}
        for number in numbers:
            self._missing.pop(number, None)
            self._missing |= dict.fromkeys(range(self._last + 1, number), now)
            self._last = max(self._last, number)

    def _wait_for_notice(self, seconds: float) -> None:
        connection.ensure_connection()
        for _ in connection.connection.notifies(timeout=seconds, stop_after=1):
            return

    def _wait_for_version(self, seconds: float) -> None:
        # data_version moves when another connection commits; reading it touches no table.
        ends = time.monotonic() + seconds
        while time.monotonic() < ends:
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA data_version")
                version = int(cursor.fetchone()[0])
            if version != self._version:
                self._version = version
                return
            time.sleep(_GLANCE)
