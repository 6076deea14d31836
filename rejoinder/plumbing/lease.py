"""Being the only one who does something, across processes and machines, until one stops renewing.

One row holds the moment until which somebody has it. Each renewal is a conditional UPDATE from
the value that this process wrote last, so that who was passed over cannot go on unknowing.
"""

from datetime import datetime, timedelta

from rejoinder.plumbing import clock
from rejoinder.plumbing.models import Offset

LENGTH = timedelta(seconds=30)


class Lease:
    """One name; `held` is asked before each piece of work."""

    def __init__(self, name: str) -> None:
        self._name = f"lease:{name}"
        self._until = 0

    def held(self) -> bool:
        """Whether this process has it now, renewed: nobody else has it for LENGTH from here."""
        now = _number(clock.now())
        until = _number(clock.now() + LENGTH)
        Offset.objects.get_or_create(reader=self._name)
        rows = Offset.objects.filter(reader=self._name)
        mine = rows.filter(value=self._until) if self._until > now else rows.filter(value__lte=now)
        self._until = until if mine.update(value=until) else 0
        return bool(self._until)

    def release(self) -> None:
        """Let the next one have it at once."""
        Offset.objects.filter(reader=self._name, value=self._until).update(value=0)
        self._until = 0


def _number(moment: datetime) -> int:
    return int(moment.timestamp() * 1_000_000)
