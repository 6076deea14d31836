"""One switch for planned posts on every channel; what answers a person goes on."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from django.db import transaction
from django.utils.translation import gettext as _

from rejoinder.channels.models import Account
from rejoinder.outbox import stop
from rejoinder.outbox.models import LEAVING, UNSETTLED, Leaving, Pause, State
from rejoinder.outbox.ways import WAYS
from rejoinder.plumbing import clock, live
from rejoinder.team import access, audit
from rejoinder.team.models import Advisor

__all__ = ["Held", "LookAgainError", "held", "pause", "paused", "resume"]

paused = stop.paused


@dataclass(frozen=True, slots=True)
class Held:
    """What the pause holds back, and what had left before it and nobody can call back."""

    posts: Sequence[Leaving]
    leaving: Sequence[Leaving]

    @property
    def count(self) -> int:
        """How many would leave if planned posts went on now."""
        return len(self.posts)


class LookAgainError(Exception):
    """Going on was not confirmed with what waits now. `held` is that; the message says so."""

    def __init__(self, words: str, held: Held) -> None:
        super().__init__(words)
        self.held = held


def pause(actor: Advisor, why: str) -> Held:
    """Planned posts leave no more, from now on; pausing twice keeps the first.

    Whoever answers may: stopping is never wrong for long, and a lead lets them go on. When it
    returns everything that is not in `leaving` is held. Raises access.NotAllowedError.
    """
    access.require(actor, access.ANSWER)
    with transaction.atomic():
        stop.hold(*Account.objects.filter(disconnected_at=None))
        if stop.paused() is None:
            Pause.objects.create(at=clock.now(), advisor=actor, why=why)
            live.changed(live.STOPPED)
            audit.line(actor, "paused planned posts", "", held=held().count)
        return held()


def resume(actor: Advisor, held: int) -> None:
    """Planned posts go on. `held` is the count its reader was shown and agreed to.

    Raises LookAgainError when another number waits by now, access.NotAllowedError.
    """
    access.require(actor, access.STEER)
    with transaction.atomic():
        stop.hold(*Account.objects.filter(disconnected_at=None))
        waiting = _held()
        if waiting.count != held:
            raise LookAgainError(_("Something has changed: look what would leave now."), waiting)
        rows = Pause.objects.filter(resumed_at=None)
        if rows.update(resumed_at=clock.now(), resumed_by=actor):
            live.changed(live.STOPPED)
            audit.line(actor, "resumed planned posts", "", held=held)


def held() -> Held:
    """Planned posts that wait, and those on their way: what a pause holds, or would hold."""
    return Held(posts=_planned(*LEAVING), leaving=_planned(*UNSETTLED))


_held = held  # `resume` has the word for what was shown


def _planned(*states: State) -> list[Leaving]:
    found = (
        way.model.objects.filter(planned=True, state__in=states).select_related(*way.related)
        for way in WAYS
    )
    return sorted(chain.from_iterable(found), key=lambda row: (row.due_at, row.pk))
