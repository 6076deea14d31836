"""Telling open crisis rooms that their figures moved on, at a pace people can read.

Mentions come and people are answered many times a second; a room that read everything again each
time would do nothing else.
"""

from rejoinder.answers.models import Told
from rejoinder.listening.models import Mention
from rejoinder.outbox.models import Reply, State
from rejoinder.plumbing import clock, live

MINUTE = 60  # seconds; clocks of promises go on without any news


class Pulse:
    """Says so when anything has come since it was asked last, and once a minute."""

    def __init__(self) -> None:
        self._seen: tuple[object, ...] = ()

    def run(self) -> int:
        """1 when open rooms were told."""
        seen = _newest()
        if seen == self._seen:
            return 0
        topics = [live.FIGURES] if self._seen[:1] == seen[:1] else [live.FIGURES, live.MINUTES]
        self._seen = seen
        live.changed(*topics)
        return 1


def _newest() -> tuple[object, ...]:
    sent = Reply.objects.filter(state=State.SENT).order_by("-sent_at", "-id")
    return (
        clock.now().timestamp() // MINUTE,
        Mention.objects.order_by("-id").values_list("id", flat=True).first(),
        Told.objects.order_by("-id").values_list("id", flat=True).first(),
        sent.values_list("id", flat=True).first(),
    )
