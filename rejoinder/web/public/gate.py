"""What keeps machines from filling the public form, without cookies, scripts or third parties.

The form carries a token that we signed: when it was made, the reference that the message will have
(so that pressing twice is one message), and until when it has to wait. Who seems to be a machine is
asked to press Send again a while later, with everything they wrote still there: that costs a person
some seconds and a machine its pace. Where people came from is kept in memory alone, for an hour.
"""

import ipaddress
import secrets
import threading
from collections import OrderedDict, deque
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.core import signing

from rejoinder.channels import reference
from rejoinder.plumbing import clock

QUICK = 3.0  # seconds: nobody reads and fills in the form faster
OLD = 24 * 3600.0
FREE, FREE_WINDOW = 5, timedelta(minutes=10)  # messages from one network before anybody waits
MOST, MOST_WINDOW = 60, timedelta(hours=1)  # messages from one network at all
LINKS = 3
FIRST_WAIT, LONGEST_WAIT = 20.0, 300.0  # seconds
NETWORKS = 20_000  # that are remembered, the newest
_SALT = "contact"


@dataclass(frozen=True, slots=True)
class Token:
    """What the form carries."""

    reference: str
    made_at: datetime
    not_before: datetime | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether it is taken; else how long to wait first, and None for not at all."""

    taken: bool
    wait: float | None = 0.0


def new_token() -> str:
    """For a form that is shown for the first time."""
    return _sign(reference.spell(secrets.randbits(reference.BITS)), clock.now(), None)


def waiting(token: Token, seconds: float) -> str:
    """The same message, to be sent so much later."""
    return _sign(token.reference, token.made_at, clock.now() + timedelta(seconds=seconds))


def read(given: str) -> Token | None:
    """The token if we made it and it is not too old."""
    try:
        spelt, made, wait = signing.loads(given, salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    token = Token(spelt, _moment(made), _moment(wait) if wait else None)
    return token if (clock.now() - token.made_at).total_seconds() <= OLD else None


def judge(token: Token, now: datetime, times: list[datetime], links: int) -> Verdict:
    """Pure: `times` are those of messages from the same network in the last hour, oldest first."""
    if len(times) >= MOST:
        return Verdict(taken=False, wait=None)
    if token.not_before is not None:
        left = (token.not_before - now).total_seconds()
        return Verdict(taken=left <= 0, wait=max(left, 1.0))
    recent = sum(1 for each in times if each > now - FREE_WINDOW)
    if recent >= FREE:
        return Verdict(taken=False, wait=min(LONGEST_WAIT, FIRST_WAIT * 2 ** (recent - FREE)))
    if (now - token.made_at).total_seconds() < QUICK or links > LINKS:
        return Verdict(taken=False, wait=FIRST_WAIT)
    return Verdict(taken=True)


class Recent:
    """When something came from each network, for an hour, in this process alone."""

    def __init__(self) -> None:
        self._times: OrderedDict[str, deque[datetime]] = OrderedDict()
        self._lock = threading.Lock()

    def times(self, network: str) -> list[datetime]:
        """Oldest first."""
        with self._lock:
            kept = self._times.get(network, deque())
            while kept and kept[0] <= clock.now() - MOST_WINDOW:
                kept.popleft()
            return list(kept)

    def came(self, network: str) -> None:
        """Now."""
        with self._lock:
            self._times.setdefault(network, deque(maxlen=MOST)).append(clock.now())
            self._times.move_to_end(network)
            if len(self._times) > NETWORKS:
                self._times.popitem(last=False)

    def forget(self) -> None:
        """Everything."""
        with self._lock:
            self._times.clear()


def network(address: str) -> str:
    """The network an address is in: one person has a whole /64 of IPv6 to send from."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped is None:
        return str(ipaddress.ip_network((ip, 64), strict=False))
    return str(getattr(ip, "ipv4_mapped", None) or ip)


def _sign(spelt: str, made_at: datetime, not_before: datetime | None) -> str:
    wait = not_before.timestamp() if not_before else 0
    return signing.dumps([spelt, made_at.timestamp(), wait], salt=_SALT)


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
