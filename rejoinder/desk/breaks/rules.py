"""When somebody has borne enough abuse for a while. Pure."""

from collections.abc import Iterable
from datetime import datetime, timedelta

MANY = 3  # abusive conversations
WITHIN = timedelta(hours=1)


def spared_until(taken: Iterable[datetime], now: datetime) -> datetime | None:
    """Until when the next abusive conversation goes to somebody else; None: it may come.

    `taken` is when somebody took abusive ones. So many within the time, and they are spared until
    the first of them is that long ago.
    """
    lately = sorted(at for at in taken if now - WITHIN < at <= now)
    return lately[-MANY] + WITHIN if len(lately) >= MANY else None
